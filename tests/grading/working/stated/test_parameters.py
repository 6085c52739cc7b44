"""Functions with a parameter, which is the index of their name or is called so."""

import pytest

from tests.grading.working.marking import marks

FAMILY = r"Gegeben ist die Schar \(f_k(x)=k^2x^2-3kx\). Bestimme \(f_k'(x)\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (FAMILY, ["f_k(x) = k²x² - 3kx", "f_k'(x) = 2k²x - 3k"], "pp"),
        (FAMILY, ["fk(x) = k²x² - 3kx", "fk'(x) = 2k²x - 3k"], "pp"),
        (FAMILY, ["fk'(x) = 2k²x - 3"], "r"),
        (
            r"Let \(f(x)=x^3-ax\) with the parameter \(a\). Find \(f'(x)\).",
            ["f'(x) = 3x² - a"],
            "p",
        ),
        (
            r"Let \(f(x)=x^3-ax\) with the parameter \(a\). Find \(f'(x)\).",
            ["f'(x) = 3x² - 1"],
            "r",
        ),
        (r"Let \(f_1(x)=x^2\) and \(f_2(x)=2x\). Find \(f_1'(x)\).", ["f_2'(x) = 2x"], "u"),
    ],
)
def test_the_parameter_is_a_number(statement, lines, expected):
    assert marks(lines, statement) == expected
