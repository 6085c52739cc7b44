"""Values of trees, and whether two of them are equal."""
