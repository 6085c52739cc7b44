"""Links of chains: calculations, limits and known values."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last
from tutor.grading.numeric.sympy_client import same_by_sympy
from tutor.grading.parsing.tree import ONE
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import ClaimRelation


def test_known_values_are_put_in():
    step = r"\(B = \frac{E}{2} = \frac{19}{2} = 9.5\)"
    assert (
        check_last(r"We know that \(E = 19\).", step).claims[1].relation == ClaimRelation.SUBSTITUTE
    )
    claim = check_last(r"We know that \(E = 19\).", step).claims[1]
    assert (claim.relation, claim.verdict) == (ClaimRelation.SUBSTITUTE, PROVED)


@pytest.mark.parametrize(
    ("calculation", "result", "expected"),
    [
        (r"\(2x = 41 - 25\)", r"\(2x = 36\)", REFUTED),
        (r"\(2x = 41 - 25\)", r"\(2x = 16\)", PROVED),
        (r"\(x = 36 \times 2\)", r"\(x = 62\)", REFUTED),
        (r"\(-x = 3 - 10\)", r"\(-x = -8\)", REFUTED),
        (r"\(2x = 41 - 25\)", r"If \(2x = 36\), the sum is odd.", UNCHECKED),
        (r"\(R = 5^{-1} + 3^{-1} \equiv 9 \pmod{7}\)", r"\(R = 2\)", UNCHECKED),
        (r"\(x^2 = 9\)", r"\(x^2 = 4\)", UNCHECKED),  # perhaps another case
        (r"\(x = 3 \times 60\) minutes.", r"That is \(x = 3\) hours.", UNCHECKED),
        (r"\(2t = 3 \times 60\) minutes.", r"That is \(2t = 3\) hours.", UNCHECKED),
        (r"\(2t = 3 \times 60\) minutes.", r"So \(2t = 180\) minutes.", PROVED),
        (r"\(AB = 2 \cdot 50\) cm.", r"So \(AB = 1\) m.", UNCHECKED),
        (r"\(2t = 3 \times 60\) 分钟。", r"即 \(2t = 3\) 小时。", UNCHECKED),
        (r"\(2t = 3 \times 60\).", r"So \(2t = 170\), which is odd.", REFUTED),
        (r"For Tom \(3x = 12 + 3\).", r"For Ann \(3x = 27\).", UNCHECKED),
        (r"\(x^2 = 3 + 4\).", r"We need \(x^2 = 9\).", UNCHECKED),
        (r"\(2x = 4 + 5 \pmod 7\)", r"\(2x = 2\)", UNCHECKED),
        (r"\(1/x = x\).", r"So \(x = 5\).", REFUTED),
        (r"\(1/x = x\).", r"At \(x = 5\) the value is 3.", UNCHECKED),
        (r"步骤 1：\(2x = 41 - 25\)", r"步骤 2：所以 \(2x = 36\)", REFUTED),
    ],
)
def test_a_calculation_is_held_against_its_result(calculation, result, expected):
    assert check_last(calculation, result).verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\lim_{x\to 0}\frac{\sin x}{x} = 1", PROVED),
        (r"\lim_{x\to\infty}\frac{1}{x} = 0", PROVED),
        (r"\lim_{x\to 0}\frac{|x|}{x} = 1", UNCHECKED),  # from one side
        (r"\lim_{x\to 0}\frac{1}{x} = \infty", UNCHECKED),
    ],
)
def test_a_limit_is_one_from_both_sides(claim, expected):
    same_by_sympy(ONE, ONE, WorkBudget(30))  # loads SymPy
    assert check_last(rf"\({claim}\)").verdict == expected


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (r"P(5ac, 6ab) = (5ac)(6ab) = 30abc", REFUTED),
        (r"P(5ac, 6ab) = (5ac)(6ab) = 30a^2bc", UNCHECKED),  # what P is, nobody says
        (r"S = -(6 + 2r + 3r + 6r) = -(15r + 6)", REFUTED),
        (r"S = |2r| = 2r", UNCHECKED),
        (r"S = \sqrt{r^2} = r", UNCHECKED),
        (r"S = g(r + 1) = (r + 1)^2 + g(r)", UNCHECKED),
    ],
)
def test_the_middle_of_a_chain_of_plain_algebra_goes_on_with_what_is_equal(chain, expected):
    assert check_last(rf"\({chain}\)").verdict == expected


def test_letters_of_which_something_is_known_may_be_replaced():
    chain = r"So \(S = r^2 + rt = 3t + rt\)."
    assert check_last(chain).verdict == REFUTED
    assert check_last(r"We know that \(r^2 = 3t\).", chain).verdict == UNCHECKED
    statement = r"The roots of \(x^2 - x - 1\) are r and s."
    assert check_last(r"\(r^3 = r r^2 = r(r + 1)\)", statement=statement).verdict == UNCHECKED


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ("(2 + 3i)(4 - i) = 8 - 2i + 12i - 3i^2 = 11 + 10i", PROVED),
        ("(2 + 3i)(4 - i) = 8 - 2i + 12i - 3i^2 = 5 + 10i", REFUTED),
        (r"\frac{1}{-5i} \cdot \frac{-i}{-i} = \frac{-i}{25}", REFUTED),
    ],
)
def test_complex_numbers_are_calculated(chain, expected):
    statement = "Write the complex number in the form a + bi."
    assert check_last(rf"\({chain}\)", statement=statement).verdict == expected


def test_i_may_be_a_variable():
    step = r"Let Ivan be \(i\) years old, so \(i + 4 = 2i - 3\)."
    assert check_last(step, statement="How old is Ivan?").verdict == UNCHECKED


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\(1375 = 5^3 \times 11\)", PROVED),
        (r"\(1375 = 5^4 \times 11\)", REFUTED),
        (r"\(194 = 11 \times 17 + 9\)", REFUTED),
        (r"Term \(15 = 2 + 14 \times 4 = 58\)", UNCHECKED),
        (r"\(187 = 13 \times 14\), which is not true.", UNCHECKED),
        ("8 boxes = 8 * 20 pens", UNCHECKED),
    ],
)
def test_a_whole_number_is_the_product_of_its_factors(step, expected):
    assert check_last(step).verdict == expected


@pytest.mark.parametrize(
    "step",
    [
        "They read 180 pages a day because 14, 400 / 80 = 180",
        "She adds 20 + 10 balloons to the 29 + 24 balloons there = 83 balloons.",
        "She has 12 bottles per dozen * 5 dozen = 60 bottles.",
    ],
)
def test_a_calculation_that_begins_before_its_first_number_is_not_called_wrong(step):
    assert check_last(step).verdict != REFUTED


@pytest.mark.parametrize(
    ("step", "is_refuted"),
    [
        (r"\(x = \frac{1 \pm \sqrt{16}}{2} = \frac{1 \pm 8}{2}\)", True),
        (r"\(x = \frac{1 \pm \sqrt{16}}{2} = \frac{1 \pm 4}{2}\)", False),
        (r"\(x = \frac{1 \pm \sqrt{16}}{-2} = \frac{-1 \pm 4}{2}\)", False),
    ],
)
def test_both_signs_are_compared(step, is_refuted):
    assert (check_last(step).verdict == REFUTED) == is_refuted
