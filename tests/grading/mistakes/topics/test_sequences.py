"""Members and sums of sequences."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName

MEMBER = r"An arithmetic sequence starts 7, 11, 15, \ldots Find the 30th term."
SUM = r"Berechne die Summe der ersten 6 Glieder von \(4 + 12 + 36 + \cdots\)."
SERIES = r"求 \(2 + 1 + \frac{1}{2} + \cdots\) 的和。"
RATIO = r"Une suite géométrique vérifie \(u_1 = 5\) et a pour raison \(3\). Calculer \(u_4\)."
FORMULA = r"Find the n-th term of \(6, 10, 14, \ldots\)"


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (MEMBER, "123", "127", MistakeName.OFF_BY_ONE),
        (MEMBER, "123", "1950", MistakeName.TERM_FOR_SUM),
        (MEMBER, "123", "116", MistakeName.FIRST_TERM_FORGOTTEN),
        (SUM, "1456", "972", MistakeName.TERM_FOR_SUM),
        (SUM, "1456", "1458", MistakeName.MINUS_ONE_FORGOTTEN),
        (SUM, "1456", "2912", MistakeName.DENOMINATOR_DROPPED),
        (SUM, "1456", "484", MistakeName.OFF_BY_ONE),
        (SUM, "1456", "52", MistakeName.STOPPED_AFTER_GIVEN_TERMS),
        (SERIES, "4", "7/2", MistakeName.STOPPED_AFTER_GIVEN_TERMS),
        (SERIES, "4", "4/3", MistakeName.SIGN_ERROR),
        (RATIO, "135", "14", MistakeName.ADDITIVE_FOR_MULTIPLICATIVE),
        (RATIO, "135", "405", MistakeName.OFF_BY_ONE),
        (RATIO, "135", "45", MistakeName.OFF_BY_ONE),
        (RATIO, "135", "77", None),
    ],
)
def test_it_names_the_mistake(statement, value, response, name):
    assert mistake(statement, value, response) == name


def test_formulas_and_next_members():
    assert mistake(FORMULA, "4n + 2", "4n+6", "expression") == MistakeName.OFF_BY_ONE
    following = r"Give the next two terms of \(3, 6, 12, \ldots\)"
    options = {"kind": "list", "ordered": True}
    name = mistake(following, "24, 48", "18, 24", **options)
    assert name == MistakeName.ADDITIVE_FOR_MULTIPLICATIVE
    assert mistake(following, "24, 48", "12, 24", **options) == MistakeName.OFF_BY_ONE
