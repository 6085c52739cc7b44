"""Figures of which a student may choose regions."""
