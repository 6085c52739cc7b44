"""Every regular expression takes time that grows with the text alone, so none freezes a process.

`regular_expressions` finds the patterns of the project, new ones as well.
"""

import re

import pytest

from tests.regular_expressions import Expression, all_expressions, leaves_line


@pytest.fixture(scope="module")
def expressions() -> list[Expression]:
    return all_expressions()


def expression_of(pattern, *methods):
    return Expression(re.compile(pattern), frozenset(methods), ("here",))


def module(expression):
    return expression.places[0]


@pytest.mark.slow
def test_they_are_found(expressions):
    in_grading = [e for e in expressions if ".grading." in module(e)]
    assert len(in_grading) > 150
    assert len(expressions) - len(in_grading) > 90


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s+$", "search"),
        (r"[ \t]*\n", "sub"),
        (r"\\\(.*?\\\)", "finditer"),
        (r"(a+)+b", "match"),
        (r"(\d+) tokens", "search"),
        (r"\s*,?\s*x", "match"),
        (r"<[^>]*>", "search"),
    ],
)
def test_worse_than_linear_expressions_are_detected(pattern, method):
    assert leaves_line(expression_of(pattern, method))


@pytest.mark.parametrize(
    ("pattern", "method"),
    [(r"(?<!\s)\s++$", "search"), (r"\s*x", "match"), (r"[a-z]+\d{1,3}(?:x|y)", "match")],
)
def test_a_linear_one_is_not_blamed(pattern, method):
    assert not leaves_line(expression_of(pattern, method))


@pytest.mark.slow
def test_all_are_linear_up_to_a_million_characters(expressions):
    """One that left the line is tried again: the machine may have been busy."""
    texts = [(module(e), leaves_line(e) and leaves_line(e)) for e in expressions]
    assert [(where, text) for where, text in texts if text] == []
