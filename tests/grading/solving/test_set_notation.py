"""One set of numbers in several notations, and the sets that are none."""

from itertools import combinations

import pytest

from tutor.grading.parsing.answers import read_answer
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable, equal_sets
from tutor.grading.solving.set_notation import real_set

NOTATIONS = [
    ["(2, 5]", "2 < x <= 5", r"\{x \mid 2 < x \le 5\}", "x > 2 and x <= 5"],
    [r"(-\infty, 1) \cup (3, \infty)", "x < 1 or x > 3", "|x - 2| > 1", "x^2 - 4x + 3 > 0"],
    [r"\mathbb{R} \setminus \{0\}", "x != 0", r"(-\infty, 0) \cup (0, \infty)"],
    [r"\{1, 2, 3\}", r"\{x \in \mathbb{Z} \mid 0 < x < 4\}"],
    [r"\emptyset", "x^2 < 0"],
]


def parsed(text):
    return real_set(read_answer(text), WorkBudget(5))


@pytest.mark.parametrize("notations", NOTATIONS, ids=lambda notations: notations[0])
def test_every_notation_is_the_same_set(notations):
    for left, right in combinations(notations, 2):
        assert equal_sets(parsed(left), parsed(right), WorkBudget(5)), (left, right)


def test_different_sets_differ():
    for left, right in combinations([notations[0] for notations in NOTATIONS], 2):
        assert not equal_sets(parsed(left), parsed(right), WorkBudget(5)), (left, right)


@pytest.mark.parametrize("text", ["(5, 2)", r"\mathbb{Q}", "x + y > 1", r"\sin x > 0"])
def test_what_cannot_be_solved_is_undecidable(text):
    with pytest.raises(Undecidable):
        parsed(text)
