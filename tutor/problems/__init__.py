"""The catalogue: problems, their answer keys and reference solutions."""
