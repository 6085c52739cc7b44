"""Two hundred ways in which windows, double clicks and retries can come between one another."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tutor.assignments.models import Assignment
from tutor.attempts.access import access_for
from tutor.attempts.models import Attempt, GradeChange
from tutor.attempts.responses import Submission
from tutor.attempts.submitting import Refusal, submit_response
from tutor.grading import Verdict

SEEDS, RUNS = 2, 100
ALLOWED = 2
ANSWERS = ["4", "8/2", "5", "6", "7", "8", "9", "5.0", "3/"]  # 2 right, 2 the same, 1 unreadable


@dataclass
class Window:
    """A page of the item: it keeps its action until it hears of it, and is fresh after that."""

    action: UUID = field(default_factory=uuid4)
    number: int = 1
    sent: Submission | None = None
    heard: list[tuple[Submission, Attempt | Refusal]] = field(default_factory=list)


class Walk:
    """One student with three windows and a connection that doubles, delays and loses."""

    def __init__(self, chance: Random, enrollment, item) -> None:
        self.chance, self.enrollment, self.item = chance, enrollment, item
        self.windows = [Window() for _window in range(3)]
        self.under_way: list[tuple[Window, Submission]] = []
        self.outcomes: Counter[str] = Counter()

    def go(self) -> None:
        for _act in range(self.chance.randint(6, 14)):
            act = self.chance.choice([self.hand_in, self.hand_in, self.deliver, self.deliver])
            act()
        while self.under_way:
            self.deliver()

    def hand_in(self) -> None:
        """A click, a double click, or the same once more since nothing was heard."""
        window = self.chance.choice(self.windows)
        if window.sent is None:
            version = self.item.problem.current.code
            answer = self.chance.choice(ANSWERS)
            window.sent = Submission(window.action, window.number, version, answer)
        self.under_way += [(window, window.sent)] * self.chance.choice([1, 1, 2])

    def deliver(self) -> None:
        """In any order. What the server said may be lost on its way back."""
        if not self.under_way:
            return
        window, submission = self.under_way.pop(self.chance.randrange(len(self.under_way)))
        outcome = submit_response(self.enrollment, self.item, submission)
        self.outcomes[outcome if isinstance(outcome, Refusal) else "attempt"] += 1
        window.heard.append((submission, outcome))
        if self.chance.random() < 0.7 and submission == window.sent:
            count = Attempt.objects.of(self.enrollment, self.item).count()
            window.action, window.number, window.sent = uuid4(), count + 1, None

    def check(self) -> None:
        attempts = list(Attempt.objects.of(self.enrollment, self.item).order_by("number"))
        assert [attempt.number for attempt in attempts] == list(range(1, len(attempts) + 1))
        paid = [
            attempt.response.removesuffix(".0") for attempt in attempts if attempt.costs_attempt
        ]
        assert len(paid) == len(set(paid)) <= ALLOWED
        assert not any(attempt.is_right for attempt in attempts[:-1])
        assert GradeChange.objects.count() == len(attempts)
        by_key = {attempt.pk: attempt for attempt in attempts}
        meant = {}
        for submission, outcome in (heard for window in self.windows for heard in window.heard):
            if isinstance(outcome, Attempt):  # what was acknowledged is there, as it was said
                assert by_key[outcome.pk].response == submission.response
                meant.setdefault(submission.action, set()).add(outcome.pk)
            elif outcome == Refusal.OVERTAKEN:  # only by another answer in the same place
                assert attempts[submission.number - 1].response != submission.response
            elif outcome == Refusal.RIGHT_ALREADY:
                assert attempts[-1].verdict == Verdict.CORRECT
            else:
                assert outcome == Refusal.NONE_LEFT
        assert all(len(made) == 1 for made in meant.values())
        assert {attempt.action for attempt in attempts} <= meant.keys()


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_comes_between_nothing_is_lost_or_doubled(alice, item, seed):
    Assignment.objects.update(attempts_allowed=ALLOWED)
    access = access_for(alice, item)
    outcomes: Counter[str] = Counter()
    for run in range(RUNS):
        walk = Walk(Random(f"{seed} {run}"), access.enrollment, item)
        with transaction.atomic():
            walk.go()
            walk.check()
            transaction.set_rollback(True)
        outcomes += walk.outcomes
    assert {"attempt", Refusal.OVERTAKEN, Refusal.RIGHT_ALREADY, Refusal.NONE_LEFT} <= {*outcomes}
