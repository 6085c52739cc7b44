"""Terms of expanded powers of which only one is asked."""

import pytest

from tests.grading.working.marking import assert_marks, marks

TASKS = [
    (
        r"Find the coefficient of \(x^2\) in the expansion of \((1+2x)^4\).",
        ["term = 4C2 * 1^2 * (2x)^2", "= 6 * 4x^2", "= 24x^2, so the coefficient is 24"],
    ),
    (
        r"Bestimme den Koeffizienten von \(x^2\) in \((3+x)^4\).",
        ["Glied mit x²: 4C2 · 3² · x²", "= 54x²", "Koeffizient: 54"],
    ),
    (
        r"Trouver le coefficient de \(x^3\) dans le développement de \((2+x)^5\).",
        ["= 10 × 2² × x³", "= 40x³"],
    ),
    (r"Halla el coeficiente de \(x^3\) en \((2+3x)^5\).", ["5C3 * 2^2 * (3x)^3", "= 1080x^3"]),
    (r"求\((x-2)^5\)展开式中\(x^3\)的系数。", ["C(5,2)·x^3·(-2)^2=40x^3", "系数为40"]),
    (
        r"Find the constant term of \(\left(x+\frac{2}{x}\right)^6\).",
        ["term = 6C3 * x^3 * (2/x)^3", "= 20 * 8 = 160"],
    ),
]


@pytest.mark.parametrize(("statement", "lines"), TASKS)
def test_the_term_that_is_asked_is_proved(statement, lines):
    assert_marks(statement, lines)


def test_a_number_that_is_not_raised_is_named():
    statement = r"Find the coefficient of \(x^3\) in the expansion of \((2+3x)^5\)."
    assert_marks(statement, [("term = 5C3 * 2^2 * 3x^3", "power_of_product")])


@pytest.mark.parametrize(
    "lines",
    [
        ["32", "80x", "80x²", "40x³"],
        ["= 32 + 80x + 80x² + 40x³", "so the coefficient is 40"],
        ["T1 = 32", "T2 = 80x", "T4 = 40x³"],
    ],
)
def test_other_summands_are_never_refuted(lines):
    statement = r"Find the coefficient of \(x^3\) in the expansion of \((2+x)^5\)."
    assert "r" not in marks(lines, statement)


@pytest.mark.parametrize("asked", [r"in terms of \(x\)", r"and collect terms in \(x\)"])
def test_other_terms_are_no_summand(asked):
    assert marks(["= x² + 2x + 1"], rf"Write \((x+1)^2\) {asked}.") == "p"
