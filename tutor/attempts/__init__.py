"""A student's answers: submitting, grading and storing them, and help on the way."""
