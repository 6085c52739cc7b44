"""Practice: which problems a student is given again, and in which variant."""
