"""Whether a claim follows, and which slip explains it if not: for working and worked solutions."""
