"""Statements in one form."""

import pytest

from tutor.grading.parsing.answers import read_answer
from tutor.grading.steps.statements import NO_SOLUTIONS, as_statement, comparisons, is_solved


@pytest.mark.parametrize("text", ["{2, -2}", "x = ±2", "2, -2", "x = 2 or x = -2"])
def test_all_ways_to_list_solutions_are_alternatives(text):
    statement = as_statement(read_answer(text), "x")
    assert statement.op == "or"
    assert [str(comparison.left.name) for comparison in comparisons(statement)] == ["x", "x"]
    assert is_solved(statement)


@pytest.mark.parametrize("text", ["no solution", "no real solutions", "无解", "没有实数解"])
def test_words_may_say_that_there_is_no_solution(text):
    assert as_statement(read_answer(text), "x") == NO_SOLUTIONS
    assert is_solved(NO_SOLUTIONS)


@pytest.mark.parametrize("text", ["2x = 6", "x = y", "x^2 = 4 or x = 1"])
def test_a_statement_without_values_is_not_solved(text):
    assert not is_solved(as_statement(read_answer(text)))
