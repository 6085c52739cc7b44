"""Whether a hint gives the answer away."""
