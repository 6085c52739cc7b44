"""The equations and values that a solution has stated."""

import pytest

from tutor.grading.parsing.answers import read_answer
from tutor.grading.steps.worked.known_facts import KnownFacts, sides


def facts_of(*equations):
    facts = KnownFacts()
    for equation in equations:
        facts.add(*sides(read_answer(equation)))
    return facts


def test_a_value_is_known_from_either_side():
    facts = facts_of("x = 3", "4 = y")
    assert {name: str(value.value) for name, value in facts.values.items()} == {"x": "3", "y": "4"}
    assert facts.with_values(read_answer("x + y")) == read_answer("3 + 4")


@pytest.mark.parametrize(
    ("names", "written"),
    [("x", "x^2 + 4^2"), ("ax", "a^2 + 4^2"), ("xc", "x^2 + 4^2"), ("y", "a^2 + 4^2")],
)
def test_letters_are_replaced_by_what_they_were_said_to_be(names, written):
    facts = facts_of("b = 4", "a = c + 1", "a = x")
    term = facts.written_in(read_answer("a^2 + b^2"), frozenset(names))
    assert term == read_answer(written)


def test_an_identity_is_no_fact():
    assert facts_of("x + x = 2x", "1 + 1 = 2").equations == []


@pytest.mark.parametrize(
    ("claim", "is_implied"),
    [("x = 6", True), ("x + 2y = 14", True), ("y = 5", False), ("x^2 = 36", False)],
)
def test_linear_equations_imply_their_consequences(claim, is_implied):
    facts = facts_of("x + y = 10", "x - y = 2")
    assert facts.imply(read_answer(claim)) == is_implied


def test_equations_in_a_forgotten_variable_are_dropped():
    facts = facts_of("x + y = 10", "z = 2")
    facts.forget(frozenset("x"))
    assert facts.equations == [read_answer("z = 2")]
    assert facts.about(frozenset("z")) == [read_answer("z = 2")]
