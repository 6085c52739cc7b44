"""Pages about runs of `python -m tutor.evaluation`: they read its folders, and store nothing."""
