"""Which usual mistake explains a line that was refuted for another reason."""
