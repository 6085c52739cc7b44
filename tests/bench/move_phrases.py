"""Phrases for one and the same move, and how two of them are compared."""

from __future__ import annotations

import re

_SMALL_WORDS = re.compile(r"\b(?:the|a|an|its|their|each|all|of|both sides|first|then)\b")
_SIGNS = {"²": "^2", "³": "^3", "·": "*", "−": "-", "⋅": "*"}
_REWRITTEN = (
    (re.compile(r"combine"), "collect"),
    (re.compile(r"move (\S.*) to the other side"), r"subtract \1 from both sides"),
    (
        re.compile(r"(divide|multiply) both sides by -\S+ and turn the (?:inequality )?sign round"),
        r"\1 by negative number and turn sign round",
    ),
    (re.compile(r"take out the common factor"), "factor out the common factor"),
    (re.compile(r"terminate"), "end"),
)
# Each line: phrases for one move.
_SYNONYMS = (
    ("expand brackets", "multiply out", "use distributive law", "remove brackets"),
    ("expand brackets", "multiply term by term"),
    ("bring everything to one side", "move everything to one side"),
    ("find common denominator", "write over common denominator"),
    ("multiply by common denominator", "clear fractions"),
    ("cancel common factor", "reduce fraction", "simplify fraction"),
    ("multiply by reciprocal", "turn division into multiplication"),
    ("apply quadratic formula", "use quadratic formula"),
    ("set factor to zero", "use zero product rule"),
    ("take square root", "take root"),
    ("apply pythagoras", "use pythagoras", "use pythagorean theorem"),
    ("add exponents", "use product rule for powers"),
    ("subtract exponents", "use quotient rule for powers"),
    ("use power of product rule", "square factor"),
    ("combine logarithms", "collect logarithms"),
    ("substitute", "put in"),
    ("use chain rule", "apply chain rule"),
    ("use product rule", "apply product rule"),
    ("use quotient rule", "apply quotient rule"),
    ("find antiderivative", "use power rule for integrals", "integrate"),
    ("insert limits", "put in limits", "use fundamental theorem"),
    ("put in value", "insert value", "put value in"),
    ("write square as product", "write power as product"),
    ("add numerators", "add fractions"),
    ("subtract numerators", "subtract fractions"),
    ("rewrite as power", "use definition of logarithm"),
    ("power undoes root", "undo root by power"),
    ("take out -1 to turn bracket round", "turn bracket round by factor of -1"),
    ("multiply top and bottom by same number", "expand fraction"),
    (
        "divide number favourable outcomes by number outcomes",
        "divide favourable outcomes by all",
        "divide favourable outcomes by",
    ),
    ("use power rule of logarithms", "move exponent in front of logarithm"),
    ("work out numbers", "add squares"),
    ("multiply fractions", "multiply numerators and denominators"),
)


def plain_phrase(phrase: str) -> str:
    """Without small words and spaces that tell nothing."""
    text = phrase.strip().rstrip(".").lower()
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    for pattern, replacement in _REWRITTEN:
        text = pattern.sub(replacement, text)
    text = _SMALL_WORDS.sub(" ", text)
    text = re.sub(r"\s*([-+*/=^])\s*", r"\1", text)
    return " ".join(text.replace("*", "").split())


_SETS = [frozenset(map(plain_phrase, phrases)) for phrases in _SYNONYMS]


def same_move(phrase: str, other: str) -> bool:
    """Whether two phrases name one move."""
    pair = {plain_phrase(phrase), plain_phrase(other)}
    return len(pair) == 1 or any(pair <= synonyms for synonyms in _SETS)
