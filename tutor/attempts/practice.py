"""Another one like this: further variants of an item for who is done with it. They earn nothing."""

import logging
from collections.abc import Iterator
from itertools import count, islice
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import AuthedRequest
from tutor.assignments.models import Item
from tutor.attempts.answering import Answering, ItemAccess
from tutor.attempts.models import Practice
from tutor.attempts.variants import VARIANTS
from tutor.attempts.views import answered_item
from tutor.courses.models import Enrollment
from tutor.limits import is_allowed
from tutor.problems.content import InvalidRecord
from tutor.problems.models import ProblemVersion

logger = logging.getLogger(__name__)

MAX_PRACTICE = 50  # of one student at one item
MAX_SEEDS_TRIED = 20  # seeds that are tried for values that the student has not seen yet
NEW_A_MINUTE = 12


def next_practice(place: ItemAccess, item: Item) -> Practice | None:
    """The variant that was begun and not tried yet, or a new one; None where none is left.

    The class shares them in the same order: a step that a model works out serves all.
    """
    with transaction.atomic():
        Enrollment.objects.select_for_update().get(pk=place.enrollment.pk)
        begun = list(Practice.objects.of(place.enrollment, item).with_results())
        if begun and not begun[-1].tried:
            return begun[-1]
        version = _unseen(place, item, len(begun) + 1) if len(begun) < MAX_PRACTICE else None
        if version is None:
            return None
        number = len(begun) + 1
        practice = Practice.objects.create(
            enrollment=place.enrollment, item=item, version=version, number=number
        )
    logger.info("practice begun pk=%s item=%s number=%s", practice.pk, item.pk, number)
    return practice


def _unseen(place: ItemAccess, item: Item, number: int) -> ProblemVersion | None:
    """Beyond the seeds of the class: practice tells nobody whether a neighbour is right."""
    known = ProblemVersion.objects.filter(practice__in=Practice.objects.of(place.enrollment, item))
    seen = [(one.statement, one.choices) for one in (place.version_of(item), *known)]
    drawn = _variants(item, VARIANTS + number)
    return next((one for one in drawn if (one.statement, one.choices) not in seen), None)


def _variants(item: Item, first_seed: int) -> Iterator[ProblemVersion]:
    template = item.version
    assert template is not None  # noqa: S101  # views ask for items that have one
    for seed in islice(count(first_seed), MAX_SEEDS_TRIED):
        try:
            yield template.variant(seed)
        except InvalidRecord as error:
            logger.warning("no variant pk=%s seed=%s: %s", template.pk, seed, error.name)


@login_required
@require_POST
def another(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Draw a further variant of an item, and go there."""
    item, place = answered_item(request, code)
    answering = Answering(place, item, place.version_of(item))
    if not answering.is_practised:
        return redirect(item)
    if not is_allowed("practice", request.user.pk, per_minute=NEW_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return redirect(item)
    practice = next_practice(place, item)
    if practice is None:
        messages.info(request, _("There are no further variants of this problem."))
    return redirect(practice or item)
