"""A vector or matrix may have its name before it, and a set may have a single element."""

import pytest

from tutor.grading import Verdict, grade_response, read_key


def verdict_of(response, value, kind, **fields):
    return grade_response(response, read_key({"value": value, "kind": kind, **fields})).verdict


@pytest.mark.parametrize("name", ["A^(-1)", "A^2", "A⁻¹", "AB", "M", "A^T"])
def test_a_matrix_with_the_name_of_a_power_is_the_matrix(name):
    assert verdict_of(f"{name} = [[3,-1],[-5,2]]", "[[3,-1],[-5,2]]", "matrix") == Verdict.CORRECT
    assert verdict_of(f"{name} = [[3,1],[-5,2]]", "[[3,-1],[-5,2]]", "matrix") == Verdict.INCORRECT


@pytest.mark.parametrize("name", ["det A", "2A"])
def test_a_multiple_of_a_matrix_is_no_name(name):
    assert verdict_of(f"{name} = [[3,-1],[-5,2]]", "[[3,-1],[-5,2]]", "matrix") != Verdict.CORRECT


@pytest.mark.parametrize("response", ["u = (3/5, 4/5)", "u = (3/5; 4/5)", "(3/5, 4/5)"])
def test_a_named_vector_is_read_as_one_without_a_name(response):
    fields = {"decimal_comma": True}
    assert verdict_of(response, "(3/5; 4/5)", "tuple", **fields) == Verdict.CORRECT


def test_coordinates_go_with_their_names():
    assert verdict_of("(y, x) = (3, 4)", "(3, 4)", "tuple") == Verdict.INCORRECT
    assert verdict_of("(y, x) = (4, 3)", "(3, 4)", "tuple") == Verdict.CORRECT
    assert verdict_of("(x, y) = (3, 4)", "(3, 4)", "tuple") == Verdict.CORRECT
    assert verdict_of("(b, a) = (3, 4)", "(3, 4)", "tuple") == Verdict.CORRECT


@pytest.mark.parametrize("value", ["{1}", "{ 1 }", r"\{1\}"])
@pytest.mark.parametrize("response", ["{1}", "L = {1}", "1"])
def test_a_set_may_have_one_element(value, response):
    assert verdict_of(response, value, "set") == Verdict.CORRECT
    assert verdict_of(response.replace("1", "2"), value, "set") == Verdict.INCORRECT


@pytest.mark.parametrize("response", ["2 es a 3", "2 est à 3", "2 zu 3"])
def test_a_ratio_may_be_said(response):
    assert verdict_of(response, "2:3", "ratio") == Verdict.CORRECT
    assert verdict_of(response, "3:2", "ratio") != Verdict.CORRECT


def test_what_is_not_true_is_false():
    assert verdict_of("stimmt nicht", "falsch", "truth") == Verdict.CORRECT
    assert verdict_of("das stimmt", "falsch", "truth") == Verdict.INCORRECT
