"""What a student's newest answers were worth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from accounts.models import User
from tutor.attempts.counting import ProgressState
from tutor.attempts.models import Attempt, AttemptQuerySet
from tutor.attempts.sealing import sealed_sets
from tutor.prepared import prepared

RECENT = timedelta(days=14)
MAX_RECENT, MAX_READ = 5, 40


@dataclass(frozen=True)
class RecentResult:
    """The newest attempt at a problem, or at a practice."""

    attempt: Attempt

    @property
    def state(self) -> ProgressState:
        return self.attempt.state


def recent_results(user: User) -> list[RecentResult]:
    """The newest first, without those that are news or sealed; one query."""
    sealed = sealed_sets(user.pk)
    newest = _newest_since(user.pk, timezone.now() - RECENT)
    told = (row for row in newest if row.practice_id or row.item.problem_set_id not in sealed)
    return list(islice(_newest_of_each(told), MAX_RECENT))


@prepared
def _newest_since(user_pk: int, since: datetime) -> AttemptQuerySet:
    own = Attempt.with_practice.counted().filter(
        enrollment__user=user_pk,
        has_news=False,
        enrollment__section__archived_at=None,
        submitted_at__gt=since,
    )
    newest = own.select_related("grade", "version", "item").defer("working", "checks", "reading")
    return newest.order_by("-submitted_at", "-pk")[:MAX_READ]


def _newest_of_each(attempts: Iterable[Attempt]) -> Iterator[RecentResult]:
    seen = set()
    for attempt in attempts:
        key = (attempt.item_id, attempt.practice_id)
        if key not in seen:
            seen.add(key)
            yield RecentResult(attempt)
