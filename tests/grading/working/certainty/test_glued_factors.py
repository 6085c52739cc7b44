"""What was typed without blanks between its factors, and spaces of LaTeX in a congruence."""

import pytest

from tests.grading.working.marking import marks


@pytest.mark.parametrize(
    ("statement", "line", "expected"),
    [
        (r"Let \(f(x)=\frac{\cos x}{x}\). Find \(f'(x)\).", "f'(x)=(-xsinx-cosx)/x²", "p"),
        (r"Let \(f(x)=\frac{\cos x}{x}\). Find \(f'(x)\).", "f'(x)=(cosx-xsinx)/x²", "r"),
        (r"Find \(\int\left(4x+\frac{3}{x^2}\right)dx\).", "= ∫ (4x + 3x^-2) dx", "p"),
        (r"Résoudre \(4x\equiv 5\ [9]\).", "x ≡ 7×5 ≡ 35 ≡ 8 [9]", "p"),
        (r"Résoudre \(4x\equiv 5\ [9]\).", "x ≡ 7×5 ≡ 34 [9]", "r"),
    ],
)
def test_formulas_are_read_whole(statement, line, expected):
    assert marks([line], statement) == expected
