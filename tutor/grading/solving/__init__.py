"""Solution sets of equations and inequalities."""
