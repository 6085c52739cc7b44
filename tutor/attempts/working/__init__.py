"""A student's lines of working: which are accepted, how they are checked, what a page shows."""
