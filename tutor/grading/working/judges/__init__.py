"""Judges a claim by all that is known: chains, equations, terms, implications, contradictions."""
