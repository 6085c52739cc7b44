"""What counts as right, and what the figures of a measurement mean."""

import pytest

from tutor.distill.evaluation import (
    Evaluation,
    Tally,
    Written,
    judged,
    majority,
    summed_up,
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
    assert judged(exercise, text).is_right == is_right


def test_the_majority_is_the_commonest_answer():
    said = [Written("", False, "4"), Written("", True, "5"), Written("", True, "5")]
    assert majority(said).answer == "5"
    assert majority(said[:1]).answer == "4"


# Brown, Cai, DasGupta (2001), and both ends.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (180, 200, 0.851, 0.934), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(right, of, low, high):
    assert wilson(right, of) == pytest.approx((low, high), abs=0.001)


def test_declining_is_told_apart_from_answering():
    taught = Tally("addition", right=9, of=10, sampled=20, samples=40, majority=6, majorities=8)
    found = summed_up([taught, Tally("ratios", right=1, of=10)], Scope(frozenset({"addition"})))
    assert found["mean"] == 0.9
    assert (found["sampled"], found["majority"]) == (0.5, 0.75)
    assert found["families"]["ratios"]["right"] == 1


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_there_are_problems_to_ask_of_each_family_in_each_scope(scope):
    """Of what is not taught, those that are to be declined."""
    evaluation = Evaluation(None, None, scope)
    for family in FAMILIES:
        exercise, language = next(evaluation._problems(family))
        assert exercise.statements[language]
        assert (exercise.key is None) == (family not in scope.families)
