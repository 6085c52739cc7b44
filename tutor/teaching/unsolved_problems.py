"""Problems of an assignment that the model cannot solve."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.assignments.models import Item
from tutor.problems.models import ReferenceSolution
from tutor.solutions.dispatch.voting import Vote
from tutor.solutions.requests.precompute import (
    Prepared,
)


@dataclass(frozen=True)
class Unsolved:
    """A problem, or a variant of one, without a right solution by the model.

    seed: 0 for a problem without variants. has_reference: students see the teacher's solution.
    """

    item: Item
    seed: int
    vote: Vote
    has_reference: bool


def unsolved(rows: Iterable[Prepared]) -> list[Unsolved]:
    """One query."""
    failed = [
        (row.item, seed, vote)
        for row in rows
        for seed, vote in row.votes.items()
        if vote.is_in and not vote.is_right
    ]
    versions = {vote.tries[0].version_id for _, _, vote in failed}
    references = ReferenceSolution.objects.for_students().filter(version__in=versions)
    with_reference = set(references.values_list("version", flat=True))
    return [
        Unsolved(
            item,
            seed if item.version and item.version.is_template else 0,
            vote,
            vote.tries[0].version_id in with_reference,
        )
        for item, seed, vote in failed
    ]
