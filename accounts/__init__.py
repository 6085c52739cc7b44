"""Accounts: the user model, sign-up, passwords, sessions, preferences."""
