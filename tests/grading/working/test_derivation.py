"""The lines of a derivation, each against the lines before it."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, check_last, verdicts
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working import checker


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["3x+2=14", "3x=12", "x = 12/3 = 4"], "upp"),
        (["3x+2=14", "3x=12", "x = 12/4 = 4"], "upr"),
        (["(x+1)^2", "x^2+2x+1"], "up"),
        (["1/2+1/3", "3/6+2/6", "5/6"], "upp"),
        (["10*cos(60)", "5"], "uu"),  # in degrees, perhaps
        (["10*cos(60)", "6"], "ur"),
        (["10*cos(60°)", "5"], "up"),
        (["", "hello", "x="], "uuu"),
    ],
)
def test_an_expression_equals_the_line_before(lines, expected):
    assert verdicts(lines) == expected


def test_the_first_line_may_follow_from_the_statement():
    assert verdicts(["3x=12"], "Solve $3x+2=14$.") == "p"
    assert verdicts(["3x=16", "x=16/3"], "Solve $3x+2=14$.") == "rp"
    assert verdicts(["3x=16"]) == "u"


@pytest.mark.parametrize(
    "lines",
    [
        ["(x+1)^2-x", "x^2+x+2", "x^2+2+x"],
        ["x^2+x=7+x", "x^2=8", "x^2-8=0"],
        ["(1+1)(5)", "11", "10+1"],
    ],
)
def test_a_line_not_decided_in_time_is_a_premise_of_the_next_one(lines, monkeypatch):
    seconds = iter([5, -1, 5])
    monkeypatch.setattr(checker, "WorkBudget", lambda _: WorkBudget(next(seconds)))
    assert verdicts(lines) == "uup"


def test_a_variable_may_be_a_denominator():
    assert verdicts(["12/x = 3", "x = 4"]) == "up"
    assert verdicts(["12/x = 3", "x = 5"]) == "ur"
    statement = "Let $f(x) = 2/x + 1$."
    assert check_last(r"\(f(4) = 1.5\)", statement=statement).verdict == PROVED
    assert check_last(r"\(f(4) = 3\)", statement=statement).verdict == REFUTED
