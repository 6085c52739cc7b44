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
