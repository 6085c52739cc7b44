"""What came of practice: how many variants were attempted, and got right with and without help."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from tutor.attempts.models import PracticeQuerySet


@dataclass(frozen=True)
class Practised:
    """Variants that were attempted; those got right, with help and without."""

    attempted: int = 0
    unhelped: int = 0
    helped: int = 0

    def __add__(self, other: Self) -> "Practised":
        return Practised(
            self.attempted + other.attempted,
            self.unhelped + other.unhelped,
            self.helped + other.helped,
        )


NOTHING_PRACTISED = Practised()


def practised_by_student_and_item(practice: PracticeQuerySet) -> dict[tuple[int, int], Practised]:
    """By enrollment and item, with nothing for all others; one query."""
    practised: dict[tuple[int, int], Practised] = defaultdict(Practised)
    columns = ("enrollment", "item", "attempted", "right", "helped")
    rows = practice.with_results().order_by().values_list(*columns)
    for enrollment, item, attempted, right, helped in rows:
        is_unhelped = bool(right and not helped)
        practised[enrollment, item] += Practised(bool(attempted), is_unhelped, bool(helped))
    return practised
