"""What there is to learn: the skill map, and the names of skills as people say them."""
