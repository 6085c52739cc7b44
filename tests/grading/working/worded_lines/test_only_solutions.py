"""A solution that a line calls the only one, where the equation has another."""

import pytest

from tests.grading.working.marking import marks
from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.steps.checks import Mark
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (r"Résous \(x^2=5x\).", ["x² - 5x = 0", "donc x = 5 est la seule solution"], "pr"),
        (r"Löse \(x^2=-3x\).", ["x²+3x=0", "also ist x=-3 die einzige Lösung"], "pr"),
        (r"Resuelve \(x^2=7x\).", ["x^2-7x=0", "x=7 es la única solución"], "pr"),
        ("解方程 \\(x^2=6x\\)。", ["x²-6x=0", "所以方程只有一个解 x=6"], "pr"),
        (r"Solve \(x^2=5x\).", ["x^2 - 5x = 0", "x = 5"], "pr"),
        (r"Solve \(x^2=5x\).", ["x = 0", "x = 5"], "pp"),
        (r"Löse \(x^2-10x+25=0\).", ["(x-5)²=0", "x=5 ist die einzige Lösung"], "pp"),
    ],
)
def test_the_zero_of_an_equation_is_no_told_solution(statement, lines, expected):
    assert marks(lines, statement) == expected


def test_the_zero_of_an_equation_is_no_part_of_an_answer():
    statement, lines = r"Solve \(x^2-9x=0\).", ["x(x-9)=0", "so the only solution is x=9"]
    checks = check_working(lines, statement)
    weighed = weigh(lines, checks, statement, AnswerKey("0, 9", Kind.LIST), is_finished=True)
    assert [check.mark for check in weighed] == [Mark.PROVED, Mark.REFUTED]
