"""The points of students in whole assignments, summed up by the database.

A class of 300 with 40 items and two attempts at each has 24,000 rows. To sort the class by results,
the database groups them into a few rows for each student. Python adds up the cents, because no
database rounds a half in the way of `attempts.counting.points_for`.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, F, FloatField, Max, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce

from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import is_counted, points_for
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment
from tutor.teaching.gradebook.marks import (
    at_items,
    dated_rows,
    items_with_last_counting,
    late_at,
)
from tutor.teaching.gradebook.terms import OwnTerms

_SHARE_DIGITS = 12  # further digits are noise from multiplying two floats

Totals = dict[tuple[int, int], Decimal]  # by enrollment and assignment


def totals(
    assignments: list[Assignment], items: list[Item], enrollments: list[Enrollment], terms: OwnTerms
) -> Totals:
    """The points for `items`; students without an attempt are absent."""
    with_own_terms = {enrollment for enrollment, _ in terms}
    everybody = {enrollment.pk for enrollment in enrollments}
    sums: Totals = defaultdict(Decimal)
    by_set = {assignment.problem_set_id: assignment.pk for assignment in assignments}
    for enrollment, problem_set, max_points, share, count in _rows(
        assignments, items, everybody - with_own_terms
    ):
        # the database's driver may give the points another type
        points = points_for(Decimal(str(max_points)), Decimal(f"{share:.{_SHARE_DIGITS}f}"))
        sums[enrollment, by_set[problem_set]] += count * points
    _add_dated(sums, assignments, items, everybody & with_own_terms, terms)
    return dict(sums)


def _add_dated(
    sums: Totals,
    assignments: list[Assignment],
    items: list[Item],
    enrollments: set[int],
    terms: OwnTerms,
) -> None:
    """Add the few students with own terms, attempt by attempt."""
    max_points = {item.pk: item.points for item in items}
    last_counts = items_with_last_counting(assignments, items)
    best: dict[tuple[int, int, int], tuple[int, Decimal]] = {}
    for row, assignment, submitted_at in dated_rows(assignments, enrollments):
        if not is_counted(row.verdict) or row.item not in max_points:
            continue
        credit = terms[row.enrollment, assignment].credit_at(submitted_at)
        points = points_for(max_points[row.item], Decimal(str(row.score or 0)) * credit)
        key = (row.enrollment, assignment, row.item)
        ranked = (row.number if row.item in last_counts else 0, points)
        best[key] = max(best.get(key, ranked), ranked)
    for (enrollment, assignment, _), (_, points) in best.items():
        sums[enrollment, assignment] += points


def _rows(
    assignments: list[Assignment], items: list[Item], enrollments: set[int]
) -> list[tuple[Any, ...]]:
    """For each student and set: the item's points, the share reached, and how many such items."""
    if not (assignments and items and enrollments):
        return []
    best, params = _best(assignments, items, enrollments).query.sql_with_params()
    columns = "enrollment_id, problem_set, max_points, share"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}, COUNT(*) FROM ({best}) AS best GROUP BY {columns}",  # noqa: S608
            params,
        )
        return list(cursor.fetchall())


def _best(
    assignments: list[Assignment], items: list[Item], enrollments: set[int]
) -> QuerySet[Any, Any]:
    """For each item: its points, and the share that the best attempt has, from 0 to 1.

    Where the last attempt counts, those before it are left out.
    """
    score = Coalesce(F("grade__score"), Value(0.0))
    late = [
        When(late_at(assignment), then=Value(assignment.late_credit / 100))
        for assignment in assignments
    ]
    credit = Case(*late, default=Value(1.0), output_field=FloatField())
    attempts = Attempt.objects.counted()
    if last_counts := items_with_last_counting(assignments, items):
        same = {"enrollment": OuterRef("enrollment"), "item": OuterRef("item")}
        later = Attempt.objects.counted().filter(**same, number__gt=OuterRef("number"))
        attempts = attempts.exclude(Exists(later), item__in=last_counts)
    return (
        attempts.filter(at_items(assignments, items), enrollment__in=enrollments)
        .order_by()
        .values("enrollment_id", "item_id")
        .annotate(
            problem_set=Max("item__problem_set_id"),
            max_points=Max("item__points"),
            share=Max(score * credit),
        )
    )
