"""Parses typed answers, LaTeX and words into trees."""
