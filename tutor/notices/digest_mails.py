"""Writes the mail of a day from its entries."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Mail, User
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt
from tutor.attempts.results.assignment_progress import as_seen_by, progress_of
from tutor.courses.clock import on_clock_of
from tutor.notices.digests import current_students, is_tomorrow
from tutor.notices.models import DigestEntry, MailPreferences
from tutor.notices.recipients import may_be_mailed
from tutor.notices.unsubscribing import Subscription
from tutor.notices.writing import compose

MAX_GRADED = 20  # answers that a mail lists


def write_digest_mail(mail: Mail, user: User) -> EmailMessage | None:
    """None if all of it was done or seen meanwhile."""
    if not may_be_mailed(user, mail.address):
        return None
    entries = DigestEntry.objects.filter(
        enrollment__in=current_students().filter(user=user), day=date.fromisoformat(mail.about)
    )
    wants = MailPreferences.objects.of(user)
    with timezone.override(ZoneInfo(user.time_zone)):
        context = {
            "due": _due(user, entries) if wants.due else [],
            "assigned": _assigned(user, entries) if wants.assigned else [],
            "graded": _graded(entries) if wants.graded else [],
        }
        return compose(mail, user, Subscription.DIGEST, context) if any(context.values()) else None


def _due(user: User, entries: QuerySet[DigestEntry]) -> list[dict[str, Any]]:
    """Without those that are done."""
    rows = _rows(user, entries, DigestEntry.Kind.DUE)
    progress = progress_of(user, rows)
    now = timezone.now()
    return [
        _line(row)
        for row in rows
        if is_tomorrow(row.due_at, row.section, now)
        and (row.pk not in progress or progress[row.pk].next_item is not None)
    ]


def _assigned(user: User, entries: QuerySet[DigestEntry]) -> list[dict[str, Any]]:
    return [_line(row) for row in _rows(user, entries, DigestEntry.Kind.ASSIGNED)]


def _rows(user: User, entries: QuerySet[DigestEntry], kind: DigestEntry.Kind) -> list[Assignment]:
    """As they have them, if they are open."""
    told = entries.filter(kind=kind).values("assignment")
    rows = as_seen_by(user, Assignment.objects.taken_by(user).filter(pk__in=told))
    now = timezone.now()
    return [row for row in rows if row.opens_at <= now < row.stops_at]


def _line(row: Assignment) -> dict[str, Any]:
    return {"assignment": row, "due_at": on_clock_of(row.section, row.due_at)}


def _graded(entries: QuerySet[DigestEntry]) -> list[Attempt]:
    """Without those that they have looked at, and without sealed ones."""
    told = entries.filter(kind=DigestEntry.Kind.GRADED).values("grade")
    attempts = Attempt.with_practice.filter(grade__in=told, has_news=True).told()
    return list(attempts.select_related("version").order_by("pk")[:MAX_GRADED])
