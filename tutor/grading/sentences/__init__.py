"""Takes an answer out of the words and calculations that students write around it."""
