"""Formulas, claims and the final answer in running text."""
