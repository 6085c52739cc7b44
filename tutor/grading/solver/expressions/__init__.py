"""Rewrites terms: each module has the rules of a topic, and names those that somebody used."""
