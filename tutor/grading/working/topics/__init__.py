"""Lines of one topic each: numerical methods, distributions, tables, vectors in two letters."""
