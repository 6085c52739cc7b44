"""Lines that tell what is used or done: a rule, a factor, a hypothesis, a count."""
