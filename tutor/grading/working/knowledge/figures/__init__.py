"""Figures whose corners have letters."""
