"""What the field for an answer offers, by all that a student may know of its key."""
