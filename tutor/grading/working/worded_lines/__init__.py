"""Lines that say in words what can be checked: pairs of numbers, middle values, proofs."""
