"""Does mail get out?"""

from smtplib import SMTPException

from django.conf import settings

from accounts.mail import test_message
from tutor.operations.findings import Unwell, first_line


def send_test_mail(address: str) -> str:
    """Sends one to `address`, by the settings that all others go by."""
    if not settings.EMAIL_HOST:
        raise Unwell("no mail server is named", "set TUTOR_EMAIL_HOST")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, {settings.EMAIL_SECURITY}"
    try:
        test_message(address).send()
    except (SMTPException, OSError) as error:
        remedy = "correct the settings TUTOR_EMAIL_…, or ask who runs the mail server"
        raise Unwell(f"{server}: {first_line(error)}", remedy) from error
    return f"{server}: took a mail to {address}"
