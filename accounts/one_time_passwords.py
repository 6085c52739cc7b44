"""Passwords that a teacher hands out on paper, each good until its owner sets another.

Pupils may have no mail, so an invitation cannot go there. A teacher gets a list of names and
passwords once, prints it and cuts it into slips. Whoever signs in with one has to choose a
password of their own before they see anything else, so neither the teacher nor a slip that is
found later opens their account. Nothing but a hash is stored: a lost list is replaced by new
passwords. For whom a teacher may make one, `tutor.courses.passwords` says; who made one is noted,
and the person reads it before anything else.
"""

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone

from accounts.models import HandedOutPassword, User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are mistaken for others
GROUPS, LENGTH = 3, 4  # 59 bits
# A slow hash protects what people choose. These are random, so a quick one does: two thousand
# slow ones would take five minutes. The first sign-in stores a slow one in its place.
ITERATIONS = 1_000
MOST_SHOWN = 10


def give_one_time_password(user: User) -> str:
    """Set one on `user`, who is saved by the caller; the password, which nothing else keeps."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    password = "-".join(groups)
    hasher = PBKDF2PasswordHasher()
    user.password = hasher.encode(password, hasher.salt(), iterations=ITERATIONS)
    user.has_one_time_password = True
    return password


def note_handed_out(users: Iterable[User], given_by: User) -> None:
    HandedOutPassword.objects.bulk_create(
        HandedOutPassword(user=user, given_by=given_by, is_first=user.last_login is None)
        for user in users
    )


def untold_of(user: User) -> list[HandedOutPassword]:
    """Those of which they have not read yet who gave them."""
    return list(user.handed_out_passwords.filter(told_at=None).select_related("given_by"))


def told_of(user: User) -> list[HandedOutPassword]:
    """The newest of all, for whoever wonders why their password was no good."""
    return list(user.handed_out_passwords.select_related("given_by")[:MOST_SHOWN])


def note_told(handed_out: Iterable[HandedOutPassword]) -> None:
    keys = [row.pk for row in handed_out]
    HandedOutPassword.objects.filter(pk__in=keys).update(told_at=timezone.now())


def has_unused_password(user: User) -> bool:
    """Whether nobody has signed in with it yet, so that a new slip may be made."""
    return user.has_one_time_password and user.last_login is None
