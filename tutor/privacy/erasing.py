"""Erasing a person: their rows go, what others need stays without them."""

import logging
from functools import partial

from django.db import transaction

from accounts.models import User
from tutor.privacy.models import Erasure
from tutor.privacy.policy import KEPT, OWN, kept_counts, kept_rows, own_counts, own_rows
from tutor.privacy.traces import forget_in_redis, sessions_of, take_out_of_history

logger = logging.getLogger(__name__)


def erase(user: User, by: User | None) -> Erasure:
    """All of it, or none. Sockets that are open end within three seconds: see `guard`.

    by: None for the command line.
    """
    pk = user.pk
    with transaction.atomic():
        _lock(pk)
        gone, detached = own_counts(pk), kept_counts(pk)
        for place, kept in KEPT.items():
            if kept.emptied:
                kept_rows(place, pk).update(**dict.fromkeys(kept.emptied, ""))
        take_out_of_history(user)
        for session in sessions_of(pk):
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
