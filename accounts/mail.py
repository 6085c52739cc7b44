"""Mails to people: a page asks for one, and a worker writes and sends it.

The page stores one row, whatever the address, and looks nothing up. So its answer and its speed are
the same whether or not the account exists, and while the mail server is down. The row has no
secret: the worker makes the link when it sends, so the link is in no queue, table or log.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.lookup import account_at
from accounts.models import Mail, User
from tutor.limits import run_alone

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=1)  # if the server does not answer, or one mail cannot be sent
GIVEN_UP_AFTER = timedelta(hours=24)
AT_ONCE = 10  # over one connection; then workers do other tasks
# The server is waited for up to five times a mail, and six times for the connection.
TURN_S = (5 * AT_ONCE + 6 + 4) * settings.EMAIL_TIMEOUT

# For the kinds that other apps write; None where there is nothing to say any more.
WRITERS: dict[str, Callable[[Mail, User], EmailMessage | None]] = {}


def send_due() -> bool:
    """Send some of what is due, unless another worker does; returns whether more is due now."""
    with run_alone("mail", max_s=TURN_S) as is_acquired:
        if not is_acquired:
            return False
        Mail.objects.clear(GIVEN_UP_AFTER)
        _send(Mail.objects.due()[:AT_ONCE])
    return Mail.objects.due().exists()


def _send(mails: Iterable[Mail]) -> None:
    sendable = [(mail, message) for mail in mails if (message := _written(mail)) is not None]
    if not sendable:
        return
    try:
        with get_connection() as connection:
            for mail, message in sendable:
                _send_one(connection, mail, message)
    except OSError as error:  # also of smtplib
        count = Mail.objects.due().update(next_try_at=timezone.now() + AGAIN_AFTER)
        logger.warning("mail server does not take mail, %s wait: %s", count, type(error).__name__)


def _written(mail: Mail) -> EmailMessage | None:
    """None if there is nothing to send, or if the mail cannot be written now."""
    try:
        message = message_of(mail)
    except Exception:
        mail.put_off(AGAIN_AFTER)
        logger.exception("mail cannot be written pk=%s kind=%s", mail.pk, mail.kind)
        return None
    if message is None:  # nobody has this address; the page must not reveal it
        mail.note_sent()
    return message


def _send_one(connection: BaseEmailBackend, mail: Mail, message: EmailMessage) -> None:
    """Raises SMTPServerDisconnected."""
    try:
        connection.send_messages([message])
    except SMTPServerDisconnected:
        mail.put_off(2 * AGAIN_AFTER)  # after the others, should it be this mail that ends it
        raise
    except SMTPRecipientsRefused as error:
        [(code, _text)] = error.recipients.values()
        if code >= 500:
            mail.note_sent()  # it never will be; this also blocks a second one within the hour
        else:
            mail.put_off(AGAIN_AFTER)
        logger.warning("mail server refused an address pk=%s code=%s", mail.pk, code)
    # About this mail. What the server or the error says may quote it, so it is not logged.
    except (SMTPException, ValueError) as error:
        mail.put_off(AGAIN_AFTER)
        reason = getattr(error, "smtp_code", type(error).__name__)
        logger.warning("mail could not be sent pk=%s: %s", mail.pk, reason)
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


def trial_message(address: str) -> EmailMessage:
    return EmailMessage(
        "Lemma can send mail",
        f"This was sent by the Lemma at {settings.ORIGINS[0]} to see whether its mail arrives.\n",
        to=[address],
    )
