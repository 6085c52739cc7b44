"""Right lines in untidy writing: dashes as bullets, wide gaps, glued units, roots before ÷."""

import pytest

from tests.grading.working.marking import marks
from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import infer_key
from tutor.grading.steps.checks import Mark
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working

TRIANGLE = "An isosceles triangle has an angle of 40° at its top. How big are the other two?"


POWERS = r"Find the smallest integer \(n\) with \(3^n>200\)."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("n ln3 > ln200", "p"),
        ("n lg 3 > lg 200", "p"),
        ("log(3^n) > log(200)", "p"),
        ("n ln3 < ln200", "u"),
        ("n ln3 > 3 ln200", "u"),
        ("ln n > ln 200", "u"),
    ],
)
def test_the_logarithms_of_both_sides_are_in_the_same_order(line, expected):
    assert marks([line], POWERS) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (TRIANGLE, ["- 180-40=140", "- 140:2=70"], "pp"),
        (TRIANGLE, ["- 180-40=130", "- 130:2=65"], "rs"),
        (TRIANGLE, ["- 180-40=140", "140:2=70"], "up"),
        (r"Solve \(5-3x>17\).", ["- 3x > 12", "x < -4"], "pp"),
        (r"Compute \(8\cdot\frac{\sqrt2}{2}:\frac12\).", ["8·(√2/2)÷(1/2) = 8√2"], "p"),
        ("Compute.", ["√3/2 ÷ 2 = √3/4"], "p"),
        ("Compute.", ["3/4 ÷ 1/2 = 3/2"], "p"),
        (r"Solve \(4x+10=0\).", ["x  =  -10/4  =  -2.5"], "p"),
        (r"Solve \(4x+10=0\).", ["x  =  -10/4  =  2.5"], "r"),
        ("Convert 144 minutes into seconds.", ["144min = 144×60 s=8640s"], "p"),
    ],
)
def test_untidy_lines_are_read_as_they_are_meant(statement, lines, expected):
    assert marks(lines, statement) == expected


def weighed(statement: str, lines: list[str], key: AnswerKey) -> list[Mark]:
    checks = weigh(lines, check_working(lines, statement), statement, key, is_finished=True)
    return [check.mark for check in checks]


def test_an_answer_of_two_amounts_is_not_compared_with_the_first_alone():
    statement = "Convert 2.4 hours into minutes, and then into seconds."
    lines = ["2.4 h = 2.4×60 = 144 min", "144 min = 144×60 s", "= 8640 s"]
    key = AnswerKey("144 min; 8640 s", Kind.QUANTITY)
    assert weighed(statement, lines, key) == [Mark.PROVED] * 3


def test_an_answer_with_its_rounded_value_is_no_equation():
    statement = "A tree has a shadow of 10 m when the sun stands at 60°. How high is the tree?"
    lines = ["sin 60° = h/10", "h = 10·√3/2", "h = 5√3 ≈ 8.66 m"]
    key = infer_key("10√3 m ≈ 17.3 m")
    assert key.kind == Kind.QUANTITY
    assert weighed(statement, lines, key) == [Mark.REFUTED, Mark.RESTING, Mark.RESTING]
