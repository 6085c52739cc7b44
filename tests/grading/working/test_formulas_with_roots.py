import pytest

from tests.grading.working.marking import marks


@pytest.mark.parametrize(
    ("letter", "formula", "lines", "expected"),
    [
        ("r", r"V = \pi r^2 h", ["r^2 = V/(pi*h)", "r = sqrt(V/(pi*h))"], "pp"),
        ("r", r"V = \pi r^2 h", ["r = sqrt(V/pi)*h"], "r"),
        ("a", "a^2 + b^2 = c^2", ["a^2 = c^2 - b^2", "a = sqrt(c^2 - b^2)"], "pp"),
        ("a", "a^2 + b^2 = c^2", ["a = sqrt(c^2 + b^2)"], "r"),
        (
            "l",
            r"T = 2\pi\sqrt{\frac{l}{g}}",
            ["T/(2pi) = sqrt(l/g)", "T^2/(4pi^2) = l/g", "l = g*T^2/(4pi^2)"],
            "ppp",
        ),
        ("a", "v = u + at", ["v - u = at", "a = (v - u)/t"], "pp"),
    ],
)
def test_a_formula_is_solved_for_a_letter(letter, formula, lines, expected):
    statement = rf"Make \({letter}\) the subject of \({formula}\)."
    assert marks(lines, statement) == expected
