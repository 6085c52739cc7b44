"""Names the move between two lines whose terms have the same value."""
