"""Sends a teacher's message to students, and notes who has read it."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import MessageReceipt, TeacherMessage
from tutor.courses.models import Enrollment, Section
from tutor.prepared import prepared

logger = logging.getLogger(__name__)

MAX_SHOWN = 20  # of one student's unread messages
MAX_SENT_AN_HOUR = 30  # by one teacher


def send_message(
    code: UUID,
    assignment: Assignment,
    author: User,
    text: str,
    items: Mapping[Enrollment, Item],
    mistake: str = "",
) -> TeacherMessage:
    """Send it once, however often a form with this code arrives.

    items: for each student the problem on whose page the message appears.
    """
    columns = {"assignment": assignment, "author": author, "text": text, "mistake": mistake}
    return _send(code, columns, items)


def send_to_class(
    code: UUID,
    section: Section,
    author: User,
    text: str,
    students: Iterable[Enrollment],
    *,
    for_all: bool,
) -> TeacherMessage:
    """A message that is about no problem. Sent once, like the others."""
    columns = {"section": section, "author": author, "text": text, "for_all": for_all}
    return _send(code, columns, dict.fromkeys(students))


@transaction.atomic
def _send(
    code: UUID, columns: dict[str, object], items: Mapping[Enrollment, Item | None]
) -> TeacherMessage:
    message, is_new = TeacherMessage.objects.get_or_create(code=code, defaults=columns)
    if is_new:
        MessageReceipt.objects.bulk_create(
            MessageReceipt(message=message, enrollment=enrollment, item=item)
            for enrollment, item in items.items()
        )
        logger.info("message sent pk=%s students=%d", message.pk, len(items))
    return message


def has_sent_too_many(author: User) -> bool:
    hour_ago = timezone.now() - timedelta(hours=1)
    sent = TeacherMessage.objects.filter(author=author, created_at__gt=hour_ago)
    return sent.count() >= MAX_SENT_AN_HOUR


def unread_messages(user: User, item: Item | None = None) -> list[MessageReceipt]:
    """Those that the pages of a student show. item: only those about this problem."""
    unread = MessageReceipt.objects.received_by(user).unread().as_shown()
    return list((unread.filter(item=item) if item else unread)[:MAX_SHOWN])


def count_unread(user: User) -> int:
    return len(_unread_by(user.pk, timezone.now()))


@prepared
def _unread_by(user_pk: int, now: datetime) -> QuerySet[MessageReceipt, int]:
    unread = MessageReceipt.objects.to_current_students().unread().told_at(now)
    return unread.filter(enrollment__user=user_pk).values_list("pk", flat=True)


def note_seen(receipts: Iterable[MessageReceipt]) -> None:
    """They are read from now on, unless they were before."""
    keys = [receipt.pk for receipt in receipts if receipt.read_at is None]
    MessageReceipt.objects.filter(pk__in=keys).unread().update(read_at=timezone.now())


def note_read(user: User, code: UUID) -> MessageReceipt | None:
    """The student's receipt, which is now read; None where they have not got the message yet."""
    now = timezone.now()
    own = MessageReceipt.objects.filter(message__code=code, enrollment__user=user).told_at(now)
    own.unread().update(read_at=now)
    return own.select_related("item").first()
