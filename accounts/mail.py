"""Mails to people: a page asks for one, and a worker writes and sends it.

The page stores one row, whatever the address, and looks nothing up. So its answer and its speed are
the same whether or not the account exists, and while the mail server is down. The row has no
secret: the worker makes the link when it sends, so the link is in no queue, table or log.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.lookup import account_at
from accounts.models import Mail, User

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=1)  # if the server does not answer, or postpones one mail
GIVEN_UP_AFTER = timedelta(hours=24)
AT_ONCE = 50  # over one connection
SENDING_S = 5 * 60  # longer than that many take
_SENDING = "mail:sending"

# For the kinds that other apps write; None where there is nothing to say any more.
WRITERS: dict[str, Callable[[Mail, User], EmailMessage | None]] = {}


def send_due() -> None:
    """Send what is due over one connection; retry once a minute while the server is away."""
    if not cache.add(_SENDING, 1, SENDING_S):
        return
    try:
        Mail.objects.clear(GIVEN_UP_AFTER)
        while mails := list(Mail.objects.due()[:AT_ONCE]):
            _send(mails)
    except (SMTPException, OSError) as error:
        count = Mail.objects.due().update(next_try_at=timezone.now() + AGAIN_AFTER)
        logger.warning("mail server does not take mail, %s wait: %s", count, type(error).__name__)
    finally:
        cache.delete(_SENDING)


def _send(mails: list[Mail]) -> None:
    messages = [(mail, message_of(mail)) for mail in mails]
    for mail, message in messages:
        if message is None:  # nobody has this address; the page must not reveal it
            mail.note_sent()
    sendable = [(mail, message) for mail, message in messages if message is not None]
    if not sendable:
        return
    with get_connection() as connection:
        for mail, message in sendable:
            _send_one(connection, mail, message)


def _send_one(connection: BaseEmailBackend, mail: Mail, message: EmailMessage) -> None:
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as error:
        [(code, _text)] = error.recipients.values()
        if code >= 500:
            mail.note_sent()  # it never will be; this also blocks a second one within the hour
        else:
            mail.put_off(AGAIN_AFTER)
        logger.warning("mail server refused an address pk=%s code=%s", mail.pk, code)
    except (
        SMTPResponseException
    ) as error:  # about this mail; the server's reply may quote it, so do not log it
        mail.put_off(AGAIN_AFTER)
        logger.warning("mail server refused a mail pk=%s code=%s", mail.pk, error.smtp_code)
    else:
        mail.note_sent()
        logger.info("mail sent pk=%s kind=%s", mail.pk, mail.kind)


def message_of(mail: Mail) -> EmailMessage | None:
    """None if there is no account for it, or no need any more."""
    user = mail.user or account_at(mail.address)
    if user is None or not user.is_active:
        return None
    if write := WRITERS.get(mail.kind):
        with translation.override(user.language):
            return write(mail, user)
    context = {"user": user, "mail": mail, "origin": settings.ORIGINS[0]}
    match mail.kind:
        case Mail.Kind.NEW_PASSWORD:
            context["link"] = settings.ORIGINS[0] + _password_path(user)
        case Mail.Kind.CONFIRM_ADDRESS:
            address = EmailAddress.objects.filter(user=user, email=mail.address, verified=False)
            if not (row := address.first()):
                return None  # the person has changed their mind
            key = EmailConfirmationHMAC.create(row).key
            context["link"] = settings.ORIGINS[0] + reverse("account_confirm_email", args=[key])
    with translation.override(user.language):
        text = render_to_string(f"accounts/mail/{mail.kind}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(subject_of(subject), body.strip() + "\n", to=[mail.address])


def subject_of(text: str) -> str:
    """Begins with the school's name. Names of people may have a line break, which ends a header."""
    return " ".join(f"{settings.SCHOOL or 'Lemma'}: {text}".split())


def _password_path(user: User) -> str:
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def test_message(address: str) -> EmailMessage:
    return EmailMessage(
        "Lemma can send mail",
        f"This was sent by the Lemma at {settings.ORIGINS[0]} to see whether its mail arrives.\n",
        to=[address],
    )
