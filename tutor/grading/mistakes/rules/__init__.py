"""Wrong rules: what a mistake makes of one part of a term."""
