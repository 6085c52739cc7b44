"""Copies assignments to another class or year: the same sets and rules, on other days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tutor.assignments.forms import EXERCISE_FIELDS, HELP_FIELDS
from tutor.assignments.models import Assignment
from tutor.courses.models import Section

RULES = (
    "late_credit",
    "attempts_allowed",
    "time_limit_min",
    "verdict_policy",
    *HELP_FIELDS,
    *EXERCISE_FIELDS,
    "weight",
    "for_all",
)


def shifted(instant: datetime, days: int, source: Section, target: Section) -> datetime:
    """So many days later at the same time of day, as each section's own clock shows it.

    Raises OverflowError beyond the years that dates have.
    """
    on_the_clock = instant.astimezone(source.zone).replace(tzinfo=None)
    return (on_the_clock + timedelta(days=days)).replace(tzinfo=target.zone)


@dataclass(frozen=True)
class Copied:
    """One assignment as it would be; `is_present` where the section has its set already."""

    source: Assignment
    assignment: Assignment
    is_present: bool


def plan_copies(sources: list[Assignment], target: Section, days: int) -> list[Copied]:
    """Raises OverflowError beyond the years that dates have."""
    present = set(target.assignments.values_list("problem_set", flat=True))
    return [
        Copied(source, _copy(source, target, days), source.problem_set_id in present)
        for source in sources
    ]


def _copy(source: Assignment, target: Section, days: int) -> Assignment:
    rules = {name: getattr(source, name) for name in RULES}

    def later(instant: datetime) -> datetime:
        return shifted(instant, days, source.section, target)

    return Assignment(
        problem_set=source.problem_set,
        section=target,
        opens_at=later(source.opens_at),
        due_at=later(source.due_at),
        closes_at=later(source.closes_at) if source.closes_at else None,
        **rules,
    )


@transaction.atomic
def store_copies(copies: list[Copied]) -> int:
    """Returns how many were made. Those for some students only have no students yet."""
    made = [copy.assignment for copy in copies if not copy.is_present]
    Assignment.objects.bulk_create(made)
    return len(made)


def usual_shift(sources: list[Assignment], now: datetime) -> int:
    """Whole weeks, so that the first of them opens within the week to come."""
    if not sources:
        return 0
    first = min(source.opens_at for source in sources)
    return 7 * max(0, -((first - now).days // 7))
