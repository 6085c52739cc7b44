"""Integrals and antiderivatives whose bounds or differentials stand elsewhere or nowhere."""

import pytest

from tests.grading.working.marking import assert_marks, marks

_AREA = "Find the area of the region enclosed by the curve \\(y=x^2\\) and the line \\(y=2x+3\\)."
_PARTS = "Calculer \\(I=\\int_0^1 x\\,e^{2x}\\,dx\\) à l'aide d'une intégration par parties."
_LOGARITHM = "Use the substitution \\(u=x^2+1\\) to evaluate \\(\\int_0^2\\frac{x}{x^2+1}\\,dx\\)."
_CUBE = "Use the substitution \\(u=x^2+1\\) to evaluate \\(\\int_0^1 2x(x^2+1)^3\\,dx\\)."
_CHINESE = "求曲线 \\(y=x^2\\) 与直线 \\(y=x\\) 所围成图形的面积。"
_RIGHT = {
    "without a differential": (
        _AREA,
        ["A = int from -1 to 3 of (2x+3-x^2)", "= [x^2+3x-x^3/3] from -1 to 3"],
    ),
    "a product without a differential": (
        "Berechne \\(\\int_1^3 2x\\,dx\\).",
        ["∫_1^3 2x = [x²] von 1 bis 3", "= 9 - 1"],
    ),
    "bounds attached in Chinese": (
        _CHINESE,
        ["S=∫0到1 (x-x²)dx", "=[x²/2-x³/3]", "=1/2-1/3=1/6"],
    ),
    "no room between the bounds": (_CHINESE, ["S=∫0到1(x-x²)dx"]),
    "by parts": (_PARTS, ["I=[x e^(2x)/2] de 0 à 1 - ∫ e^(2x)/2 dx"]),
    "by parts, with bounds behind the bracket": (
        "Calcula \\(\\int_0^1 x e^x\\,dx\\).",
        ["= [x e^x]_0^1 - ∫ e^x dx", "= e - (e - 1)", "= 1"],
    ),
    "in another letter": (
        _LOGARITHM,
        ["x=0→u=1, x=2→u=5", "∫ ½ * 1/u du = ½[ln u] from 1 to 5", "=½(ln5-ln1)"],
    ),
    "a power in another letter": (_CUBE, ["∫ u^3 du = [u^4/4] from 1 to 2", "= 4 - 1/4"]),
}


@pytest.mark.parametrize(("statement", "lines"), _RIGHT.values(), ids=_RIGHT)
def test_it_proves_what_is_meant(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_AREA, "A = int from -1 to 3 of (x^2-2x-3)"),
        (_CHINESE, "S=∫0到1 (x²-x)dx"),
        (_PARTS, "I=[x e^(2x)/2] de 0 à 1 + ∫ e^(2x)/2 dx"),
        (_PARTS, "I=[x e^(2x)/2] de 0 à 2 - ∫ e^(2x)/2 dx"),
        (_LOGARITHM, "∫ ½ * 1/u du = ½[ln u] from 0 to 2"),
        (_LOGARITHM, "∫ ½ * 1/u du = [ln u] from 1 to 5"),
        (_CUBE, "∫ u^3 du = [u^4/4]_0^1"),
        (_CUBE, "∫ u^3 du = [u^4/3] from 1 to 2"),
        (_LOGARITHM, "x=0→u=1, x=2→u=4"),
    ],
)
def test_it_proves_no_wrong_one(statement, line):
    assert marks([line], statement) not in ("p", "g")
