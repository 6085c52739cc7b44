"""Where a wrong answer began, though every sum on the way is right."""

from __future__ import annotations

import pytest

from tests.grading.weighing.weighing import refuted, weighed
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "wrong"),
    [
        pytest.param(
            "A jacket of 60 € is sold at 25 % off. How much is paid?",
            "45 €",
            ("25 % of 60 = 0.25·60 = 15", "one pays 15 €"),
            1,
            id="a share that is true and no price",
        ),
        pytest.param(
            "Two similar triangles have sides in the ratio 2 : 3. The smaller has area 20 cm². "
            "Find the larger area.",
            "45 cm²",
            ("20*3/2 = 30", "30 cm²"),
            0,
            id="a result that is only said again",
        ),
        pytest.param(
            "A square has perimeter 28 cm. Find its diagonal to one decimal place.",
            "9.9 cm",
            ("side = 28/4 = 7 cm", "d = √(7+7) = √14", "d ≈ 3.7 cm"),
            1,
            id="a result that is only rounded",
        ),
        pytest.param(
            "A coat costs 200 €. The price rises by 10 % and then the coat is sold at 70 % of "
            "that. What is the price?",
            "154 €",
            ("200·(1+10%) = 220", "220·30% = 66", "answer: the price is 66 €"),
            1,
            id="a result that a sentence answers with",
        ),
        pytest.param(
            "Find the least common multiple of 36 and 60.",
            "180",
            ("36=2^2*3^2, 60=2^2*3*5", "lcm = 2^2*3*5", "=60"),
            1,
            id="a product that is worked out on the next line",
        ),
        pytest.param(
            r"Calculer \(\frac15 + \frac23\times\frac12\).",
            "8/15",
            ("1/5+2/3 = 13/15", "13/15 × 1/2 = 13/30"),
            0,
            id="a sum of fractions that is taken too early",
        ),
        pytest.param(
            "£600 is invested at 5 % compound interest for 2 years. Find the amount.",
            "661.50",
            ("600*0.05*2 = 60", "£660"),
            0,
            id="simple interest in one product",
        ),
        pytest.param(
            r"Find \(\int x(x^2+1)^2dx\).",
            "(1/6)(x²+1)^3 + C",
            ("u=x²+1, du=2x dx", "∫u² du = u³/3", "= (x²+1)³/3 + C"),
            1,
            id="a factor that was lost by a substitution",
        ),
        pytest.param(
            r"Resuelve \(\log x+\log(x+3)=1\) (logaritmos decimales).",
            "x = 2",
            ("log[x(x+3)] = 1", "quito logs: x² + 3x = 1"),
            1,
            id="a logarithm to the base ten",
        ),
        pytest.param(
            r"Solve \(\log x+\log(x-3)=\log 10\).",
            "x = 5",
            ("log x + log(x-3) = log 10", "log(2x-3) = log 10", "2x-3 = 10", "x = 6.5"),
            1,
            id="a logarithm to any base",
        ),
        pytest.param(
            r"Where is \(f(x)=x^2-2x\) increasing?",
            "x > 1",
            ("f'(x)=2x-2", "2x-2>0 so x>2"),
            1,
            id="a bound below a right condition",
        ),
        pytest.param(
            r"Solve \(\frac{x^2-9}{x-3} = 2x\).",
            "no solution",
            ("(x-3)(x+3)/(x-3) = 2x", "x+3 = 2x", "x=3"),
            2,
            id="a solution where there is none",
        ),
    ],
)
def test_the_line_where_it_began_is_refuted(statement, answer, lines, wrong):
    first = refuted(weighed(statement, answer, *lines))
    assert first is not None
    assert first[0] == wrong


def test_a_solution_that_is_none_is_called_extraneous():
    lines = ("x+3 = 2x", "x=3")
    checks = weighed(r"Solve \(\frac{x^2-9}{x-3} = 2x\).", "no solution", *lines)
    assert refuted(checks) == (1, Slip.EXTRANEOUS_ROOT)


def test_that_there_is_no_solution_is_right_where_there_is_none():
    lines = ("x+3 = 2x", "x=3 not allowed", "no solution")
    checks = weighed(r"Solve \(\frac{x^2-9}{x-3} = 2x\).", "no solution", *lines)
    assert Mark.REFUTED not in [check.mark for check in checks]


def test_the_answer_is_no_value_of_an_angle_that_the_problem_gives():
    """24/25 is sin 2a, and not a, so that cos a = 4/5 is not held against it."""
    statement = r"Given \(\sin a = 3/5\) with a acute, find \(\sin 2a\)."
    checks = weighed(statement, "24/25", "cos a = 4/5", "sin 2a = 2*3/5 = 6/5")
    assert refuted(checks) is not None
    assert checks[0].mark == Mark.PROVED


def test_a_wrong_product_is_no_percentage_where_nothing_tells_of_one():
    statement = "6 croissants coûtent 7.20 €. Combien coûtent 8 croissants ?"
    checks = weighed(statement, "9.60", "un croissant : 7.20/6 = 1.20 €", "8 × 1.20 = 9.20 €")
    assert refuted(checks) == (1, Slip.ARITHMETIC)
