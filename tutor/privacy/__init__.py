"""What is stored about a person: all of it in one file, and all of it erased."""
