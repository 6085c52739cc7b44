"""The kinds of problem that the teacher can solve; one module for each topic."""
