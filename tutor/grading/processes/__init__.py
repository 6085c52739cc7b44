"""Limits work that may take too long: budgets of work, and child processes that are killed."""
