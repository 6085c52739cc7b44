"""What the doctor looks at, by topic."""
