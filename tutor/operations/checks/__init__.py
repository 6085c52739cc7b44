"""The checks of `manage.py doctor`, by topic."""
