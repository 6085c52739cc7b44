"""Answers that are partly right, or nearly."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response", "name"),
    [
        ("", "set", r"\{-7, 3\}", "3", MistakeName.ONE_SOLUTION_MISSING),
        ("", "set", r"\{-5, 5\}", "x=5", MistakeName.FORGOT_PLUS_MINUS),
        ("", "set", r"\{1-\sqrt{6}, 1+\sqrt{6}\}", "1+√6", MistakeName.FORGOT_PLUS_MINUS),
        (r"\sqrt{2x + 7} = x - 4", "number", "9", "x=1, x=9", MistakeName.EXTRANEOUS_SOLUTION),
        ("x^2 > 49", "interval", r"(-\infty,-7)\cup(7,\infty)", "x>7",
         MistakeName.ONE_SOLUTION_MISSING),
        (r"\(d > 0\), \(3d + 6 \le 30\)", "interval", "(0, 8]", "d<=8",
         MistakeName.CONDITION_NOT_USED),
        (r"\(-1 \le 2x + 3 \le 9\)", "interval", "[-2, 3]", "x<=3", MistakeName.ONE_PART_ONLY),
        ("", "tuple", "(5, -2)", "x=5", MistakeName.ONE_PART_ONLY),
        ("", "tuple", "(5, -2)", "(5,2)", MistakeName.SIGN_ERROR),
        ("", "tuple", "(5, -2)", "(5,9)", MistakeName.PARTLY_RIGHT),
        ("", "matrix", r"\begin{pmatrix}1&4\\7&8\end{pmatrix}", "[[1,4],[7,2]]",
         MistakeName.PARTLY_RIGHT),
        ("", "expression", "2x^3 - x + 5", "2x^3-x", MistakeName.TERM_DROPPED),
        ("", "expression", "x^4 - x + C", "x^4-x", MistakeName.FORGOT_CONSTANT),
        (r"\(F(0) = 5\)", "expression", "x^2 + 5", "x^2", MistakeName.CONDITION_NOT_USED),
    ],
)  # fmt: skip
def test_it_says_what_is_missing(statement, kind, value, response, name):
    assert mistake(statement, value, response, kind) == name


@pytest.mark.parametrize(
    ("value", "response", "name"),
    [
        ("437", "438", MistakeName.ARITHMETIC_SLIP),
        ("437", "435", MistakeName.ARITHMETIC_SLIP),
        ("437", "447", MistakeName.ARITHMETIC_SLIP),
        ("437", "473", None),
        ("437", "337", None),
        ("6", "7", None),
        ("15", "14", None),
        ("31", "41", None),
    ],
)
def test_a_number_close_to_the_right_one_is_a_slip(value, response, name):
    assert mistake("", value, response) == name


def test_a_solution_may_be_lost_by_dividing():
    statement = r"Solve \(x^2 = 7x\)."
    assert mistake(statement, r"\{0, 7\}", "7", "set") == MistakeName.SOLUTION_LOST
