"""The probabilities that a statement asks for in words."""
