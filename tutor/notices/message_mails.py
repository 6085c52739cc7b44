"""Mails about messages of teachers: at once, but only so many an hour."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Mail, User
from accounts.tasks import send_mail
from tutor.attempts.models import MessageReceipt, is_sealed_at
from tutor.notices.models import MailPreferences
from tutor.notices.recipients import may_be_mailed, wanting, with_confirmed_address
from tutor.notices.unsubscribing import Subscription
from tutor.notices.writing import compose
from tutor.queueing import queue_on_commit

MAX_AN_HOUR = 5  # to one person
MAX_AGE = timedelta(hours=24)  # since the student may read it; an older message is no news


def mail_messages() -> None:
    """Ask for a mail about each unread message that its student may read, once for each student."""
    if not settings.EMAIL_HOST:
        return
    waiting = list(_waiting())
    asked = Counter(_asked_in_last_hour({receipt.enrollment.user_id for receipt in waiting}))
    with transaction.atomic():
        for receipt in waiting:
            user = receipt.enrollment.user
            if asked[user.pk] < MAX_AN_HOUR and _claim(receipt):
                asked[user.pk] += 1
                Mail.objects.ask(Mail.Kind.MESSAGE, user.email, user, about=str(receipt.pk))
        if waiting:
            queue_on_commit(send_mail)


def _waiting() -> Iterable[MessageReceipt]:
    people = User.objects.filter(wanting("message"), with_confirmed_address(), is_active=True)
    now = timezone.now()
    is_new = Q(message__created_at__gt=now - MAX_AGE) | Q(is_sealed_at(now - MAX_AGE))
    return (
        MessageReceipt.objects.to_current_students()
        .unread()
        .told_at(now)
        .filter(is_new, mailed_at=None, enrollment__user__in=people)
        .select_related("enrollment__user")
        .order_by("pk")
    )


def _asked_in_last_hour(users: set[int]) -> Iterable[int]:
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = MessageReceipt.objects.filter(enrollment__user__in=users, mailed_at__gt=hour_ago)
    return recent.values_list("enrollment__user", flat=True)


def _claim(receipt: MessageReceipt) -> bool:
    unclaimed = MessageReceipt.objects.filter(pk=receipt.pk, mailed_at=None)
    return bool(unclaimed.update(mailed_at=timezone.now()))


def write_message_mail(mail: Mail, user: User) -> EmailMessage | None:
    """None if it was read meanwhile, or is not to be mailed any more."""
    own = MessageReceipt.objects.received_by(user).unread().as_shown()
    receipt = own.filter(pk=int(mail.about)).first()
    is_wanted = MailPreferences.objects.of(user).message and may_be_mailed(user, mail.address)
    if receipt is None or not is_wanted:
        return None
    return compose(mail, user, Subscription.MESSAGES, {"receipt": receipt})
