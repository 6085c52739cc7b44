"""A printed sheet for each student, for a talk with their parents."""
