"""Boxes show the kind of an answer, and nothing else of its key."""

import pytest

from tutor.attempts.fields.boxes import shape_of
from tutor.grading import infer_key, read_key


@pytest.mark.parametrize(
    ("kind", "value", "shape"),
    [
        ("matrix", "[[1,2,3]]", "matrix"),
        ("tuple", "(1,2,3)", "tuple"),
        ("direction", "(1,2)", "tuple"),
        ("interval", "[1,2]", "interval"),
        ("set", r"\{1\}", "set"),
        ("number", "1", None),
    ],
)
def test_a_kind_has_its_boxes(kind, value, shape):
    assert shape_of(read_key({"kind": kind, "value": value})) == shape


def test_a_pair_that_may_be_an_interval_has_one_field():
    assert shape_of(infer_key("(1,2)")) is None
