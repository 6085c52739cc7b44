"""How the preview shows the stored answer."""

import pytest

from tutor.grading import read_key
from tutor.problems.editing.preview import shown_answer


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("number", "4.5*10^-4", r"4.5 \cdot 10^{-4}"),
        ("number", "sqrt(2)/2", r"\frac{\sqrt{2}}{2}"),
        ("number", r"\frac12", r"\frac12"),
        ("equation", "y=2x+1", "y = 2x + 1"),
        ("text", "Tuesday", "Tuesday"),
        ("choice", "B", "B"),
    ],
)
def test_what_was_typed_is_typeset_as_it_is_read(kind, value, shown):
    assert shown_answer(read_key({"kind": kind, "value": value})) == shown


def test_a_decimal_comma_stays_one():
    key = read_key({"kind": "number", "value": "2,5", "decimal_comma": True})
    assert shown_answer(key) == "2,5"
