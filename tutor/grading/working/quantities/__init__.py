"""Numbers with units: how workings write them, and what statements give."""
