"""Statements that a teacher typed, or imported, without LaTeX."""

import pytest

from tutor.grading import read_key
from tutor.grading.mistakes import MistakeName
from tutor.grading.mistakes.explain import explain
from tutor.grading.prose.plain_statements import with_formulas_marked
from tutor.grading.steps.checks import StepVerdict
from tutor.grading.working.checker import check_working


@pytest.mark.parametrize(
    ("statement", "marked"),
    [
        ("Solve 3x + 4 = 19 for x.", r"Solve \(3x + 4 = 19\) for x."),
        ("Expand (x+3)(x-5).", r"Expand \((x+3)(x-5)\)."),
        ("Solve x + y = 5, x - y = 1.", r"Solve \(x + y = 5\), \(x - y = 1\)."),
        ("Let f(x)=2x+1. Find f(3).", r"Let \(f(x)=2x+1\). Find f(3)."),
        ("Solve |x - 3| < 5", r"Solve \(|x - 3| < 5\)"),
        ("Löse x² − 5x + 6 = 0", r"Löse \(x² − 5x + 6 = 0\)"),
        ("If sin x = 5/13, find cos x.", r"If \(sin x = 5/13\), find cos x."),
        ("Calculate 12 - 5 * 2.", r"Calculate \(12 - 5 * 2\)."),
        (r"Given z = 3 - 4i, find \(|z|\).", r"Given \(z = 3 - 4i\), find \(|z|\)."),
        ("已知z=2+i，求z的模。", r"已知\(z=2+i\)，求z的模。"),
        ("Löse I) 3x - 2y = 4, II) x + y = 3.", r"Löse I) \(3x - 2y = 4\), II) \(x + y = 3\)."),
        ("The x-axis meets y = 2x + 1 at A.", r"The x-axis meets \(y = 2x + 1\) at A."),
    ],
)
def test_formulas_are_marked(statement, marked):
    assert with_formulas_marked(statement) == marked


@pytest.mark.parametrize(
    "statement",
    [
        "It takes 2-3 hours at 60 km/h.",
        "From 2024-05-01 there were 3 apples, 20% of them green.",
        "The angles are x, x+20 and 2x. Angle A = 90°.",
        "Use s = 1/2 g t² with g = 10 m/s².",
        "Find the line through (2, 3) with slope 1/2.",
        r"Where is \(f(x) = x^2\) equal to 4, and what is it at x = 1?",
        "A pen costs $3 + tax.",
    ],
)
def test_others_stay_as_they_are(statement):
    assert with_formulas_marked(statement) == statement


def test_lines_are_checked_and_mistakes_named():
    right, wrong = (check_working([line], "Solve 3x + 4 = 19.")[0] for line in ("3x=15", "3x=23"))
    assert (right.verdict, wrong.verdict) == (StepVerdict.PROVED, StepVerdict.REFUTED)
    key = read_key({"kind": "expression", "value": "x^2+6x+9"})
    explanation = explain("x^2+9", key, "Expand (x+3)^2.")
    assert explanation is not None
    assert explanation.name == MistakeName.SQUARED_TERMS_SEPARATELY
