"""One file with all that an installation must not lose, and the way back from it."""
