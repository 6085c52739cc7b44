"""Numbers that are marked with their base, and amounts of money with the letter R."""

import pytest

from tests.grading.working.marking import marks


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            r"Write \(342_5\) in base 10. Then write your answer in base 8.",
            ["342 (base 5) = 3x25 + 4x5 + 2", "= 97", "97 = 1x64 + 4x8 + 1 = 141 (base 8)"],
        ),
        (r"把二进制数 \(11011_{(2)}\) 化成十进制数。", ["11011(2)=1×2^4+1×2^3+0×2^2+1×2+1", "=27"]),
        (r"Convert \(2F_{16}\) to base 10.", ["2F (base 16) = 2·16 + 15 = 47"]),
    ],
)
def test_a_number_in_another_base_is_what_it_is_worth(statement, lines):
    assert marks(lines, statement) == "p" * len(lines)


def test_a_wrong_conversion_is_refuted():
    statement = r"Write \(342_5\) in base 10."
    assert marks(["342 (base 5) = 3x25 + 4x5 + 2 = 98"], statement) == "r"


def test_without_bases_in_the_problem_a_bracket_is_a_factor():
    assert marks(["100(2) = 200"], "Calculate 100 · 2.") == "p"


def test_rands_behind_a_calculation_are_money():
    statement = "A kettle costs R460 including 15% VAT. Find the price without VAT."
    assert marks(["115% = R460", "1% = 460/115 = R4", "100% = R400"], statement) == "ppp"
