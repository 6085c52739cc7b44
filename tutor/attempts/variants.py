"""The variant of a problem with parameters that each student works on."""

import logging

from tutor.assignments.models import Item
from tutor.attempts.models import StudentVariant
from tutor.courses.models import Enrollment
from tutor.problems.content import InvalidRecord
from tutor.problems.models import ProblemVersion

logger = logging.getLogger(__name__)

VARIANTS = 10  # of one problem in a section: each of them costs a worked solution of its own


def variant_for(item: Item, enrollment: Enrollment | None) -> ProblemVersion:
    """What this student sees of `item`, which has a version; the first variant for anybody else."""
    version = item.version
    assert version is not None  # noqa: S101  # views ask for items that have one
    if not version.is_template:
        return version
    return variant_from(version, _seed(item, enrollment) if enrollment else 1)


def _seed(item: Item, enrollment: Enrollment) -> int:
    """Chosen once, and the same in all sections of a student; those who open the item one after the
    other get different ones.
    """
    own = StudentVariant.objects.filter(item=item, enrollment__in=enrollment.of_same_person())
    seeds = dict(own.order_by("-pk").values_list("enrollment", "seed"))
    if enrollment.pk in seeds:
        return seeds[enrollment.pk]
    section_variants = StudentVariant.objects.filter(
        item=item, enrollment__section=enrollment.section_id
    )
    seed = next(iter(seeds.values()), None) or section_variants.count() % VARIANTS + 1
    variant, _ = StudentVariant.objects.get_or_create(
        item=item, enrollment=enrollment, defaults={"seed": seed}
    )
    return variant.seed


def variant_from(template: ProblemVersion, seed: int) -> ProblemVersion:
    try:
        return template.variant(seed)
    except InvalidRecord as error:
        # An author may narrow the parameters so far that a seed finds no values any more. The
        # first variant is tried whenever a problem is saved.
        logger.warning("no variant pk=%s seed=%s: %s", template.pk, seed, error.name)
        return template.variant(1)
