"""Inequalities in worked solutions."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last

STATEMENT = r"Solve \(5 - 2x < 11\) over the real numbers."


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([r"\(-2x < 6\)"], PROVED),
        ([r"\(-2x < 6\)", r"\(x > -3\)"], PROVED),
        ([r"\(-2x < 6\)", r"\(x < -3\)"], REFUTED),
        ([r"\(-2x < 6\)", r"If \(x < -3\), nothing follows."], UNCHECKED),
        ([r"\(-2x < 6\)", r"\(x > -4\)"], PROVED),  # weaker, but it follows
        ([r"\(-2x < 6\)", r"\(x > 3\)"], UNCHECKED),
        ([r"\(5 - 2x < 11\)"], PROVED),  # repeats the problem
        ([r"\(y < 3\)"], UNCHECKED),
        ([r"\(20 - 12 - 8 \neq 0\)"], REFUTED),
        ([r"Testing \(x = 3\): \(2 \cdot 3 - 6 = 0 \neq 0\). So it is not a root."], REFUTED),
        ([r"\(7 > 9\), which is false."], UNCHECKED),
        ([r"Is \(7 > 9\)?"], UNCHECKED),
        ([r"\(3 \text{ feet} > 30 \text{ inches}\)"], UNCHECKED),
        ([r"\(x + 4 > 0\) and \(2 + 3 > 4\)"], PROVED),
    ],
)
def test_an_inequality_follows_from_those_before(steps, expected):
    assert check_last(*steps, statement=STATEMENT).verdict == expected


def test_cases_of_signs_are_no_mistake():
    steps = [r"First \(x - 5 > 0\).", r"\(x - 5 < 0\), and \(x + 5 > 0\)."]
    assert check_last(*steps, statement=r"Solve \((x-5)(x+5) < 0\).").verdict != REFUTED
