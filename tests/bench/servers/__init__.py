"""Web servers that share a database."""
