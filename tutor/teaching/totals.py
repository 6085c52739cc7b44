"""What students have reached in whole assignments, added up by the database.

A class of 300 with 40 items and two attempts at each has 24,000 rows. To sort the class by its
results, they become a few rows for each student here, of which Python adds up the cents: no
database rounds a half as `attempts.gradebook` does.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, F, FloatField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import FREE, Attempt
from tutor.courses.models import Enrollment
from tutor.teaching.marks import Terms, at_items, dated_rows, is_late

_CENT = Decimal("0.01")
_SHARE_DIGITS = 12  # what comes behind them is the noise of a product of two floats

Totals = dict[tuple[int, int], Decimal]  # by enrollment and assignment


def totals(
    assignments: list[Assignment], items: list[Item], places: list[Enrollment], terms: Terms
) -> Totals:
    """What `items` come to; absent where nothing was handed in."""
    own_terms = {enrollment for enrollment, _ in terms}
    everybody = {place.pk for place in places}
    found: Totals = defaultdict(Decimal)
    by_set = {one.problem_set_id: one.pk for one in assignments}
    for enrollment, problem_set, most, share, count in _rows(
        assignments, items, everybody - own_terms
    ):
        points = _points(most, Decimal(f"{share:.{_SHARE_DIGITS}f}"))
        found[enrollment, by_set[problem_set]] += count * points
    _add_dated(found, assignments, items, everybody & own_terms, terms)
    return dict(found)


def _add_dated(
    found: Totals,
    assignments: list[Assignment],
    items: list[Item],
    enrollments: set[int],
    terms: Terms,
) -> None:
    """Of the few who have dates of their own, attempt by attempt."""
    most = {item.pk: item.points for item in items}
    best: dict[tuple[int, int, int], Decimal] = {}
    for enrollment, item, _, _, verdict, score, _, assignment, at in dated_rows(
        assignments, enrollments
    ):
        if verdict in FREE or item not in most:
            continue
        credit = terms[enrollment, assignment].credit_at(at)
        points = _points(most[item], Decimal(str(score or 0)) * credit)
        place = (enrollment, assignment, item)
        best[place] = max(best.get(place, points), points)
    for (enrollment, assignment, _), points in best.items():
        found[enrollment, assignment] += points


def _rows(
    assignments: list[Assignment], items: list[Item], enrollments: set[int]
) -> list[tuple[Any, ...]]:
    """For each student and set, how many items have which points and which share of them."""
    if not (assignments and items and enrollments):
        return []
    best, params = _best(assignments, items, enrollments).query.sql_with_params()
    columns = "enrollment_id, problem_set, most, share"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}, COUNT(*) FROM ({best}) AS best GROUP BY {columns}",  # noqa: S608
            params,
        )
        return list(cursor.fetchall())


def _best(
    assignments: list[Assignment], items: list[Item], enrollments: set[int]
) -> QuerySet[Any, Any]:
    """For each item its points, and the share of them that the best attempt has, from 0 to 1."""
    score = Coalesce(F("grade__score"), Value(0.0))
    late = [When(is_late(one), then=Value(one.late_credit / 100)) for one in assignments]
    in_time = Case(*late, default=Value(1.0), output_field=FloatField())
    return (
        Attempt.objects.filter(
            Q(grade=None) | ~Q(grade__verdict__in=FREE),
            at_items(assignments, items),
            enrollment__in=enrollments,
        )
        .order_by()
        .values("enrollment_id", "item_id")
        .annotate(
            problem_set=Max("item__problem_set_id"),
            most=Max("item__points"),
            share=Max(score * in_time),
        )
    )


def _points(most: Any, share: Decimal) -> Decimal:
    """To the cent. `most` may be as the database's own driver gives it."""
    return (Decimal(str(most)) * share).quantize(_CENT)
