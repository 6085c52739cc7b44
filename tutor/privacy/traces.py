"""What tells of a person without a foreign key: sessions, Redis, the administration's history."""

import logging
from collections.abc import Iterator
from functools import reduce
from operator import or_

import redis
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from accounts.models import User
from tutor import limits
from tutor.privacy.policy import OWN
from tutor.solutions import viewers
from tutor.solutions.presence import connect

logger = logging.getLogger(__name__)

NOBODY = "—"


def sessions_of(user_pk: int) -> Iterator[Session]:
    """In which they are signed in, or were. Every session is read for it."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user_pk):
            yield session


def history_of(user: User) -> QuerySet[LogEntry]:
    """What the administration did to rows that are theirs, which its history calls by name.

    All of them begin with the user name, also with one that they had before; an address is
    called by itself.
    """
    models = [model for model in map(apps.get_model, OWN) if not model._meta.auto_created]
    kinds = ContentType.objects.get_for_models(*models)
    entries = LogEntry.objects.filter(content_type__in=kinds.values())
    of_account = entries.filter(content_type=kinds[User], object_id=str(user.pk))
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    before = of_account.values_list("object_repr", flat=True)
    names = {user.username, user.email, *addresses, *before} - {""}
    called = (Q(object_repr=name) | Q(object_repr__startswith=f"{name} ·") for name in names)
    return entries.filter(reduce(or_, called)).order_by("pk")


def take_out_of_history(user: User) -> None:
    """Who did what, and when, stays; to whom does not."""
    history_of(user).update(object_repr=NOBODY)


def forget_in_redis(user_pk: int) -> None:
    """Nothing there has a name, and all of it goes by itself within two minutes."""
    try:
        with connect() as client:
            limits.forget(client, user_pk)
            viewers.forget(client, user_pk)
    except redis.RedisError as error:
        logger.warning("not forgotten in Redis yet: %s", error)
