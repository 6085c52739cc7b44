"""Formulas of which only parts stand between formula signs."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, check_last
from tutor.grading.prose.mixed_formulas import mixed_formulas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"So 30 + \( x \) + 105 = 500.", ["30 + x + 105 = 500"]),
        (r"4 × $\frac{9}{4}$ = $\frac{36}{4}$.", [r"4 × \frac{9}{4} = \frac{36}{4}"]),
        (r"$BD$ + 20 = 40 - ($AE$ - $AD$).", ["BD + 20 = 40 - ( AE - AD )"]),
        (r"\(x = 3\) - \(y = 4\)", []),
        ("- \\(x = 3\\)\n- \\(y = 2\\)", []),
        (r"\(x = 3\) + 4", []),
        (r"the \(x\)-\(y\) plane", []),
        ("We pay $5 + $6 = $11.", []),
        ("1 + $" * 3_000, []),
    ],
)
def test_parts_and_typed_signs_make_one_formula(text, expected):
    assert [" ".join(formula.text.split()) for formula in mixed_formulas(text)] == expected


def test_such_formulas_are_checked_as_a_whole():
    lost = r"30 + \( x \) = 500. Subtracting 30 from both sides, we get: \( x \) = 500 - 20."
    check = check_last(lost)
    assert check.refuted.claim == r"\( x \) = 500 - 20"
    assert check_last(r"4 × $\frac{9}{4}$ = $\frac{(4)(9)}{(4)(4)}$.").verdict == REFUTED
    assert check_last(r"4 × $\frac{9}{4}$ = $\frac{(4)(9)}{4}$.").verdict == PROVED
