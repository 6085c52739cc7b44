"""Lines that say that something was checked, rounded or counted between two times."""

import pytest

from tests.grading.working.marking import assert_marks, marks, refuted_check
from tutor.grading.steps.claim_results import Slip

ROOTS = r"Solve \(\sqrt{x+6}=x\)."
SQUARES = r"Löse \(x^2-5x+6=0\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ROOTS, ["x+6 = x^2", "x^2 - x - 6 = 0", "x = 3 or x = -2", "check: both work"]),
        (ROOTS, ["x+6 = x^2", "x = 3", "x = -2", "both solutions are valid"]),
        (r"解方程 \(\sqrt{x+6}=x\)。", ["x+6=x^2", "x=3或x=-2", "检验: 两个都成立"]),
        (r"Résoudre \(\sqrt{x+6}=x\).", ["x+6 = x²", "x = 3 ou x = -2", "les deux conviennent"]),
    ],
)
def test_a_check_that_one_solution_does_not_pass_is_refuted(statement, lines):
    check = refuted_check(lines, statement)
    assert check.refuted is not None
    assert check.refuted.slip == Slip.EXTRANEOUS_ROOT
    assert marks(lines, statement)[-1] == "r"


def test_a_check_that_all_solutions_pass_is_proved():
    assert_marks(SQUARES, ["(x-2)(x-3) = 0", "x = 2 oder x = 3", "Probe: beide stimmen"])


@pytest.mark.parametrize("line", ["check: both are not solutions", "check: do both work?"])
def test_words_that_turn_a_check_leave_it_open(line):
    lines = ["x+6 = x^2", "x^2 - x - 6 = 0", "x = 3 or x = -2", line]
    assert marks(lines, ROOTS)[-1] == "u"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("2.71828 ≈ 2.72", "p"),
        ("2.71828 ≈ 2.71", "r"),
        ("2.71828 = 2.7", "p"),
        ("2.71828 → 2.8", "r"),
        ("2.71 ≈ 3", "u"),  # another number than the one to be rounded
    ],
)
def test_rounding_is_judged_where_it_is_asked_for(line, mark):
    assert marks([line], "Round 2.71828 to the nearest hundredth, then double it.") == mark


def test_a_number_that_is_cut_off_and_not_rounded_is_not_proved():
    assert marks(["4.6789 ≈ 4.67"], "Find the length of the fence.") == "u"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("trajet : de 9h50 à 12h15 = 2 h 25 min", "p"),
        ("Dauer: von 9:50 bis 12:15 = 2 h 25 min", "p"),
        ("9:50 to 12:15 = 2 h 25 min", "p"),
    ],
)
def test_the_time_between_two_others_is_no_equation_of_the_second(line, mark):
    statement = "Un train part à 9 h 50 et arrive à 12 h 15. Combien de temps dure le trajet ?"
    assert marks([line], statement) == mark


VARIANCE = "Find the variance of the data 3, 5, 5, 7, 10."


def test_one_wrong_number_among_squared_deviations_is_refuted():
    right, wrong = ("squared deviations: 9, 1, 1, 1, 16", "squared deviations: 9, 1, 1, 1, 8")
    assert marks(["mean = 30/5 = 6", right], VARIANCE) == "pp"
    assert marks(["mean = 30/5 = 6", wrong], VARIANCE) == "pr"


def test_several_other_numbers_are_left_open():
    assert marks(["squared deviations: 9, 25, 25, 49, 100"], VARIANCE) == "u"


def test_a_vector_with_its_short_name_is_judged_by_its_points():
    statement = r"On donne \(A(1;2)\), \(B(4;-2)\). Calculer les coordonnées de AB."
    assert marks(["vect AB (3 ; -4)"], statement) == "p"
