"""Limits work that may take too long: processor budgets, and child processes that are killed."""
