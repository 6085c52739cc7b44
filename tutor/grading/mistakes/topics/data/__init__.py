"""Mistakes in data, counting and probability."""
