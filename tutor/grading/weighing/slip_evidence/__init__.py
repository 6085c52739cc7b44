"""What tells the name of a mistake in a line that only the stored answer shows to be wrong."""
