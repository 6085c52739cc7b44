"""What becomes of a stored response: its grade, and what follows from it."""
