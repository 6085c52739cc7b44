"""Triangles: angle sums, Pythagoras, the rules of sines and cosines, heights."""
