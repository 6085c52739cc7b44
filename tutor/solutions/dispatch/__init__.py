"""What is worked out next, by which worker, for whom."""
