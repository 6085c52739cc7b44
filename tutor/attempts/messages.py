"""Sends a teacher's message to students, and notes who has read it."""

import logging
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import MessageReceipt, TeacherMessage
from tutor.courses.models import Enrollment

logger = logging.getLogger(__name__)

MAX_SHOWN = 20  # of one student's unread messages


@transaction.atomic
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
    message, is_new = TeacherMessage.objects.get_or_create(code=code, defaults=columns)
    if is_new:
        MessageReceipt.objects.bulk_create(
            MessageReceipt(message=message, enrollment=enrollment, item=item)
            for enrollment, item in items.items()
        )
        logger.info("message sent pk=%s students=%d", message.pk, len(items))
    return message


def unread_messages(user: User, item: Item | None = None) -> list[MessageReceipt]:
    """Those that the pages of a student show. item: only those about this problem."""
    unread = MessageReceipt.objects.unread_by(user)
    return list((unread.filter(item=item) if item else unread)[:MAX_SHOWN])


def note_read(user: User, code: UUID) -> MessageReceipt | None:
    """The student's receipt, which is now read; None where they did not get the message."""
    own = MessageReceipt.objects.filter(message__code=code, enrollment__user=user)
    own.filter(read_at=None).update(read_at=timezone.now())
    return own.select_related("item").first()
