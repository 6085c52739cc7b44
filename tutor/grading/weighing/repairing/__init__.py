"""Small changes of a line with which a working would come to the right answer."""
