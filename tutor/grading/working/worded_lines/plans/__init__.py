"""What a line says to do next, and the denominators and factors that it names."""
