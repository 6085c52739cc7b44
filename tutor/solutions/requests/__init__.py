"""Requests for a solution, and who may see it."""
