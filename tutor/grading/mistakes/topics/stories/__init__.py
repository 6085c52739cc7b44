"""Problems in words: what grows by equal steps, a fixed part with a rate."""
