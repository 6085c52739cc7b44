"""Checks the claims of a worked solution against what it has stated so far."""
