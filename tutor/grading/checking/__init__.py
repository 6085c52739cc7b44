"""Runs the checks of steps and of working in child processes."""
