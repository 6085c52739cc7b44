"""Pages of runs of `python -m tutor.evaluation`: they read its folders, and keep nothing."""
