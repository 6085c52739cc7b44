import pytest

from tests.grading.working.marking import marks

SOLVE = "Solve \\({}\\)."


@pytest.mark.parametrize(
    ("equation", "lines", "expected"),
    [
        ("x^4 - 5x^2 + 4 = 0", ["u^2 - 5u + 4 = 0", "u = 1 or u = 4", "x^2 = 1 or x^2 = 4"], "ppp"),
        ("4^x - 6*2^x + 8 = 0", ["z^2 - 6z + 8 = 0", "(z - 2)(z - 4) = 0"], "pp"),
        (
            "e^{2x} - 3e^x + 2 = 0",
            ["u^2 - 3u + 2 = 0", "u = 1 or u = 2", "x = 0 or x = ln(2)"],
            "ppp",
        ),
        ("2\\cos^2 x - \\cos x - 1 = 0", ["2t^2 - t - 1 = 0"], "p"),
        ("x^4 - 5x^2 + 4 = 0", ["u^2 - 5u + 5 = 0"], "u"),
        ("x^2 - 5x + 4 = 0", ["u^2 - 5u + 4 = 0"], "u"),  # a letter for a letter says nothing
    ],
)
def test_a_new_letter_may_stand_for_a_term(equation, lines, expected):
    assert marks(lines, SOLVE.format(equation)) == expected


def test_two_capitals_with_a_number_are_a_name():
    statement = "Un prix augmente de 20 % puis baisse de 30 %."
    assert "r" not in marks(["CM1 = 1 + 20/100 = 1.2", "CM2 = 1 - 30/100 = 0.7"], statement)
    assert marks(["CM1 = 1.2", "2·CM1 = 2.5"], statement)[-1] != "p"


def test_ratios_of_lengths_that_nobody_told_contradict_nothing():
    statement = "(MN) et (BC) sont parallèles. AM = 3 cm, AB = 7.5 cm et BC = 10 cm. Calculer MN."
    assert "r" not in marks(["AM/AB = AN/AC = MN/BC", "3/7.5 = MN/10", "MN = 4 cm"], statement)
