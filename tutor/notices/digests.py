"""At most one mail a day: what is due tomorrow, newly assigned, or graded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Mail, User
from accounts.tasks import send_mail
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, EnrollmentQuerySet, Section
from tutor.notices.models import DigestEntry, MailPreferences
from tutor.notices.recipients import wanting, with_confirmed_address
from tutor.queueing import queue_on_commit

DIGEST_HOUR = 16  # after school, by the person's clock
NEW_FOR = timedelta(days=3)  # what opened before that is not new
PEOPLE_AT_ONCE = 100


def mail_digests(now: datetime | None = None) -> None:
    """Make the digest of the day for everybody whose clock is past DIGEST_HOUR."""
    now = now or timezone.now()
    if not settings.EMAIL_HOST:
        return
    for zone in User.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct():
        local = now.astimezone(ZoneInfo(zone))
        if local.hour >= DIGEST_HOUR:
            user_pks = list(_without_digest(zone, local.date()))
            for start in range(0, len(user_pks), PEOPLE_AT_ONCE):
                _make_digests(user_pks[start : start + PEOPLE_AT_ONCE], local.date(), now)


def current_students() -> EnrollmentQuerySet:
    return Enrollment.objects.students().filter(
        section__archived_at=None, section__is_self_study=False
    )


def is_tomorrow(instant: datetime, section: Section, now: datetime) -> bool:
    """By the clock of the section."""
    today = now.astimezone(section.zone).date()
    return instant.astimezone(section.zone).date() == today + timedelta(days=1)


def _without_digest(zone: str, day: date) -> Iterator[int]:
    people = User.objects.filter(
        wanting("due", "assigned", "graded"),
        Q(mail_preferences__digest_on=None) | Q(mail_preferences__digest_on__lt=day),
        with_confirmed_address(),
        is_active=True,
        time_zone=zone,
        pk__in=current_students().values("user"),
    )
    return people.order_by("pk").values_list("pk", flat=True).iterator()


def _make_digests(user_pks: Sequence[int], day: date, now: datetime) -> None:
    MailPreferences.objects.bulk_create(
        (MailPreferences(user_id=pk) for pk in user_pks), ignore_conflicts=True
    )
    entries: dict[int, list[DigestEntry]] = defaultdict(list)
    preferences = MailPreferences.objects.filter(user__in=user_pks).select_related("user")
    wants = {row.user_id: row for row in preferences}
    for user_pk, entry in _entries(wants, now):
        entry.day = day
        entries[user_pk].append(entry)
    for user_pk, own in entries.items():
        _make_digest(wants[user_pk].user, own, day)
    _unmade(day).filter(user__in=wants.keys() - entries.keys()).update(digest_on=day)


def _unmade(day: date) -> QuerySet[MailPreferences]:
    return MailPreferences.objects.filter(Q(digest_on=None) | Q(digest_on__lt=day))


@transaction.atomic
def _make_digest(user: User, entries: list[DigestEntry], day: date) -> None:
    """Only one process makes it, and what was told before is not told again."""
    if not _unmade(day).filter(user=user).update(digest_on=day):
        return
    DigestEntry.objects.bulk_create(entries, ignore_conflicts=True)
    if DigestEntry.objects.filter(enrollment__user=user, day=day).exists():
        Mail.objects.ask(Mail.Kind.DIGEST, user.email, user, about=day.isoformat())
        queue_on_commit(send_mail)


def _entries(wants: dict[int, MailPreferences], now: datetime) -> Iterable[tuple[int, DigestEntry]]:
    """Whose it is, and the entry; three queries."""
    enrollments = {row.pk: row for row in current_students().filter(user__in=wants)}
    for row in _open_assignments(wants, now):
        user_pk = enrollments[row.enrollment_pk].user_id
        about = {"enrollment_id": row.enrollment_pk, "assignment": row}
        if wants[user_pk].due and is_tomorrow(row.effective_due_at, row.section, now):
            yield user_pk, DigestEntry(kind=DigestEntry.Kind.DUE, **about)
        if wants[user_pk].assigned and row.effective_opens_at > now - NEW_FOR:
            yield user_pk, DigestEntry(kind=DigestEntry.Kind.ASSIGNED, **about)
    graded = Attempt.with_practice.filter(
        has_news=True,
        grade__isnull=False,
        enrollment__in=[pk for pk, row in enrollments.items() if wants[row.user_id].graded],
    )
    for attempt in graded.told().only("enrollment", "grade"):
        entry = DigestEntry(
            kind=DigestEntry.Kind.GRADED,
            enrollment_id=attempt.enrollment_id,
            grade_id=attempt.grade_id,
        )
        yield enrollments[attempt.enrollment_id].user_id, entry


def _open_assignments(users: Iterable[int], now: datetime) -> Iterable[Assignment]:
    """Those that may be new, or due tomorrow, as each of their students has them."""
    rows = Assignment.objects.for_students(current_students().filter(user__in=users))
    is_new = Q(effective_opens_at__gt=now - NEW_FOR)
    is_due = Q(effective_due_at__gt=now, effective_due_at__lt=now + timedelta(days=2))
    is_open = Q(effective_opens_at__lte=now, effective_ends_at__gt=now)
    return rows.filter(is_open, is_new | is_due).select_related("section")
