"""From a typed answer, LaTeX or a sentence to a tree."""
