"""Correct a wrong key: in the problem, or in a copy that takes its place in a teacher's sets."""
