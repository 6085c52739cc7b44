"""Which class, and who is in it."""
