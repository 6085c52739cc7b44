"""Functions of which only values are told."""

import pytest

from tests.grading.working.marking import assert_marks, marks

FRENCH = r"Déterminer la fonction affine \(f\) telle que \(f(2)=5\) et \(f(-1)=-4\)."
ENGLISH = r"Find the quadratic function with \(f(0)=1\), \(f(1)=2\) and \(f(2)=5\)."
GERMAN = (
    r"Bestimme \(a\) und \(b\) so, dass für \(f(x)=x^3+ax^2+b\) gilt: \(f(1)=4\) und \(f'(1)=7\)."
)
CHINESE = r"已知一次函数\(f(1)=3\),\(f(4)=9\),求\(f(x)\)。"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            FRENCH,
            ["f(x) = ax + b", "a = (5 - (-4))/(2 - (-1)) = 9/3 = 3", "f(2) = 5 donc 6 + b = 5"],
        ),
        (FRENCH, ["f(x) = mx + p", "2m + p = 5", "-m + p = -4", "3m = 9", "f(x) = 3x - 1"]),
        (FRENCH, ["2a + b = 5", "-a + b = -4", "a = 3"]),
        (
            ENGLISH,
            ["f(x) = ax² + bx + c", "c = 1", "a + b + c = 2", "4a + 2b + c = 5", "a = 1, b = 0"],
        ),
        (GERMAN, ["f'(x) = 3x² + 2ax", "3 + 2a = 7", "a = 2", "1 + 2 + b = 4", "b = 1"]),
        (CHINESE, ["设f(x)=kx+b", "k+b=3, 4k+b=9", "k=2", "f(x)=2x+1"]),
        (
            r"Find \(f\) with \(f'(x)=6x\) and \(f(1)=2\).",
            ["f(x) = 3x² + C", "3 + C = 2", "C = -1"],
        ),
    ],
)
def test_what_is_told_is_put_into_the_set_up(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (FRENCH, ["f(x) = ax + b", ("a = (2 - (-1))/(5 - (-4)) = 1/3", "slope_inverted")]),
        (GERMAN, ["3 + 2a = 7", ("a = 5", "moved_sign")]),
    ],
)
def test_a_wrong_letter_is_refuted(statement, lines):
    assert_marks(statement, lines)


def test_a_function_with_other_values_is_not_proved():
    assert marks(["f(x) = 3x + 1"], FRENCH) == "u"
