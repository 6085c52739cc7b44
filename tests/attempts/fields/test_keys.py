"""Keys for phones come from the kind of the answer and from the statement."""

from tutor.attempts.fields.keys import keys_for, letters_in
from tutor.grading import Kind


def faces(*kinds, decimal_comma=False):
    keys = keys_for(kinds, r"Find \(k\).", decimal_comma=decimal_comma)
    return [str(key.face) for key in keys]


def test_letters_are_those_of_the_formulas():
    assert letters_in(r"A box: solve \(\frac{a}{2} = bx + \sqrt{x}\) for $x$, \[a < c\]") == [
        "a",
        "b",
        "x",
    ]
    assert letters_in("What is 2 + 3?") == []


def test_keys_fit_the_kind_and_the_decimal_sign():
    assert {"k", "."} <= {*faces(Kind.NUMBER)}
    assert ";" in faces(Kind.NUMBER, decimal_comma=True)
    assert faces(Kind.INTERVAL)[0] == "∞"
    assert "∧" not in faces(Kind.NUMBER)
    assert faces(Kind.CHOICE, Kind.TEXT) == []
