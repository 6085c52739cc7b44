"""No text takes an expression longer than its length explains, so none freezes a process.

Every pattern of the project is found by itself (see `regular_expressions`): a new one is held to
the same. Grading reads texts of at most MAX_LENGTH characters; it may look at them longer.
"""

import re

import pytest

from tests.regular_expressions import Expression, all_expressions, leaves_line, takes_longer
from tutor.grading.parsing.normalize import MAX_LENGTH

EXPRESSIONS = all_expressions()
IN_GRADING = [one for one in EXPRESSIONS if all(".grading." in place for place in one.places)]
ELSEWHERE = [one for one in EXPRESSIONS if one not in IN_GRADING]


def expression(pattern, *methods):
    return Expression(re.compile(pattern), frozenset(methods), ("here",))


def name(one):
    return one.places[0]


def test_they_are_found():
    assert len(IN_GRADING) > 150
    assert len(ELSEWHERE) > 120


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
def test_one_that_is_worse_than_linear_is_seen(pattern, method):
    assert leaves_line(expression(pattern, method))


@pytest.mark.parametrize(
    ("pattern", "method"),
    [(r"(?<!\s)\s++$", "search"), (r"\s*x", "match"), (r"[a-z]+\d{1,3}(?:x|y)", "match")],
)
def test_a_linear_one_is_not_blamed(pattern, method):
    assert not leaves_line(expression(pattern, method))


@pytest.mark.slow
@pytest.mark.parametrize("one", ELSEWHERE, ids=name)
def test_it_is_linear_up_to_a_million_characters(one):
    assert not leaves_line(one)


@pytest.mark.slow
@pytest.mark.parametrize("one", IN_GRADING, ids=name)
def test_no_answer_holds_it_up(one):
    assert not takes_longer(one, MAX_LENGTH // 2, most_s=0.1)
