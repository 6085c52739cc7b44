"""One module for each topic: the wrong answers that its usual mistakes make of a problem."""
