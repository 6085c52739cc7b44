"""Lines that hold only where the statement's equation does, and sets of its solutions."""

import pytest

from tests.grading.working.marking import assert_marks, marks

_GIVEN = "Given \\(x^2=5x-2\\), find \\(x^3-23x\\)."
_RATIO = (
    "已知 \\(\\tan\\beta=4\\)，求 \\(\\frac{\\sin\\beta+2\\cos\\beta}{\\sin\\beta-\\cos\\beta}\\)。"
)
_TURNS = "Solve \\(\\cos x=-0.5\\) for \\(0^\\circ\\le x\\le 360^\\circ\\)."


def test_equations_of_the_statement_are_put_in() -> None:
    assert_marks(_GIVEN, ["=x(5x-2)-23x", "=5x^2-25x", "=5(5x-2)-25x", "=-10"])


def test_a_power_that_is_put_in_wrongly() -> None:
    assert marks(["=x(5x+2)-23x"], _GIVEN) == "r"
    assert marks(["=x(5x-2)-23x", "=5x^2-20x"], _GIVEN) == "pr"


def test_a_ratio_of_sine_and_cosine_is_put_in() -> None:
    assert_marks(_RATIO, ["原式=6cosβ/(3cosβ)", "=2"])
    assert marks(["原式=5cosβ/(3cosβ)"], _RATIO) == "r"


def test_an_identity_that_the_unknown_of_an_equation_makes_false() -> None:
    statement = "Solve \\(x^2-7x+12=0\\)."
    assert marks(["(x-3)(x-4)=0", "x=3 or x=4"], statement) == "pp"
    assert marks(["(x-3)(x+4)=0"], statement) == "r"


@pytest.mark.parametrize("line", ["S = {120°; 240°}", "L = {120°, 240°}", "x = 120° or x = 240°"])
def test_a_set_of_angles(line: str) -> None:
    assert marks([line], _TURNS) == "p"


@pytest.mark.parametrize("line", ["S = {60°; 240°}", "L = {120°}", "S = {60; 300}"])
def test_a_set_that_lacks_an_angle(line: str) -> None:
    assert marks([line], _TURNS) == "r"


def test_a_set_of_angles_without_signs_is_not_refuted() -> None:
    assert marks(["S = {120; 240}"], _TURNS) == "u"
    in_radians = "Solve \\(\\cos x=-0.5\\) for \\(0\\le x\\le 2\\pi\\)."
    assert marks(["S = {2π/3; 4π/3}"], in_radians) == "p"
    assert marks(["S = {2π/3; 5π/3}"], in_radians) == "r"
