"""Stored answers in formula signs, and several amounts with names, are told in workings too."""

import pytest

from tests.grading.weighing.weighing import refuted, weighed
from tutor.grading.answer_key import Kind
from tutor.grading.steps.checks import Mark


def test_a_percentage_of_a_stored_fraction_in_formula_signs_is_right():
    statement = "9.5 of 108.5 people on average are ill. What percentage?"
    lines = ["P = 9.5/108.5 ≈ 0.088", "about 8.8 % only"]
    answer = r"\(\frac{9.5}{108.5}\approx 0.088\)"
    assert refuted(weighed(statement, answer, *lines, kind=Kind.NUMBER)) is None


@pytest.mark.parametrize("answer", ["A = 96 cm², P = 40 cm", "A = 96 cm²; P = 40 cm"])
def test_the_last_of_several_named_amounts_is_right(answer):
    statement = "Las diagonales de un rombo miden 16 cm y 12 cm. Calcula el área y el perímetro."
    lines = ["A = D·d/2 = 16·12/2 = 96 → 96 cm²", "medias diagonales: 8 y 6"]
    lines += ["lado² = 8² + 6² = 100", "lado = 10 cm", "P = 4 · 10 cm = 40 cm"]
    checks = weighed(statement, answer, *lines, kind=Kind.LIST)
    assert refuted(checks) is None
    assert checks[-1].mark == Mark.PROVED
