"""Judges chains of equations, a = b = c."""
