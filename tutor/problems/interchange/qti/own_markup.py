"""How our own export marks what QTI has no element for, so that an import knows it again."""

FIELD = "field"  # class: a field, with the unit after it
HINT = "hint"  # use of a rubric: a hint
NUMBERS = "numbers"  # class: the fields of several numbers that are one answer
PART = "part"  # class: a part, with its prompt and what it asks
SEPARATOR = "; "  # between several numbers that are one answer
