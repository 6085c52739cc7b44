from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.mail import TURN_S, send_due
from accounts.models import FamiliarPlace, Mail, User
from accounts.places import FORGOTTEN_AFTER
from tutor.celery import app
from tutor.queueing import queue_on_commit


def send_later(kind: Mail.Kind, address: str, user: User | None = None, detail: str = "") -> None:
    """Store a mail for a worker to send, unless this address had one of this kind in the hour.

    user: None if the worker finds the person by the address. If the broker is away, the sweep
    sends the mail.
    """
    if not settings.EMAIL_HOST:
        return
    with transaction.atomic():
        if Mail.objects.ask(kind, address, user, detail):
            queue_on_commit(send_mail)


@app.task(time_limit=TURN_S)
def send_mail() -> None:
    """Send some of the mails that are due, and queue the next turn."""
    if send_due():
        queue_on_commit(send_mail)


@app.task
def forget_places() -> None:
    """Forget addresses and devices where nobody has signed in for long."""
    FamiliarPlace.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
