"""Speeds of two that meet, prices of a mixture, and forms of one curve that come before another."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

CARS = (
    r"Dos coches salen de dos ciudades separadas \( 300 \) km, uno hacia el otro, a \( 90 \) km/h"
    r" y \( 60 \) km/h. ¿Cuándo se encuentran?"
)
TRAINS = (
    "Zwei Züge fahren aufeinander zu, der eine mit 80 km/h, der andere mit 120 km/h. Die Städte"
    " sind 400 km entfernt. Wann treffen sie sich?"
)
LORRIES = (
    "甲、乙两地相距480千米，两车相向而行，甲车每小时行70千米，乙车每小时行50千米，几小时相遇？"
)
TEA = (
    "A trader mixes 3 kg of tea costing Ksh 160 per kg with 5 kg of tea costing Ksh 120 per kg."
    " Calculate the cost of one kilogram of the mixture."
)
COFFEE = "Se mezclan 20 kg de café de 6 €/kg con 30 kg de café de 9 €/kg. ¿Precio de la mezcla?"
NUTS = "Man mischt 2 kg Nüsse zu 8 € pro kg mit 6 kg zu 12 € pro kg. Was kostet 1 kg der Mischung?"
PARABOLA = r"Find the turning point of \( y = 2x^2 - 8x + 5 \)."


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (CARS, "velocidad a la que se acercan: 90 - 60 = 30 km/h", Slip.WRONG_FORMULA),
        (TRAINS, "t = 400/(120 - 80)", Slip.WRONG_FORMULA),
        (LORRIES, "70-50=20", Slip.WRONG_FORMULA),
        (TEA, "cost of 1 kg of mixture = (160 + 120)/2", Slip.UNWEIGHTED),
        (TEA, "price per kg = (160 + 120)/2", Slip.UNWEIGHTED),
        (COFFEE, "(6+9)/2 = 7.5 €", Slip.UNWEIGHTED),
        (NUTS, "(8 + 12) : 2 = 10 €", Slip.UNWEIGHTED),
    ],
)
def test_a_calculation_that_only_a_mistake_leads_to_is_refuted(statement, line, slip):
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (CARS, "90 + 60 = 150"),
        (LORRIES, "480÷(70+50)=4"),
        ("Two cars drive towards each other at 90 km/h and 60 km/h. How much faster?", "90-60=30"),
        (TEA, "3 × 160 + 5 × 120 = 1080"),
        (COFFEE, "(20·6+30·9)/50 = 7.8"),
        ("2 kg at 8 € per kg are mixed with 2 kg at 12 € per kg. Price per kg?", "(8 + 12)/2 = 10"),
    ],
)
def test_right_calculations_are_not(statement, line):
    assert "r" not in marks([line], statement)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("y=2(x²-4x)+5", "y=2(x²-4x+4)-4+5"),
        ("y = 2(x² - 4x + 2.5)", "y = 2(x - 2)² + 1"),
        ("y = 5 - 8x + 2x²", "y = 2(x + 2)² - 3"),
    ],
)
def test_two_forms_of_one_curve_say_no_more_than_one(form, wrong):
    assert marks([form, wrong], PARABOLA) == "pr"
    assert marks([form, "y = 2(x - 2)² - 3"], PARABOLA) == "pp"
