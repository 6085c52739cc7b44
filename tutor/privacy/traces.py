"""Find what refers to a person without a foreign key: sessions, Redis, the admin history."""

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
from tutor.redis_client import connect
from tutor.solutions.log import viewers

logger = logging.getLogger(__name__)

NOBODY = "—"


def sessions_of(*user_pks: int) -> dict[int, list[Session]]:
    """The sessions of each person. Reads all sessions in the database."""
    sessions: dict[str, list[Session]] = {str(pk): [] for pk in user_pks}
    for session in Session.objects.iterator():
        if (pk := session.get_decoded().get(SESSION_KEY)) in sessions:
            sessions[pk].append(session)
    return {pk: sessions[str(pk)] for pk in user_pks}


def history_of(user: User) -> QuerySet[LogEntry]:
    """What the administration did to rows of this person.

    Existing rows are found by their key, and deleted ones by their name in the history: an address
    by itself, everything else by the user name of that time and more.
    """
    models = [model for model in map(apps.get_model, OWN) if not model._meta.auto_created]
    kinds = ContentType.objects.get_for_models(*models)
    entries = LogEntry.objects.filter(content_type__in=kinds.values()).order_by("pk")
    own = _about((kind, own_rows(model._meta.label, user.pk)) for model, kind in kinds.items())
    existing = _about((kind, model._base_manager.all()) for model, kind in kinds.items())
    representations = entries.filter(own).values_list("object_repr", flat=True)
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    former = (text.partition(" ·")[0] for text in representations)
    names = {user.username, user.email, *addresses, *former}
    named = (Q(object_repr=name) | Q(object_repr__startswith=f"{name} ·") for name in names - {""})
    return entries.filter(own | reduce(or_, named) & ~existing)


def _about(rows: Iterable[tuple[ContentType, QuerySet[Model]]]) -> Q:
    """Entries about any of these rows; the history stores their keys as text."""
    keys = (
        (kind, queryset.order_by().annotate(as_text=Cast("pk", TextField())).values("as_text"))
        for kind, queryset in rows
    )
    return reduce(or_, (Q(content_type=kind, object_id__in=texts) for kind, texts in keys))


def anonymize_history(user: User) -> None:
    """Keep who did what and when, but not to whom. All deleted addresses are anonymized."""
    history_of(user).update(object_repr=NOBODY)
    kind = ContentType.objects.get_for_model(EmailAddress)
    existing = _about([(kind, EmailAddress.objects.all())])
    LogEntry.objects.filter(~existing, content_type=kind).update(object_repr=NOBODY)


def forget_in_redis(user_pk: int) -> None:
    """Entries in Redis have no name, and all expire by themselves within two minutes."""
    try:
        with connect() as client:
            limits.forget(client, user_pk)
            viewers.forget(client, user_pk)
    except redis.RedisError as error:
        logger.warning("not forgotten in Redis yet: %s", error)
