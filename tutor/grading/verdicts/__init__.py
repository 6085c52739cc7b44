"""Judges one text as it stands: chosen letters, words, or a value."""
