"""Asking for a solution, and who may see one."""
