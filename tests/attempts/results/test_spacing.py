"""A skill comes again at growing distance, and begins anew after anything but a right answer."""

from datetime import UTC, datetime, timedelta

import pytest

from tutor.attempts.models import ReviewProblem
from tutor.attempts.results.first_answers import SECOND_TRY, FirstAnswer
from tutor.attempts.results.spacing import recall_after

START = datetime(2026, 11, 2, 12, tzinfo=UTC)
RIGHT, WRONG, HELPED, SECOND = "right", "wrong", "helped", "second"


def answer(day: int, how: str) -> FirstAnswer:
    score = {WRONG: 0.0, SECOND: SECOND_TRY}.get(how, 1.0)
    helped_by = "hint" if how == HELPED else ""
    at = START + timedelta(days=day)
    return FirstAnswer(1, 1, 1, helped_by, score, at, is_second=how == SECOND)


@pytest.mark.parametrize(
    ("answers", "due_on"),
    [
        ([(0, RIGHT)], 3),
        ([(0, RIGHT), (1, RIGHT)], 4),  # not due yet, so nothing is known of lasting
        ([(0, RIGHT), (3, RIGHT)], 13),
        ([(0, RIGHT), (5, RIGHT), (15, RIGHT)], 45),
        ([(0, RIGHT), (5, RIGHT), (15, RIGHT), (45, RIGHT)], 75),
        ([(0, RIGHT), (5, RIGHT), (15, WRONG)], 18),
        ([(0, RIGHT), (5, RIGHT), (15, WRONG), (18, RIGHT)], 21),
        ([(0, RIGHT), (5, HELPED)], 8),
        ([(0, RIGHT), (5, SECOND)], 8),
    ],
)
def test_the_distance_grows(answers, due_on):
    recall = recall_after(answer(*row) for row in answers)
    assert recall.due_at == START + timedelta(days=due_on)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (RIGHT, ReviewProblem.Reason.ALONE),
        (WRONG, ReviewProblem.Reason.WRONG),
        (HELPED, ReviewProblem.Reason.HELPED),
        (SECOND, ReviewProblem.Reason.SECOND_TRY),
    ],
)
def test_the_reason_is_the_last_answer(how, reason):
    assert recall_after([answer(0, RIGHT), answer(4, how)]).reason == reason


def test_whoever_answered_nothing_has_nothing_to_recall():
    assert recall_after([]) is None
