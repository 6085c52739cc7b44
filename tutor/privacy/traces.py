"""What tells of a person without a foreign key: sessions, Redis, the administration's history."""

import logging
from collections.abc import Iterable
from functools import reduce
from operator import or_

import redis
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import User
from tutor import limits
from tutor.privacy.policy import OWN, own_rows
from tutor.solutions.dispatch.presence import connect
from tutor.solutions.log import viewers

logger = logging.getLogger(__name__)

NOBODY = "—"


def sessions_of(*user_pks: int) -> dict[int, list[Session]]:
    """In which each of them is signed in, or was. Every session is read for it."""
    found: dict[str, list[Session]] = {str(pk): [] for pk in user_pks}
    for session in Session.objects.iterator():
        if (pk := session.get_decoded().get(SESSION_KEY)) in found:
            found[pk].append(session)
    return {pk: found[str(pk)] for pk in user_pks}


def history_of(user: User) -> QuerySet[LogEntry]:
    """What the administration did to rows that are theirs.

    One that is there is known by its number. One that is gone is known by what the history calls
    it: an address by itself, all else by the user name of that time and more.
    """
    models = [model for model in map(apps.get_model, OWN) if not model._meta.auto_created]
    kinds = ContentType.objects.get_for_models(*models)
    entries = LogEntry.objects.filter(content_type__in=kinds.values()).order_by("pk")
    theirs = _about((kind, own_rows(model._meta.label, user.pk)) for model, kind in kinds.items())
    there = _about((kind, model._base_manager.all()) for model, kind in kinds.items())
    before = entries.filter(theirs).values_list("object_repr", flat=True)
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    names = {user.username, user.email, *addresses, *(said.partition(" ·")[0] for said in before)}
    called = (Q(object_repr=name) | Q(object_repr__startswith=f"{name} ·") for name in names - {""})
    return entries.filter(theirs | reduce(or_, called) & ~there)


def _about(rows: Iterable[tuple[ContentType, QuerySet[Model]]]) -> Q:
    """Entries about any of these rows, whose numbers the history has as texts."""
    numbers = (
        (kind, of_one.order_by().annotate(as_text=Cast("pk", TextField())).values("as_text"))
        for kind, of_one in rows
    )
    return reduce(or_, (Q(content_type=kind, object_id__in=some) for kind, some in numbers))


def take_out_of_history(user: User) -> None:
    """Who did what, and when, stays; to whom does not. Whose a lost address was, nobody knows."""
    history_of(user).update(object_repr=NOBODY)
    kind = ContentType.objects.get_for_model(EmailAddress)
    there = _about([(kind, EmailAddress.objects.all())])
    LogEntry.objects.filter(~there, content_type=kind).update(object_repr=NOBODY)


def forget_in_redis(user_pk: int) -> None:
    """Nothing there has a name, and all of it goes by itself within two minutes."""
    try:
        with connect() as client:
            limits.forget(client, user_pk)
            viewers.forget(client, user_pk)
    except redis.RedisError as error:
        logger.warning("not forgotten in Redis yet: %s", error)
