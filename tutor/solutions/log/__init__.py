"""The log of a live solution: written by workers, read by sockets."""
