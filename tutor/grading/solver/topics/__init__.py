"""One module for each topic: the next lines that it knows, the best first."""
