"""Finds formulas, claims and the final answer in prose."""
