"""What a step says about whole numbers in words."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("So 87 is divisible by 3.", PROVED),
        ("So 87 is divisible by 7.", REFUTED),
        ("We see that 87 is not divisible by 3.", REFUTED),
        ("Both 54 and 91 are divisible by 7.", REFUTED),
        ("Since 90 is divisible by 2, 5, and 9, it works.", PROVED),
        ("Since 90 is divisible by 2, 5, and 8, it works.", REFUTED),
        ("The number 84 is not divisible by 4 and 7.", REFUTED),
        ("The number 84 is not divisible by 5 and 7.", UNCHECKED),  # by one of them, or by both?
        (r"Notice that \(1{,}001\) is divisible by \(13\).", PROVED),
        ("The number 1,002 is divisible by 13.", REFUTED),
        ("Here 119 is a multiple of 17.", PROVED),
        ("If k = 3, then C = 7(3) = 21, which is not a multiple of 3.", REFUTED),
        ("If k = 3, then C = 7(3) = 21, which is a multiple of 3.", PROVED),
        ("So R = 2310 mod 42. R = 18.", REFUTED),
        ("Here 6 is a factor of 45.", REFUTED),
        ("Since 8 divides 72, we are done.", PROVED),
        ("However, 91 is prime.", REFUTED),
        ("However, 97 is a prime number.", PROVED),
        ("Now 57 is composite, so it is out.", PROVED),
        ("Because 35 is even, it is out.", REFUTED),
        ("Thus 144 is a perfect square.", PROVED),
        ("Thus 120 is a perfect square.", REFUTED),
        ("Now 105 is a two-digit number.", REFUTED),
        ("73 ÷ 8 = 9 remainder 1.", PROVED),
        ("73 ÷ 8 = 9 remainder 2.", REFUTED),
        (r"First, \(150 \div 11 = 13\) with a remainder of \(6\).", REFUTED),
        (r"We have $$150\div 11=13\;\mathrm{R}\;7.$$", PROVED),
        ("So 150 divided by 11 leaves a remainder of 8.", REFUTED),
        ("The remainder when 41 is divided by 6 is 5.", PROVED),
        (r"Here \(7 \times 9 = 63\), and \(63 \mod 17 = 13\).", REFUTED),
        ("The greatest common divisor of 84 and 126 is 42.", PROVED),
        ("The GCD of 84 and 126 is 21.", REFUTED),
        ("The least common multiple of 4, 6 and 9 is 36.", PROVED),
    ],
)
def test_statements_about_whole_numbers_are_judged(step, expected):
    assert check_last(step).verdict == expected


@pytest.mark.parametrize(
    "step",
    [
        "The sum of 5 and 14 is even.",
        "3 × 17 is prime.",
        "If 87 is divisible by 7, we are done.",
        "We check whether 91 is prime.",
        "Is 91 prime?",
        "A number that ends in 5 is divisible by 3 only sometimes.",
        "It is false that 91 is prime.",
        "91 is prime, which is wrong.",
        "In base 7, 12 is divisible by 5.",
        "12_7 is divisible by 5.",
        "The number of divisors of 12 is odd.",
        "15 is divisible by 2^3.",
        "3.5 is even.",
        "25 is prime to 7.",
        "14 is a factor of 2 larger.",
        "2 + 73 ÷ 8 = 9 remainder 2.",
        "x + 5 is divisible by 2.",
    ],
)
def test_parts_and_suppositions_are_left_alone(step):
    assert check_last(step).verdict == UNCHECKED


def test_a_refuted_statement_is_shown_as_it_stands():
    refuted = check_last(r"First, \(150 \div 11 = 13\) with a remainder of \(6\).").refuted
    assert refuted.claim == r"\(150 \div 11 = 13\) with a remainder of \(6\)"
    assert (refuted.witness.left, refuted.witness.right) == ("150", r"11 \cdot 13 + 6 = 149")


def test_a_statement_that_leaves_its_formula_is_told_with_all_of_it():
    check = check_last(r"If so, \( C = 7(3) = 21 \), which is not a multiple of 3.")
    assert check.refuted.claim == r"\( C = 7(3) = 21 \), which is not a multiple of 3"
