"""Erasing a person: their rows go, what others need stays without them."""

import logging
from collections.abc import Sequence
from functools import partial

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from tutor.courses.models import Enrollment, Section
from tutor.privacy.models import Erasure
from tutor.privacy.policy import KEPT, OWN, kept_counts, kept_rows, own_counts, own_rows
from tutor.privacy.traces import forget_in_redis, sessions_of, take_out_of_history

logger = logging.getLogger(__name__)


def erase(user: User, by: User | None) -> Erasure:
    """All of it, or none. Sockets that are open end within three seconds: see `guard`.

    by: None for the command line.
    """
    [erasure] = erase_all([user], by)
    return erasure


def erase_all(people: Sequence[User], by: User | None) -> list[Erasure]:
    """One after the other.

    Sessions are read once, and while nobody waits for the database: one that begins meanwhile leads
    to nobody, and goes when it has expired.
    """
    sessions = sessions_of(*(person.pk for person in people))
    return [_erase(person, sessions[person.pk], by) for person in people]


def left_alone(people: Sequence[User]) -> QuerySet[Section]:
    """Sections that would have no teacher without them."""
    teaching = Enrollment.objects.filter(role=Enrollment.Role.TEACHER)
    theirs, others = teaching.filter(user__in=people), teaching.exclude(user__in=people)
    sections = Section.objects.select_related("course").order_by("course__title", "name", "pk")
    return sections.filter(pk__in=theirs.values("section")).exclude(pk__in=others.values("section"))


def _erase(user: User, sessions: Sequence[Session], by: User | None) -> Erasure:
    pk = user.pk
    with transaction.atomic():
        _lock(pk)
        gone, detached = own_counts(pk), kept_counts(pk)
        for place, kept in KEPT.items():
            if kept.emptied:
                kept_rows(place, pk).update(**dict.fromkeys(kept.emptied, ""))
        take_out_of_history(user)
        for session in sessions:
            session.delete()
        user.delete()
        erasure = Erasure.objects.create(by=by, gone=gone, detached=detached)
        transaction.on_commit(partial(forget_in_redis, pk))
    logger.info("person erased erasure=%s rows=%s", erasure.pk, sum(gone.values()))
    return erasure


def _lock(user_pk: int) -> None:
    """Whoever adds to a row of theirs meanwhile waits, and then finds it gone."""
    for label in OWN:
        list(own_rows(label, user_pk).select_for_update(of=("self",)).values_list("pk"))
