"""The page on which a teacher writes a problem."""
