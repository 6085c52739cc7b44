"""How far a problem asks to round, in five languages."""

import pytest

from tests.grading.weighing.weighing import refuted, weighed
from tests.grading.working.marking import assert_marks
from tutor.grading.steps.asked_rounding import Rounding, rounding_asked
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Round to 2 d.p.", 2),
        ("Give x to two decimal places.", 2),
        ("Round to the nearest tenth.", 1),
        ("Runde auf eine Nachkommastelle.", 1),
        ("Runde auf Hundertstel.", 2),
        ("Arrondir à deux décimales.", 2),
        ("Redondea a las centésimas.", 2),
        ("Calcula la altura con dos decimales.", 2),
        ("保留两位小数。", 2),
        ("精确到0.01。", 2),
    ],
)
def test_decimal_places(text, places):
    assert rounding_asked(text) == Rounding(places)


def test_significant_figures_and_texts_that_ask_for_none():
    assert rounding_asked("to 3 s.f.") == Rounding(3, is_of_figures=True)
    assert rounding_asked("Find x.") is None


def test_a_value_cut_off_where_places_are_asked_for_is_refuted():
    wrong = ("x ≈ 6.66", Slip.ROUNDED_THE_WRONG_WAY)
    assert_marks(r"Solve \(3x = 20\) to two decimals.", ["x = 6.6667", wrong])
    assert_marks(r"Solve \(3x = 20\) to two decimals.", ["x = 6.6667", "x ≈ 6.67"])


def test_the_first_line_with_a_wrongly_rounded_number_is_blamed():
    lines = ["h = 40·tan 35°", "rounded: h ≈ 28.00 m", "The tower is 28.00 m tall"]
    statement = "From 40 m away the top of a tower is seen at 35°. Find its height to 2 d.p."
    checks = weighed(statement, "28.01 m", *lines)
    assert refuted(checks) == (1, Slip.SET_UP)
