"""A student's answers: taken, graded, kept."""
