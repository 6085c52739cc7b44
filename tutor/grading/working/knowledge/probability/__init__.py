"""Chances: of draws, of events, and of cards."""
