"""Which lines of an exercise may be of another problem; their form alone tells."""

import pytest

from tutor.grading.exercises.detached import MAX_SIDES, is_detached, is_made_of, parts_of

STATEMENT = r"Solve \(7x - 4 = 3x + 16\) for \(x\)."
LINES = ["7x = 3x + 20", "4x = 20", "x = 5"]


def is_apart(line):
    own = parts_of(STATEMENT, LINES)
    return is_detached(line, lambda sides: any(is_made_of(side, own) for side in sides))


@pytest.mark.parametrize(
    "line",
    [
        *("4x = 18", "x = 6", "-4x = 20", "x = 5 or x = -5", "x + 2 = 0 or x - 3 = 0", "y = 3"),
        *("7x = 3x + 12", "10x = 3x + 20", "7x - 3x = 4", "= 3x + 7", "4x", "so x is 5", "3x+16"),
    ],
)
def test_lines_that_are_about_the_exercise(line):
    assert not is_apart(line)


@pytest.mark.parametrize(
    "line",
    [
        *("1 = 1", "2 + 2 = 5", "5*5 - 7 = 2*5 + 8", "16 = 4*4", "3*4 < 13", "sqrt(4) = 2"),
        *("(2x-3)(x+4) = 2x^2+5x-12", "(x-2)^3 = x^3 - 8", "5x - 7 = 2x + 8", "x = x"),
        *("if x = 5 then 5x-7 = 2x+8", "x = 5, 6*5 = 30", "4x = 18 and 2*2 = 4", "a+b = b+a"),
        *("18:45 - 20:30 = 105 min", "=".join(["4x"] * (MAX_SIDES + 1))),
    ],
)
def test_lines_that_may_be_of_another_problem(line):
    assert is_apart(line)
