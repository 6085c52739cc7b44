"""Second derivatives: as quotients of differentials, and with a sign where x is known."""

import pytest

from tests.grading.working.marking import assert_marks, marks

_CURVE = "Find the stationary points of \\(y=x^3-6x^2+9x+1\\) and determine their nature."
_BOX = (
    "An open box with a square base of side \\(x\\) cm has volume 32 cm³. Find the value of"
    " \\(x\\) that minimises the surface area."
)
_RIGHT = {
    "after the first one set to zero": (
        _CURVE,
        ["dy/dx=3x²-12x+9=0", "x²-4x+3=0", "d²y/dx²=6x-12", "when x=1, d²y/dx²=-6<0 so max"],
    ),
    "its sign at a place": (
        _CURVE,
        ["d^2y/dx^2 = 6x - 12", "x=1: d²y/dx² < 0 so max", "x=3: d²y/dx² > 0 so min"],
    ),
    "by another letter": (
        "A particle moves so that \\(s=t^3-6t^2\\). Find its acceleration at t = 3.",
        ["ds/dt = 3t^2-12t", "d^2s/dt^2 = 6t-12", "at t=3: d²s/dt² = 6"],
    ),
    "a function by its letter alone": (
        "Étudier les extremums de \\(f(x)=x^3-3x\\).",
        ["f'(x)=3x²-3=0", "x=1 ou x=-1", "d²f/dx²=6x"],
    ),
    "of a differential equation": (
        "Solve \\(\\frac{d^2y}{dx^2}+4y=0\\).",
        ["m²+4=0", "y=A cos 2x + B sin 2x"],
    ),
    "a constant one": (
        "Halla el máximo de \\(f(x)=20x-x^2\\).",
        ["df/dx = 20 - 2x = 0", "d²f/dx² = -2 < 0, máximo"],
    ),
}


@pytest.mark.parametrize(("statement", "lines"), _RIGHT.values(), ids=_RIGHT)
def test_it_reads_second_derivatives(statement, lines):
    assert_marks(statement, lines)


def test_it_proves_a_sign_that_holds_where_x_is_known():
    known = ["S = x^2 + 128/x", "S' = 2x - 128/x^2 = 0", "x^3=64, x=4"]
    assert marks([*known, "S'' = 2+256/x^3 > 0 so min"], _BOX)[-1] == "p"
    assert marks([*known, "d²S/dx² = 2+256/x³ > 0, donc minimum"], _BOX)[-1] == "p"
    assert marks([*known, "S'' = 2+256/x^3 < 0 so max"], _BOX)[-1] != "p"


@pytest.mark.parametrize(
    "line",
    ["d²y/dx²=6x-9", "d²y/dx²=6x+12", "at x=1 d²y/dx² = -6 < 0 so min", "x=3: d²y/dx² < 0 so max"],
)
def test_it_proves_no_wrong_one(line):
    assert marks([line], _CURVE) not in ("p", "g")
