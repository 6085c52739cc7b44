"""Which line of a working is wrong, where its final answer is."""
