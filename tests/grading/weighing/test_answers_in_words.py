"""Final answers that are no single number: a time of day, amounts with names, shares."""

import pytest

from tests.grading.weighing.weighing import marks, refuted, weighed
from tutor.grading.answer_key import Verdict
from tutor.grading.comparison.keys import infer_key
from tutor.grading.grade import grade_response
from tutor.grading.steps.checks import Mark

RECTANGLE = (
    "Ein Rechteck hat den Umfang 46 cm. Die Länge ist 5 cm größer als die Breite. Bestimme die"
    " Seitenlängen."
)
SIDES = "Breite 9 cm, Länge 14 cm"
HEN = "A farm has 28 animals, chickens and rabbits, with 78 legs. How many of each are there?"
TRIP = "Un tren sale a las 8:00 y tarda 2 horas. ¿A qué hora llega?"


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "wrong"),
    [
        (RECTANGLE, SIDES, ("Breite: x, Länge: x + 5", "x + x + 5 = 46", "2x = 41", "x = 20.5"), 1),
        (
            RECTANGLE,
            SIDES,
            ("x = Breite", "x + x + 5 = 46", "x = 20.5", "Breite 20.5 cm, Länge 25.5 cm"),
            1,
        ),
        (
            HEN,
            "17 chickens, 11 rabbits",
            ("c = number of chickens", "2c + 2(28 - c) = 78 - c", "c = 22"),
            1,
        ),
        (
            "长方形周长46厘米，长比宽多5厘米，求长和宽。",
            "宽9厘米，长14厘米",
            ("设宽为x", "x+x+5=46", "2x=41", "x=20.5"),
            1,
        ),
        (
            "El perímetro de un rectángulo es 46 cm y el largo mide 5 cm más que el ancho.",
            "ancho 9 cm, largo 14 cm",
            ("ancho: x", "x + x + 5 = 46", "x = 20.5"),
            1,
        ),
    ],
)
def test_a_set_up_that_the_named_amounts_do_not_fulfil_is_blamed(statement, answer, lines, wrong):
    checks = weighed(statement, answer, *lines)
    assert refuted(checks)[0] == wrong


def test_a_set_up_that_they_fulfil_is_not():
    lines = ("Breite: x", "2x + 2(x + 5) = 46", "4x = 36", "x = 9", "Breite 9 cm, Länge 14 cm")
    assert Mark.REFUTED not in marks(RECTANGLE, SIDES, *lines)


@pytest.mark.parametrize("answer", ["10:00", "a las 10:00", "um 10:00 Uhr", "at 10:00"])
def test_another_time_of_day_is_never_proved(answer):
    assert marks(TRIP, answer, "llega a las 18:00") == [Mark.REFUTED]
    assert Mark.REFUTED not in marks(TRIP, answer, "8:00 + 2 h = 10:00", "llega a las 10:00")


def test_shares_that_are_none_of_the_stored_ones_make_the_answer_wrong():
    statement = "把20克盐溶解在80克水中，求盐水的浓度。再加入100克水后浓度是多少？"
    lines = ("20÷90=22%", "20÷190=11%")
    assert Mark.PROVED not in marks(statement, "20%，10%", *lines)[-1:]
    assert Mark.REFUTED not in marks(statement, "20%，10%", "20÷100=20%", "20÷200=10%")


@pytest.mark.parametrize(
    ("stored", "typed", "verdict"),
    [
        ("1:0", "2:0", Verdict.INCORRECT),
        ("1:0", "1:0", Verdict.CORRECT),
        ("2:1:0", "4:2:0", Verdict.CORRECT),
        ("2:1:0", "4:3:0", Verdict.INCORRECT),
    ],
)
def test_a_ratio_with_one_number_beside_zeros_has_no_other_form(stored, typed, verdict):
    assert grade_response(typed, infer_key(stored)).verdict == verdict
