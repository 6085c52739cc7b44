"""What a section has to do, and by when."""
