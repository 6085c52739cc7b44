from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.mail import send_due
from accounts.models import FamiliarPlace, Mail, User
from accounts.places import FORGOTTEN_AFTER
from tutor.celery import app
from tutor.queueing import queue_on_commit


def send_later(kind: Mail.Kind, address: str, user: User | None = None, detail: str = "") -> None:
    """Store a mail and have a worker send it; nothing where this address had one in this hour.

    user: None where the address says who it is. What the broker does not take, a sweep sends.
    """
    if not settings.EMAIL_HOST:
        return
    with transaction.atomic():
        if Mail.objects.ask(kind, address, user, detail):
            queue_on_commit(send_mail)


@app.task
def send_mail() -> None:
    send_due()


@app.task
def forget_places() -> None:
    """Where nobody has signed in for long is familiar no more."""
    FamiliarPlace.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
