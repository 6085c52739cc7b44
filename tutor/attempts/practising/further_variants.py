"""Variants of an item to practise on. They earn nothing."""

import logging
from collections.abc import Iterator
from itertools import count, islice

from django.db import transaction

from tutor.assignments.models import Item
from tutor.attempts.access import ItemAccess
from tutor.attempts.models import Practice
from tutor.attempts.variants import VARIANTS, variant_for
from tutor.courses.models import Enrollment
from tutor.problems.content import InvalidRecord
from tutor.problems.models import ProblemVersion

logger = logging.getLogger(__name__)

MAX_PRACTICE = 50  # of one student at one item
MAX_SEEDS_TRIED = 20  # seeds that are tried for values that the student has not seen yet


def next_practice(access: ItemAccess) -> Practice | None:
    """The variant that was begun and not answered yet, or a new one; None where none is left.

    All students of a class get them in the same order, so one worked-out step serves all.
    """
    with transaction.atomic():
        begun = _locked(access)
        if begun and not begun[-1].attempted:
            return begun[-1]
        return _begin(access, len(begun) + 1)


def fresh_practice(access: ItemAccess) -> Practice | None:
    """A new variant, or the problem once more if it has none; None where none is left."""
    with transaction.atomic():
        return _begin(access, len(_locked(access)) + 1)


def _locked(access: ItemAccess) -> list[Practice]:
    """What was begun so far; nobody else begins anything meanwhile."""
    Enrollment.objects.select_for_update().get(pk=access.enrollment.pk)
    return list(Practice.objects.of(access.enrollment, access.item).with_results())


def _begin(access: ItemAccess, number: int) -> Practice | None:
    version = _unseen(access, number) if number <= MAX_PRACTICE else None
    if version is None:
        return None
    practice = Practice.objects.create(
        enrollment=access.enrollment, item=access.item, version=version, number=number
    )
    logger.info("practice begun pk=%s item=%s number=%s", practice.pk, access.item.pk, number)
    return practice


def _unseen(access: ItemAccess, number: int) -> ProblemVersion | None:
    """Beyond the seeds of the class, so that practice tells nobody a neighbour's answer."""
    enrollment, item = access.enrollment, access.item
    if item.version is not None and not item.version.is_template:
        return item.version
    practised = ProblemVersion.objects.filter(practice__in=Practice.objects.of(enrollment, item))
    seen = [
        (version.statement, version.choices)
        for version in (variant_for(item, enrollment), *practised)
    ]
    for version in _variants(item, VARIANTS + number):
        if (version.statement, version.choices) not in seen:
            return version
    return None


def _variants(item: Item, first_seed: int) -> Iterator[ProblemVersion]:
    template = item.version
    assert template is not None  # noqa: S101  # views ask for items that have one
    for seed in islice(count(first_seed), MAX_SEEDS_TRIED):
        try:
            yield template.variant(seed)
        except InvalidRecord as error:
            logger.warning("no variant pk=%s seed=%s: %s", template.pk, seed, error.name)
