"""What a teacher may not have meant with a test: a long window, problems open elsewhere."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from tutor.assignments.models import Assignment, Item

LONG = timedelta(days=1)  # beyond that, those who sit it early can tell others


def window_remark(test: Assignment) -> str:
    """How long it is open, where that is long beside its time limit; otherwise empty."""
    window = test.ends_at - test.opens_at
    if test.time_limit_min is None or window <= LONG + timedelta(minutes=test.time_limit_min):
        return ""
    days = max(1, round(window / timedelta(days=1)))
    text = ngettext(
        "This test is open for %(n)s day, and each student begins when they like: who sits it "
        "early can tell others what is asked.",
        "This test is open for %(n)s days, and each student begins when they like: who sits it "
        "early can tell others what is asked.",
        days,
    )
    return text % {"n": days}


def shared_remark(test: Assignment) -> str:
    """That its problems are in other work of the class at the same time; empty if none is.

    test: it may be unsaved, and without a set or dates.
    """
    end = max(filter(None, (test.due_at, test.closes_at)), default=None)
    if test.problem_set_id is None or end is None:
        return ""
    others = test.section.assignments.exclude(problem_set=test.problem_set_id).filter(
        Q(due_at__gt=timezone.now()) | Q(closes_at__gt=timezone.now()), opens_at__lt=end
    )
    problems = Item.objects.filter(problem_set=test.problem_set_id).values("problem")
    shared = Item.objects.filter(problem__in=problems, problem_set__assignments__in=others)
    rows = shared.order_by("pk").values_list("problem", "problem_set__title")
    count, titles = (
        len({problem for problem, _title in rows}),
        dict.fromkeys(row[1] for row in rows),
    )
    if not count:
        return ""
    text = ngettext(
        "%(n)s problem of this set is also in other work of the class that is open then "
        "(%(titles)s). Before they begin a test, students can try it out there.",
        "%(n)s problems of this set are also in other work of the class that is open then "
        "(%(titles)s). Before they begin a test, students can try them out there.",
        count,
    )
    return text % {"n": count, "titles": ", ".join(titles)}
