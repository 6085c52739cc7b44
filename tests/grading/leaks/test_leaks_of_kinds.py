"""Hints that state an answer of a kind with rules of its own, however it is written."""

import pytest

from tutor.grading import read_key
from tutor.grading.leaks.hints import leak_in

HINTS = [
    ("antiderivative", "x^2 + C", "So it is $x^2+c$.", "Which function has the derivative $2x$?"),
    ("family", "x = pi/4 + k*pi", r"$x=\frac{\pi}{4}+n\pi$", "Think of the period of the tangent."),
    ("logic", "p and not q", r"The answer is $p \land \neg q$.", "Use De Morgan's rules."),
    ("logic", "p and not q", "It is p and not q.", "Draw a truth table for p and q."),
    ("truth", "true", "The statement is true.", "Try x = 2."),
    ("based_number", "2F_16", "It is 2F.", "Divide by 16 again and again."),
    ("division", "7 R 2", "7 R 2", "How often does 3 fit into 23?"),
    ("permutation", "(1 3 2)(4 5)", "It is (132)(45).", "Where does 1 go?"),
    ("line_or_plane", "(1,2,3) + t(1,0,-1)", "(1,2,3)+s(1,0,-1)", "Subtract the two points."),
    ("direction", "(1,-2,3)", "n = (2,-4,6)", "Use the cross product."),
    ("piecewise", "-x if x < 0; x if x >= 0", "It is $|x|$.", "What sign has a negative x?"),
]


@pytest.mark.parametrize(("kind", "value", "leak", "hint"), HINTS)
def test_a_statement_of_the_answer_is_a_leak(kind, value, leak, hint):
    key = read_key({"kind": kind, "value": value})
    assert leak_in(f"Think again.\n{leak}", key)
    assert not leak_in(hint, key)
