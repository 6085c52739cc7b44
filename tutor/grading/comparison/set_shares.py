"""How much of a set of numbers is right: its ends, one by one."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import RealSet, compare_endpoints

_OTHERWISE_CLOSED = 0.5  # the share of an end that is open where it should be closed


@dataclass(frozen=True, slots=True)
class SetShare:
    """share: 0..1. only_ends: the numbers at some ends are all that differs."""

    share: float
    only_ends: bool


def share_of_set(key: RealSet, response: RealSet, budget: WorkBudget) -> SetShare:
    """Each end of the key counts the same; an infinite one counts nothing.

    An end is right where the sets have it on the same side. Raises Undecidable.
    """
    points = 0.0
    only_ends = len(key.endpoints) == len(response.endpoints)
    for index, end in enumerate(key.endpoints):
        wanted = key.inside[2 * index : 2 * index + 3]
        match = next(
            (
                response.inside[2 * other : 2 * other + 3]
                for other, number in enumerate(response.endpoints)
                if compare_endpoints(end, number, budget) == 0
            ),
            None,
        )
        if match is None or (match[0], match[2]) != (wanted[0], wanted[2]):
            only_ends = False
        else:
            points += 1 if match == wanted else _OTHERWISE_CLOSED
    count = max(len(key.endpoints), len(response.endpoints), 1)
    return SetShare(points / count, only_ends)
