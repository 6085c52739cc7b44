"""Two runs on the same problems, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.evaluation.estimators import Difference, paired
from tutor.evaluation.figures import Asked, Figures


class Incomparable(ValueError):
    """Why two runs say nothing about each other."""


@dataclass(frozen=True)
class Comparison:
    """pairs: the problems that both were asked, each as the first and as the second run has it.

    differences: in the conditions, in words; what the difference in score may come from.
    """

    first: Figures
    second: Figures
    pairs: Sequence[tuple[Asked, Asked]]
    differences: Sequence[str]
    score: Difference

    @property
    def better(self) -> Sequence[tuple[Asked, Asked]]:
        """Those that the second gets right more often."""
        return [(one, other) for one, other in self.pairs if other.share > one.share]

    @property
    def worse(self) -> Sequence[tuple[Asked, Asked]]:
        return [(one, other) for one, other in self.pairs if other.share < one.share]

    @property
    def left_out(self) -> int:
        """Problems of which only one of the two has samples."""
        return len(self.first.asked) + len(self.second.asked) - 2 * len(self.pairs)


def compare(first: Figures, second: Figures) -> Comparison:
    """Raises Incomparable."""
    ours, theirs = first.run.conditions, second.run.conditions
    if ours.data != theirs.data:
        raise Incomparable(
            f"the runs have other problems: {first.run.name} ({ours.data[:12]})"
            f" and {second.run.name} ({theirs.data[:12]})"
        )
    if ours.grader != theirs.grader:
        raise Incomparable(
            f"the runs were judged differently: by {ours.grader} and by {theirs.grader}"
        )
    others = {one.problem.code: one for one in second.asked}
    pairs = [(one, others[one.problem.code]) for one in first.asked if one.problem.code in others]
    if not pairs:
        raise Incomparable("the runs have no problem in common yet")
    single = all(len(one.samples) == 1 for pair in pairs for one in pair)
    shares = [one.share for one, _ in pairs], [other.share for _, other in pairs]
    return Comparison(
        first, second, pairs, ours.differences(theirs), paired(*shares, single=single)
    )
