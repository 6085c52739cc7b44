"""What came of practice: how many variants were tried, and got right with and without help."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from tutor.attempts.models import PracticeQuerySet


@dataclass(frozen=True)
class Practised:
    """Variants that were tried; those got right, with help and without."""

    tried: int = 0
    unhelped: int = 0
    helped: int = 0

    def __add__(self, other: Self) -> "Practised":
        return Practised(
            self.tried + other.tried, self.unhelped + other.unhelped, self.helped + other.helped
        )


NOTHING_PRACTISED = Practised()


def practised_by_student_and_item(practice: PracticeQuerySet) -> dict[tuple[int, int], Practised]:
    """By enrollment and item, with nothing for all others; one query."""
    practised: dict[tuple[int, int], Practised] = defaultdict(Practised)
    columns = ("enrollment", "item", "tried", "right", "helped")
    rows = practice.with_results().order_by().values_list(*columns)
    for enrollment, item, tried, right, helped in rows:
        is_unhelped = bool(right and not helped)
        practised[enrollment, item] += Practised(bool(tried), is_unhelped, bool(helped))
    return practised
