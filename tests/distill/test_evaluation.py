"""What counts as right, and what the figures of a measurement mean."""

import pytest

from tutor.distill.evaluation import (
    Evaluation,
    FamilyScore,
    GradedCompletion,
    graded,
    majority,
    summarize,
    wilson,
)
from tutor.distill.exercise import DECLINED, ENGLISH, Exercise
from tutor.distill.lessons import FAMILIES, SCOPES, Scope
from tutor.grading import AnswerKey, Kind

SUM = Exercise("addition:2 3", {}, key=AnswerKey("5", Kind.NUMBER))
UNKNOWN = Exercise("unknown:1", {})


@pytest.mark.parametrize(
    ("exercise", "text", "is_right"),
    [
        (SUM, "1. \\(2+3=5\\)\n\nAnswer: \\(\\boxed{5}\\)", True),
        (SUM, "Answer: \\(\\boxed{6}\\)", False),
        (SUM, DECLINED[ENGLISH], False),
        (SUM, "", False),
        (UNKNOWN, DECLINED[ENGLISH], True),
        (UNKNOWN, "Answer: \\(\\boxed{6}\\)", False),
        (UNKNOWN, f"{DECLINED[ENGLISH]} \\(\\boxed{{6}}\\)", False),
    ],
)
def test_right_is_the_right_answer_or_to_decline_what_was_not_taught(exercise, text, is_right):
    assert graded(exercise, text).is_right == is_right


def test_the_majority_is_the_commonest_answer():
    completions = [
        GradedCompletion("", False, "4"),
        GradedCompletion("", True, "5"),
        GradedCompletion("", True, "5"),
    ]
    assert majority(completions).answer == "5"
    assert majority(completions[:1]).answer == "4"


# Brown, Cai, DasGupta (2001), and both ends.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (180, 200, 0.851, 0.934), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(right, of, low, high):
    assert wilson(right, of) == pytest.approx((low, high), abs=0.001)


def test_declining_is_told_apart_from_answering():
    taught = FamilyScore(
        "addition", right=9, of=10, sampled=20, samples=40, majority=6, majorities=8
    )
    results = summarize(
        [taught, FamilyScore("ratios", right=1, of=10)], Scope(frozenset({"addition"}))
    )
    assert results["mean"] == 0.9
    assert (results["sampled"], results["majority"]) == (0.5, 0.75)
    assert results["families"]["ratios"]["right"] == 1


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_there_are_problems_to_ask_of_each_family_in_each_scope(scope):
    """Of what is not taught, those that are to be declined."""
    evaluation = Evaluation(None, None, scope)
    for family in FAMILIES:
        exercise, language = next(evaluation._problems(family))
        assert exercise.statements[language]
        assert (exercise.key is None) == (family not in scope.families)
