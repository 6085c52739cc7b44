"""Decides which solution is worked out next, and by which worker."""
