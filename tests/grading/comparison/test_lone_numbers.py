"""Answers that give one quantity in several units or forms."""

import pytest

from tutor.grading import Verdict, grade_response, read_key


def _verdict(response, value, kind, *, decimal_comma=False, **options):
    key = read_key({"value": value, "kind": kind, "decimal_comma": decimal_comma, **options})
    return grade_response(response, key).verdict


@pytest.mark.parametrize(
    ("response", "value", "kind", "decimal_comma"),
    [
        ("2.5 h = 150 min", "150 min", "quantity", False),
        ("0,75 horas = 45 minutos", "45 min", "quantity", True),
        ("0.35 = 35 %", "35%", "number", False),
        ("1 m = 10 dm = 100 cm", "100 cm", "quantity", False),
    ],
)
def test_the_last_of_equal_quantities_is_the_answer(response, value, kind, decimal_comma):
    assert _verdict(response, value, kind, decimal_comma=decimal_comma) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "value", "kind"),
    [
        ("2.5 h = 145 min", "145 min", "quantity"),
        ("2.5 h = 150 kg", "150 min", "quantity"),
        ("0.35 = 36 %", "36%", "number"),
    ],
)
def test_different_quantities_are_no_answer(response, value, kind):
    assert _verdict(response, value, kind) != Verdict.CORRECT


def test_the_form_of_the_last_one_counts():
    form = {"form": "scientific"}
    assert _verdict("0.0091 = 91*10^-4", "9.1*10^-3", "number", **form) == Verdict.INCORRECT
    assert _verdict("0.0091 = 9.1*10^-3", "9.1*10^-3", "number", **form) == Verdict.CORRECT
