"""A student's help and answers at one item, the newest first."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tutor.assignments.models import HelpLevel, Item
from tutor.attempts.models import (
    Attempt,
    GivenHelp,
    Practice,
    WithheldHelp,
    WorkingCheck,
    count_attempts,
)
from tutor.courses.models import Enrollment
from tutor.materials.models import Citation


@dataclass(frozen=True)
class Event:
    """Exactly one of given, withheld, attempt and check is set.

    practice: the number of the further variant; 0 for none. citations: passages that the given
    help points to.
    """

    at: datetime
    practice: int
    given: GivenHelp | None = None
    withheld: WithheldHelp | None = None
    attempt: Attempt | None = None
    check: WorkingCheck | None = None
    citations: list[Citation] = field(default_factory=list)


def events_of(enrollment: Enrollment, item: Item) -> list[Event]:
    """Six queries, the newest event first."""
    at_item = {"enrollment": enrollment, "item": item}
    given = GivenHelp.objects.filter(**at_item).select_related("version")
    withheld = WithheldHelp.objects.filter(**at_item).select_related("version")
    attempts = list(
        Attempt.with_practice.filter(**at_item).select_related("grade__author", "version")
    )
    count_attempts(attempts)
    by_attempt = Citation.objects.of(attempts)
    citations = {
        (attempt.version_id, attempt.number): by_attempt[attempt.pk] for attempt in attempts
    }
    checks = WorkingCheck.objects.filter(**at_item)
    practice = dict(Practice.objects.of(enrollment, item).values_list("version", "number"))

    def cited(row: GivenHelp) -> list[Citation]:
        is_answer_hint = row.level == HelpLevel.ANSWER_HINT
        return citations.get((row.version_id, row.number), []) if is_answer_hint else []

    def event(at: datetime, version: int, **row: Any) -> Event:
        return Event(at, practice.get(version, 0), **row)

    events = [
        *(event(row.given_at, row.version_id, given=row, citations=cited(row)) for row in given),
        *(event(row.withheld_at, row.version_id, withheld=row) for row in withheld),
        *(event(check.checked_at, check.version_id, check=check) for check in checks),
        *(event(row.submitted_at, row.version_id, attempt=row) for row in attempts),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)
