"""The kinds of problem that the teacher can solve, a module for each part of mathematics."""
