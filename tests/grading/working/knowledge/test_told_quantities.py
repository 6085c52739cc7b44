"""Lines that name a quantity of the statement and give another value."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks

PARABOLA = r"\(y=x^2-6x+11\)"


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        ("求数据8,2,9,5,12,6的中位数。", "中位数:中间两个是9和5,(9+5)÷2=7", "not_sorted"),
        ("Find the median of 8, 2, 9, 5, 12, 6.", "the middle two are 9 and 5, (9+5)/2 = 7",
         "not_sorted"),
        ("Find the range of 8, 3, 9, 5, 12, 6.", "range: 12 - 6 = 6", "wrong_formula"),
        ("Bestimme die Spannweite von 8; 3; 9; 5; 12; 6.", "Spannweite: 12 - 5 = 7",
         "wrong_formula"),
        ("求数据8,3,9,5,12,6的极差。", "极差=12-5=7", "wrong_formula"),
        ("Calcula la moda de 2, 4, 4, 5, 7.", "moda = 5", "wrong_formula"),
        ("Quel est le mode de 2, 4, 4, 5, 7 ?", "mode : 7", "wrong_formula"),
        ("圆锥底面半径3,高4,求它的侧面积。", "S侧=2πrl=2π×3×5=30π", "wrong_formula"),
        ("A cone has radius 5 cm and height 12 cm. Find its lateral area.",
         "lateral area = 2π·5·13 = 130π", "wrong_formula"),
        (f"Find the vertex of the parabola {PARABOLA}.", "vertex is at (-3, 2)", "lost_sign"),
        (f"Déterminer le sommet de la parabole {PARABOLA}.",
         "le sommet a pour coordonnées (-3 ; 2)", "lost_sign"),
        (f"Bestimme den Scheitelpunkt von {PARABOLA}.", "S(-3|2)", "lost_sign"),
        (f"求抛物线{PARABOLA}的顶点坐标。", "顶点坐标为(-3,2)", "lost_sign"),
        (f"Halla el vértice de {PARABOLA}.", "el vértice está en (3, -2)", "lost_sign"),
    ],
)  # fmt: skip
def test_another_value_is_refuted(statement: str, line: str, slip: str) -> None:
    assert_marks(statement, [(line, slip)])


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("求数据8,2,9,5,12,6的中位数。", ["中位数:(6+8)÷2=7"]),
        ("Find the median of 8, 2, 9, 5, 12, 6.",
         ["median position: (6+1)/2 = 3.5", "median: (6+8)/2 = 7"]),
        ("Find the range of 8, 3, 9, 5, 12, 6.", ["range: 12 - 3 = 9"]),
        ("Calcula la moda de 2, 4, 4, 5, 7.", ["moda = 4"]),
        ("圆锥底面半径3,高4,求它的侧面积。", ["S侧=πrl=π×3×5=15π"]),
        (f"Find the vertex of the parabola {PARABOLA}.", ["vertex is at (3, 2)"]),
        (f"Bestimme den Scheitelpunkt von {PARABOLA}.", ["S(3|2)"]),
    ],
)  # fmt: skip
def test_the_right_value_is_proved(statement: str, lines: list[str]) -> None:
    assert_marks(statement, list(lines))


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("Find the population variance of 11, 14, 8, 19, 13.",
         ["mean = 13", "deviations -2, 1, -5, 6, 0"]),
        ("Berechne die Varianz von 11; 14; 8; 19; 13.", ["Mittelwert = 13"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("squares", ["squared: 4, 1, -25, 36, 0", "Quadrate: -4, 1, -25, 36, 0"])
def test_squares_have_no_minus(statement: str, lines: list[str], squares: str) -> None:
    assert_marks(statement, [*lines, (squares, "negative_square")])


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("The values are 8, 3, 9, 5, 12, 20. Find the range without 20.", "range: 12 - 3 = 9"),
        ("Find the quartiles and the median of 7, 3, 9, 5, 12, 6, 20.",
         "Q1 = median of 3, 5, 6 = 5"),
        (f"The parabola {PARABOLA} is reflected in the y-axis. Where is its vertex?",
         "vertex: (-3, 2)"),
    ],
)  # fmt: skip
def test_a_quantity_of_something_else_is_not_refuted(statement: str, line: str) -> None:
    assert_marks(statement, [(line, "…")])
