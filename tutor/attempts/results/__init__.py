"""What attempts come to: for one student, over an assignment, for each skill."""
