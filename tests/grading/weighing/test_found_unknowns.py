"""Equations of a working that finds the only unknown, where the stored answer is in words."""

from tests.grading.weighing.weighing import marks
from tutor.grading.steps.checks import Mark

AGES = "Thabo is 5 years older than Zinhle. Four years ago he was twice as old. How old are they?"


def test_an_equation_set_up_is_proved_by_the_ages_that_are_right():
    lines = ["Z = x , T = x+5", "x+1 = 2(x-4)", "x+1 = 2x-8", "9 = x"]
    lines += ["Zinhle is 9, Thabo is 14", "check: 5 and 10 ✓"]
    assert marks(AGES, "Zinhle 9, Thabo 14", *lines)[1] == Mark.PROVED


def test_another_equation_is_not():
    lines = ["Z = x , T = x+5", "x+1 = 2(x-5)", "x+1 = 2x-10", "11 = x", "Zinhle 11, Thabo 16"]
    assert marks(AGES, "Zinhle 9, Thabo 14", *lines)[1] != Mark.PROVED
