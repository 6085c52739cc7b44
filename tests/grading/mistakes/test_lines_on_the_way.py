"""Right lines that are not the last one."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response"),
    [
        (r"Solve \(6x - 5 = 4x + 9\).", "number", "7", "2x = 14"),
        (r"Solve \(6x - 5 = 4x + 9\).", "number", "7", "2x - 14 = 0"),
        (r"Löse \(x^2 - 2x - 15 = 0\).", "set", r"\{-3, 5\}", "(x-5)(x+3)=0"),
        (r"Solve \(x + 2y = 8\), \(x - y = 2\).", "tuple", "(4, 2)", "3y=6"),
        (r"Solve \(3^{2x} = 10\).", "number", r"\frac{\log 10}{2\log 3}", "2x = log(10)/log(3)"),
        (r"Solve \(-3x > 12\).", "inequality", "x < -4", "-x > 4"),
        ("Ein Zelt und zwei Matten kosten 120 Euro, ein Zelt 90. Was kostet eine Matte?",
         "number", "15", "2m + 90 = 120"),
    ],
)  # fmt: skip
def test_an_unsolved_equation_is_on_the_way(statement, kind, value, response):
    assert mistake(statement, value, response, kind) == MistakeName.ON_THE_WAY


@pytest.mark.parametrize("response", ["2x = 4", "x = 2", "6x - 5 = 4x + 9", "x = x", "2x = 2x"])
def test_a_wrong_or_empty_equation_is_not(response):
    statement = r"Solve \(6x - 5 = 4x + 9\)."
    assert mistake(statement, "7", response) != MistakeName.ON_THE_WAY
