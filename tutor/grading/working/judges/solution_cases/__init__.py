"""Cases of an equation: those that a line opens, and those that it loses."""
