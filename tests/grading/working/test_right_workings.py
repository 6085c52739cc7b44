"""Right workings in which a line may be read in two ways: none is refuted."""

import pytest

from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.checker import check_working

_RIGHT = {
    "an induction step puts the hypothesis in": (
        "Prove by induction that 7^n - 1 is divisible by 6.",
        "assume 7^k - 1 = 6m",
        "7^{k+1} - 1 = 7*7^k - 1",
        "= 7(6m+1) - 1",
        "= 42m + 6",
    ),
    "a sequence put in for another": (
        "A sequence has u_{n+1} = 3u_n - 4, u_1 = 5. Show that v_n = u_n - 2 is geometric.",
        "v_{n+1} = u_{n+1} - 2",
        "= 3u_n - 6",
        "= 3(u_n - 2) = 3v_n",
    ),
    "a rule in letters of its own": (
        r"Differentiate \( y = \frac{\sin x}{x^2} \).",
        "u = sin x, v = x^2",
        "y' = (u'v - uv')/v^2",
    ),
    "choices": (
        "How many committees of 3 women and 2 men can be chosen from 6 women and 5 men?",
        "6C3 = 20",
        "5C2 = 10",
    ),
    "a modulus that only the statement tells": (
        "Find the remainder when 3^20 is divided by 13.",
        "3^3 = 27 ≡ 1",
        "3^20 ≡ 3^2 = 9",
    ),
    "congruences without any modulus": ("What day is it in 100 days?", "100 ≡ 2"),
    "percentages with arrows": (
        "A phone costs £360 after 20% VAT is added. Find the price before VAT.",
        "120% -> £360",
        "1% -> £3",
        "100% -> £300",
    ),
    "numbers of terms as indices": (
        "Find the 10th term of 5, 8, 11, ...",
        "a = 5, d = 3",
        "a10 = 5 + 9·3 = 32",
    ),
    "two slopes": (
        "The lines (m+1)x + 2y = 3 and 3x - 4y = 1 are perpendicular. Find m.",
        "m1 = -(m+1)/2, m2 = 3/4",
        "-(m+1)/2 · 3/4 = -1",
    ),
    "decimals that never end": (
        "Write 0.3636... as a fraction.",
        "x = 0.3636...",
        "100x = 36.3636...",
    ),
    "a scalar product with a dot": (
        "Find the angle between a = (1, 2, 2) and b = (2, -1, 2).",
        "a.b = 2 - 2 + 4 = 4",
        "|a| = 3, |b| = 3",
    ),
    "degrees without a sign": ("Find the angle.", "cos θ = 4/9", "θ = 63.6"),
    "words before a number": (
        "Ann is four times as old as her son. In 5 years she is three times as old. How old is he?",
        "Ann in 5 yrs = 4s + 5",
        "4s+5 = 3(s+5)",
    ),
    "white balls": ("In einer Urne sind 4 rote und 6 weiße Kugeln.", "4 + 6 = 10"),
}


@pytest.mark.parametrize("name", _RIGHT)
def test_no_line_is_refuted(name: str):
    statement, *lines = _RIGHT[name]
    checks = check_working(lines, statement)
    assert StepVerdict.REFUTED not in {check.verdict for check in checks}


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("Find the angle.", ["cos θ = 4/9", "θ = 36.6"]),
        ("Find the angle.", ["sin x = 1/2", "x = 60"]),
        ("Find the remainder when 3^20 is divided by 13.", ["3^20 ≡ 7"]),
        ("How many pairs are there of 5?", ["5C2 = 20"]),
        ("Find the 10th term of the arithmetic sequence 5, 8, 11, ...", ["a10 = 5 + 10·3"]),
        (
            "Prove by induction that 7^n - 1 is divisible by 6.",
            ["assume 7^k - 1 = 6m", "7^{k+1} - 1 = 7*7^k - 1", "= 7(6m-1) - 1"],
        ),
    ],
)
def test_a_wrong_line_is_refuted_all_the_same(statement: str, lines: list[str]):
    assert check_working(lines, statement)[-1].verdict == StepVerdict.REFUTED
