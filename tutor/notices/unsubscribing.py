"""Links that stop mails of a kind without signing in (RFC 8058)."""

from enum import StrEnum

from django.core import signing
from django.urls import reverse

from accounts.models import User
from tutor.notices.models import MailPreferences

_SALT = "notices.unsubscribe"


class Subscription(StrEnum):
    MESSAGES = "messages"
    DIGEST = "digest"


_COLUMNS = {
    Subscription.MESSAGES: ("message",),
    Subscription.DIGEST: ("due", "assigned", "graded"),
}


def unsubscribe_path(user: User, subscription: Subscription) -> str:
    """It works as long as the account exists: a mail may be read years later."""
    token = signing.dumps([user.pk, subscription], salt=_SALT)
    return reverse("unsubscribe", args=[token])


def read_token(token: str) -> tuple[User, Subscription] | None:
    """None for what Lemma has not signed, and for a person who is gone."""
    try:
        pk, name = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, Subscription(name)) if user else None


def unsubscribe(user: User, subscription: Subscription) -> None:
    off = dict.fromkeys(_COLUMNS[subscription], False)
    MailPreferences.objects.update_or_create(user=user, defaults=off)
