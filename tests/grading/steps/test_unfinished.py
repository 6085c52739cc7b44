"""A line with one of several solutions is not wrong while its writer may add the others."""

import pytest

from tutor.grading.steps.checks import Mark
from tutor.grading.steps.unfinished import lacks_solutions, of_unfinished
from tutor.grading.working.checker import check_working

PROVED, REFUTED, UNCHECKED = Mark.PROVED, Mark.REFUTED, Mark.UNCHECKED


def marks(lines, statement):
    checks = of_unfinished(check_working(lines, statement))
    return [check.mark for check in checks], [lacks_solutions(check) for check in checks]


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (r"Solve \(x^2 = 49\).", ["x = 7"]),
        (r"Solve \(x^2 - 3x - 10 = 0\).", ["x₁ = (3 - 7)/2 = -2"]),
        (r"Solve \(|x - 2| = 3\).", ["x - 2 = 3"]),
        (r"Solve \(x^3 - 4x = 0\).", ["x(x^2 - 4) = 0", "x = 0"]),
    ],
)
def test_one_of_several_solutions_waits_for_the_others(statement, lines):
    assert check_working(lines, statement)[-1].mark == REFUTED
    shown, lacking = marks(lines, statement)
    assert shown == [*[PROVED for _ in lines[1:]], UNCHECKED]
    assert lacking == [*[False for _ in lines[1:]], True]


def test_the_lines_below_rest_on_no_mistake():
    lines = ["(x - 2)(x + 5) = 0", "x + 5 = 0", "x = -5"]
    shown, lacking = marks(lines, r"Solve \(x^2 + 3x - 10 = 0\).")
    assert shown == [PROVED, UNCHECKED, PROVED]
    assert lacking == [False, True, False]


def test_another_mistake_below_it_is_refuted():
    lines = ["(x - 2)(x + 5) = 0", "x + 5 = 0", "x = 5"]
    assert marks(lines, r"Solve \(x^2 + 3x - 10 = 0\).")[0] == [PROVED, UNCHECKED, REFUTED]


def test_a_wrong_line_with_another_reason_stays_refuted():
    shown, lacking = marks(["2x = 12", "x = 6"], r"Solve \(2x + 3 = 9\).")
    assert shown == [REFUTED, Mark.RESTING]
    assert lacking == [False, False]
