"""Lines below a wrong one are right where they follow without it."""

import pytest

from tutor.grading.check_process.after_mistake import free_of_mistake
from tutor.grading.working.checker import check_working

EQUATION = r"Solve \(5x - 7 = 2x + 8\) for \(x\)."


def marks(lines, statement):
    def check(some):
        return check_working(some, statement)

    return [line.mark.value for line in free_of_mistake(lines, check(lines), check)]


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (EQUATION, ["3x = 1", "3x = 15", "x = 5"]),
        ("", ["(x+1)^2", "= x^2 + 1", "= x^2 + 2x + 1", "= (x+1)(x+1)"]),
        ("Calculate 2+3*4.", ["2+3*4 = 20", "2+3*4 = 14", "= 7*2"]),
    ],
)
def test_what_is_said_right_below_a_mistake_is_proved(statement, lines):
    judged = marks(lines, statement)
    wrong = judged.index("refuted")
    assert set(judged[wrong + 1 :]) == {"proved"}


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (EQUATION, ["3x = 1", "x = 1/3"]),
        (EQUATION, ["3x = 1", "9x = 3", "x = 1/3"]),
        (EQUATION, ["3x = 1", "x = 4"]),
        ("How many are left?", ["33 - 7 = 28", "28 + 12 = 40", "40 : 2 = 20"]),
    ],
)
def test_what_goes_on_from_a_mistake_is_never_proved(statement, lines):
    assert marks(lines, statement) == ["refuted", *["resting"] * (len(lines) - 1)]


def test_each_line_is_judged_by_itself():
    lines = ["3x = 1", "x = 1/3", "3x = 15", "9x = 3", "x = 5"]
    judged = marks(lines, EQUATION)
    assert judged == ["refuted", "resting", "proved", "resting", "proved"]


def test_without_a_mistake_nothing_is_checked_again():
    lines = ["5x - 7 = 2x + 8", "3x = 15"]
    checks = check_working(lines, EQUATION)
    assert free_of_mistake(lines, checks, lambda _lines: pytest.fail("checked")) == checks
