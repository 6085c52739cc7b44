"""Export and erase everything that is stored about a person."""
