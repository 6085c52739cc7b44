"""What must be certain before a line that contradicts something is called wrong."""
