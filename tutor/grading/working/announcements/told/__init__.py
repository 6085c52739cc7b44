"""What a line says again of the statement, or of lines before it."""
