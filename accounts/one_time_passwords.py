"""Passwords that a teacher hands out on paper; each works until its owner sets another.

Pupils may have no mail, so Lemma cannot invite them by mail. The teacher sees a list of names and
passwords once, prints it and cuts it into slips. A person who signs in with one must choose their
own password first, so that afterwards neither the teacher nor a lost slip opens the account. Lemma
stores only a hash; after losing the list, the teacher makes new passwords. Lemma records who made a
password, and its person reads this first. `tutor.courses.passwords` decides who may get one.
"""

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import HandedOutPassword, User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that look like others
GROUPS, LENGTH = 3, 4  # 59 bits
# People's own passwords need a slow hash. These are random, so a quick one is enough: two thousand
# slow ones would take five minutes. The first sign-in replaces it with a slow one.
ITERATIONS = 1_000
MAX_SHOWN = 10


def give_one_time_password(user: User) -> str:
    """Set and return a new password; nothing else keeps it. The caller saves `user`."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    password = "-".join(groups)
    hasher = PBKDF2PasswordHasher()
    user.password = hasher.encode(password, hasher.salt(), iterations=ITERATIONS)
    user.has_one_time_password = True
    return password


class NotTheOneTimePasswordValidator:
    """Refuses it as its owner's own: whoever made it, or has the slip, knows it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user and user.has_one_time_password and check_password(password, user.password):
            raise ValidationError(_("This is the password you were given. Choose one of your own."))

    def get_help_text(self) -> str:
        return _("Your password can’t be the one-time password you were given.")


def note_handed_out(users: Iterable[User], given_by: User) -> None:
    HandedOutPassword.objects.bulk_create(
        HandedOutPassword(user=user, given_by=given_by, is_first=user.last_login is None)
        for user in users
    )


def unread_handouts(user: User) -> list[HandedOutPassword]:
    """One-time passwords whose giver the person has not read about yet."""
    return list(user.handed_out_passwords.filter(told_at=None).select_related("given_by"))


def recent_handouts(user: User) -> list[HandedOutPassword]:
    """The newest first; they explain why an old password has stopped working."""
    return list(user.handed_out_passwords.select_related("given_by")[:MAX_SHOWN])


def mark_read(handouts: Iterable[HandedOutPassword]) -> None:
    keys = [row.pk for row in handouts]
    HandedOutPassword.objects.filter(pk__in=keys).update(told_at=timezone.now())


def has_unused_password(user: User) -> bool:
    """Whether nobody has signed in with it yet, so that a new slip may be made."""
    return user.has_one_time_password and user.last_login is None
