"""Writes mails about notices. They say what there is to see, and nothing of what it says."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.mail import subject_of
from accounts.models import Mail, User
from tutor.notices.unsubscribing import Subscription, unsubscribe_path


def compose(
    mail: Mail, user: User, subscription: Subscription, context: Mapping[str, Any]
) -> EmailMessage:
    """In the active language. The template's first line is the subject."""
    origin = settings.ORIGINS[0]
    link = origin + unsubscribe_path(user, subscription)
    text = render_to_string(
        f"notices/mail/{mail.kind}.txt",
        {
            "origin": origin,
            "unsubscribe_link": link,
            "preferences_link": origin + reverse("mail-preferences"),
            **context,
        },
    )
    subject, _, body = text.strip().partition("\n")
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # If a worker dies after it has sent the mail, the second one is known to be the same.
        "Message-ID": f"<notice-{mail.pk}@{urlsplit(origin).hostname}>",
    }
    return EmailMessage(
        subject_of(subject), body.strip() + "\n", to=[mail.address], headers=headers
    )
