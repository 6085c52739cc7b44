"""What would give a stored answer away: the answer, however written, and any part of it."""

import pytest

from tests.grading.hostile import SHORT
from tutor.grading import AnswerKey, read_key
from tutor.grading.leaks.values import gives_away, may_be_numbers


def key(value: str, kind: str, **fields: object) -> AnswerKey:
    return read_key({"value": value, "kind": kind, **fields})


KEYS = [
    # the key, what gives it away, what does not
    (key("5", "number"), ["5", "10/2", r"\frac{15}{3}", "5.0"], ["4", "-5", "5.001"]),
    (key(r"\frac13", "number"), [r"\frac{1}{3}", r"0.333333\ldots"], ["0.3"]),
    (key(r"\sqrt2", "expression"), [r"1.414214\ldots", r"\sqrt{2}"], ["1.4", r"1.5\ldots"]),
    (key(r"75\%", "number"), ["0.75", r"\frac{3}{4}"], ["0.7"]),
    (key("2,5", "number", decimal_comma=True), ["2.5", r"\frac{5}{2}"], ["2", "25"]),
    (key("204_5", "number"), ["54"], ["204"]),
    (key("9.81", "number", tolerance="0.05"), ["9.8", "9.81"], ["9.7"]),
    (key("3.14", "number", form="decimal_places", places=2), [r"3.141593\ldots"], ["3.2"]),
    (key("1.5", "number", form="significant_figures", places=2), ["1.52"], ["1.7"]),
    (key("2, 3", "list"), ["2", "3"], ["6", "-2"]),
    (key("x=2 or x=-3", "list"), ["2", "-3"], ["3", "-2"]),
    (key(r"2\pm\sqrt3", "list"), [r"3.732051\ldots", r"0.267949\ldots"], ["2", "3"]),
    (key(r"\{1,2\}", "set"), ["1", "2"], ["3"]),
    (key("(2,-3)", "tuple"), ["2", "-3"], ["3"]),
    (key("x=2, y=-3", "tuple"), ["2", "-3"], ["3"]),
    (key("(1,7)", "interval"), ["1", "7"], ["3"]),
    (key(r"(-\infty,2)\cup(3,\infty)", "interval"), ["2", "3"], ["1"]),
    (key("x>4", "inequality"), ["4"], ["5", "-4"]),
    (key("y=2x+1", "equation"), ["2", "1"], ["3"]),
    (key("x=5", "equation"), ["5"], ["4"]),
    (key(r"\begin{pmatrix}1&2\\3&9\end{pmatrix}", "matrix"), ["1", "9"], ["5"]),
    (key("3:4", "ratio"), ["3", "4", r"\frac{3}{4}"], ["2"]),
    (key("5", "quantity", unit="cm"), ["5"], ["4"]),
]


@pytest.mark.parametrize(("key", "telling", "harmless"), KEYS, ids=lambda value: str(value)[:40])
def test_the_answer_and_each_part_of_it_are_known(key, telling, harmless):
    assert may_be_numbers(key)
    assert {text: gives_away([text], key) for text in telling} == dict.fromkeys(telling, True)
    assert {text: gives_away([text], key) for text in harmless} == dict.fromkeys(harmless, False)
    assert gives_away([*harmless, telling[0]], key)
    assert not gives_away(harmless, key)


@pytest.mark.parametrize("key", [key("x^2+1", "expression"), key(r"\mathbb{R}", "interval")])
def test_some_answers_cannot_be_numbers(key):
    assert not may_be_numbers(key)
    assert not gives_away(["1", "2", "0"], key)


@pytest.mark.parametrize("key", [key("B", "choice"), key("seven", "text")])
def test_words_may_say_any_number(key):
    assert may_be_numbers(key)
    assert gives_away(["1"], key)


def test_what_cannot_be_read_is_taken_to_give_it_away():
    assert gives_away(["3/"], key("5", "number"))


def test_no_text_breaks_it():
    for text in SHORT:
        assert gives_away([text, "5"], key("5", "number"))
