"""What holds for one student in one assignment, as database expressions.

An override wins over what the student is always granted, and that over the assignment. A query
that uses these annotates the rows `override` and `sitting` first: see `for_students`.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce, Greatest

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ENROLLMENT = "section__enrollments"


def times(count: Any, unit: timedelta) -> "ExpressionWrapper[Any]":
    number = ExpressionWrapper(count, models.IntegerField())  # SQLite multiplies no other kind
    return ExpressionWrapper(number * Value(unit), models.DurationField())


def row_of_student(relation: str) -> FilteredRelation:
    """The row, if any, that an assignment has for the student in question."""
    return FilteredRelation(relation, condition=Q(**{f"{relation}__enrollment": F(ENROLLMENT)}))


_LATER = times(F(f"{ENROLLMENT}__extra_days"), DAY)
_DUE_AT = Coalesce(F("override__due_at"), F("due_at") + _LATER)
_CLOSES_AT = Coalesce(F("override__closes_at"), F("closes_at") + _LATER, _DUE_AT)
_ATTEMPTS = F("attempts_allowed") + F(f"{ENROLLMENT}__extra_attempts")
# In hundredths, and never rounded against the student.
_LONGER = (F("time_limit_min") * (100 + F(f"{ENROLLMENT}__extra_time")) + 99) / 100
_MINUTES = Coalesce(F("override__time_limit_min"), _LONGER)
EFFECTIVE_TERMS: dict[str, Any] = {
    "effective_opens_at": Coalesce(F("override__opens_at"), F("opens_at")),
    "effective_due_at": _DUE_AT,
    "effective_ends_at": Greatest(_DUE_AT, _CLOSES_AT),
    "effective_attempts_allowed": Coalesce(F("override__attempts_allowed"), _ATTEMPTS),
    "effective_time_limit_min": _MINUTES,
    "sitting_begun_at": F("sitting__begun_at"),
    "sitting_ends_at": F("sitting__begun_at") + times(_MINUTES, MINUTE),
    "sitting_settled_at": F("sitting__settled_at"),
}
