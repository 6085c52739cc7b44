"""Boxes show the kind of an answer, and nothing else of its key."""

import pytest

from tutor.attempts.fields.boxes import shape_of
from tutor.attempts.fields.units import LISTS, unit_choices
from tutor.grading import infer_key, read_key


def shape(kind, value, statement="What is it?", **options):
    return shape_of(read_key({"kind": kind, "value": value, **options}), statement)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("matrix", "[[1,2,3]]", "matrix"),
        ("tuple", "(1,2,3)", "tuple"),
        ("direction", "(1,2)", "tuple"),
        ("interval", "[1,2]", "interval"),
        ("set", r"\{1\}", "set"),
        ("truth", "T", "truth"),
        ("division", "7 R 2", "division"),
        ("number", "1", None),
    ],
)
def test_a_kind_has_its_boxes(kind, value, expected):
    assert shape(kind, value) == expected


def test_a_pair_that_may_be_an_interval_has_one_field():
    assert shape_of(infer_key("(1,2)"), "Which?") is None


@pytest.mark.parametrize("statement", [r"Solve \(x^2 = 4\).", "解方程 x^2 = 4。"])
def test_an_equation_looks_the_same_however_many_solutions_it_has(statement):
    keys = [("number", "2"), ("equation", "x=2"), ("list", "2, -2"), ("set", r"\{2,-2\}")]
    assert {shape(*key, statement) for key in keys} == {"solutions"}


def test_units_do_not_say_what_is_measured():
    area = unit_choices("m^2")
    assert {"m", "cm²", "m³"} < {*area}
    assert area == unit_choices("km") == unit_choices("m^3")
    assert unit_choices("mm") == unit_choices("cm^2") == unit_choices("dm^3")


def test_units_are_of_the_system_and_size_that_is_asked_for():
    assert {"ft", "km", "L"}.isdisjoint(unit_choices("cm^2"))
    assert {"m", "mm"}.isdisjoint(unit_choices("ft^2"))
    assert {*unit_choices("litre")} == {*unit_choices("mL")} > {"mL", "L"}


def test_a_list_of_units_has_the_one_asked_for_and_can_be_seen_at_once():
    for units in LISTS:
        for name in units.asked or units.names:
            choices = unit_choices(name.replace("²", "^2").replace("³", "^3"))
            assert name in choices
            assert len(choices) <= 12


def test_boxes_show_what_has_a_list_of_units():
    assert shape("quantity", "5", unit="m^2") == "quantity"
    assert shape("quantity", "5", unit="apples") is None
