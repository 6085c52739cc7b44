"""Lemma's own problems with parameters: a file of sources for each topic, read and checked here."""
