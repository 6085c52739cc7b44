"""To whom Lemma mails notices: current students with a confirmed address who want them."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from accounts.addresses import is_confirmed
from accounts.models import User
from tutor.notices.models import MailPreferences


def with_confirmed_address() -> Exists:
    """A condition on people. A stranger whose address somebody typed gets nothing."""
    own = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return Exists(own.filter(email=Lower(OuterRef("email"))))


def wanting(*kinds: str) -> Q:
    """A condition on people: who wants one of these kinds, names of columns of their choice."""
    usual = MailPreferences()
    is_usual = any(getattr(usual, kind) for kind in kinds)
    wanted = Q(*((f"mail_preferences__{kind}", True) for kind in kinds), _connector=Q.OR)
    return wanted | Q(mail_preferences=None) if is_usual else wanted


def may_be_mailed(user: User, address: str) -> bool:
    """Whether it is still theirs, so long after the mail was asked for."""
    return user.email.lower() == address.lower() and is_confirmed(user)
