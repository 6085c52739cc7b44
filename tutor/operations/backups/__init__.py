"""Backups: one file with everything that an installation must not lose, and its restoration."""
