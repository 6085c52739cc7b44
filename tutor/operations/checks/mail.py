"""Checks that mail can be sent."""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.utils import timezone

from accounts.mail import trial_message
from accounts.models import Mail
from tutor.operations.check_result import FailedCheck
from tutor.stores import first_line

MAX_MAIL_SERVER_S = 3
LATE_AFTER = timedelta(minutes=10)  # workers try again each minute
REMEDY = "correct the settings TUTOR_EMAIL_…, or ask who runs the mail server"


def check_mail() -> str:
    """Check that the mail server accepts the user name and password; no mail is sent."""
    if not settings.EMAIL_HOST:
        return "no server is named: who forgets a password asks an administrator"
    server = _server_with_sender()
    try:
        with get_connection(timeout=MAX_MAIL_SERVER_S):
            return f"{server}: answers"
    except (SMTPException, OSError) as error:
        raise FailedCheck(f"{server}: {first_line(error)}", REMEDY) from error


def check_waiting_mail() -> str:
    """Check that workers send what is asked for; the mail server is not asked."""
    late = Mail.objects.filter(sent_at=None, asked_at__lt=timezone.now() - LATE_AFTER).count()
    if late:
        raise FailedCheck(f"{late} wait for over ten minutes", f"see `{settings.COMMAND} doctor`")
    return "none is late"


def send_test_mail(address: str) -> str:
    """Send a mail to `address`, with the settings that all mails use."""
    if not settings.EMAIL_HOST:
        raise FailedCheck("no mail server is named", "set TUTOR_EMAIL_HOST")
    server = _server_with_sender()
    try:
        validate_email(address)
    except ValidationError as error:
        raise FailedCheck(f"{address!r} is no email address", "give a whole one") from error
    try:
        trial_message(address).send()
    except (SMTPException, OSError) as error:
        raise FailedCheck(f"{server}: {first_line(error)}", REMEDY) from error
    return f"{server}: took a mail to {address}"


def _server_with_sender() -> str:
    """Where mails go. Raises FailedCheck if the world would not know whom they come from."""
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        raise FailedCheck(
            f"mails come from {settings.DEFAULT_FROM_EMAIL}, which other mail servers refuse",
            "set TUTOR_EMAIL_FROM",
        )
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, {settings.EMAIL_SECURITY}"
