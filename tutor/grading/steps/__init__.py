"""The lines of a solution or of a student's working, each proved, refuted or not checkable."""
