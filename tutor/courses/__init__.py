"""Courses, their sections (classes), and the people in them."""
