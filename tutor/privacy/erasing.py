"""Erase a person: delete their rows, and remove them from rows that others need."""

import logging
from collections.abc import Sequence
from functools import partial

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from tutor.courses.models import Enrollment, Section
from tutor.privacy.models import Erasure
from tutor.privacy.policy import DETACHED, OWN, detached_counts, detached_rows, own_counts, own_rows
from tutor.privacy.traces import anonymize_history, forget_in_redis, sessions_of

logger = logging.getLogger(__name__)


def erase(user: User, by: User | None) -> Erasure:
    """Everything or nothing. Open sockets end within three seconds; see `session_guard`.

    by: None for the command line.
    """
    [erasure] = erase_all([user], by)
    return erasure


def erase_all(people: Sequence[User], by: User | None) -> list[Erasure]:
    """One person after the other.

    Sessions are read once, before any row is locked. A session that begins meanwhile belongs to
    nobody afterwards, and is deleted when it has expired.
    """
    sessions = sessions_of(*(person.pk for person in people))
    return [_erase(person, sessions[person.pk], by) for person in people]


def left_without_teacher(people: Sequence[User]) -> QuerySet[Section]:
    """Sections that would have no teacher without these people."""
    teaching = Enrollment.objects.filter(role=Enrollment.Role.TEACHER)
    erased, remaining = teaching.filter(user__in=people), teaching.exclude(user__in=people)
    sections = Section.objects.select_related("course").in_order()
    return sections.filter(pk__in=erased.values("section")).exclude(
        pk__in=remaining.values("section")
    )


def _erase(user: User, sessions: Sequence[Session], by: User | None) -> Erasure:
    pk = user.pk
    with transaction.atomic():
        _lock(pk)
        gone, detached = own_counts(pk), detached_counts(pk)
        for key, policy in DETACHED.items():
            if policy.emptied:
                detached_rows(key, pk).update(**dict.fromkeys(policy.emptied, ""))
        anonymize_history(user)
        for session in sessions:
            session.delete()
        user.delete()
        erasure = Erasure.objects.create(by=by, gone=gone, detached=detached)
        transaction.on_commit(partial(forget_in_redis, pk))
    logger.info("person erased erasure=%s rows=%s", erasure.pk, sum(gone.values()))
    return erasure


def _lock(user_pk: int) -> None:
    """Make other writers to these rows wait; afterwards they find the rows gone."""
    for label in OWN:
        list(own_rows(label, user_pk).select_for_update(of=("self",)).values_list("pk"))
