"""Two runs on the same problems, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.evaluation.estimators import Difference, paired
from tutor.evaluation.summary import Row, Summary


class Incomparable(ValueError):
    """Why two runs say nothing about each other. reason: data, grader or nothing (in common)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Comparison:
    """pairs: the problems that both were asked, each as the first and as the second run has it.

    differences: in the conditions, in words; what the difference in score may come from.
    """

    first: Summary
    second: Summary
    pairs: Sequence[tuple[Row, Row]]
    differences: Sequence[str]
    score: Difference

    @property
    def is_clear(self) -> bool:
        """Whether the samples tell the two apart."""
        return self.score.low > 0 or self.score.high < 0

    @property
    def better(self) -> Sequence[tuple[Row, Row]]:
        """Those that the second gets right more often."""
        return [(one, other) for one, other in self.pairs if other.share > one.share]

    @property
    def worse(self) -> Sequence[tuple[Row, Row]]:
        return [(one, other) for one, other in self.pairs if other.share < one.share]

    @property
    def left_out(self) -> int:
        """Problems of which only one of the two has samples."""
        return len(self.first.problems) + len(self.second.problems) - 2 * len(self.pairs)


def compare(first: Summary, second: Summary) -> Comparison:
    """Raises Incomparable."""
    ours, theirs = first.conditions, second.conditions
    if ours.data != theirs.data:
        raise Incomparable(
            "data",
            f"the runs have other problems: {first.file} ({ours.data[:12]})"
            f" and {second.file} ({theirs.data[:12]})",
        )
    if ours.grader != theirs.grader:
        raise Incomparable(
            "grader",
            f"the runs were judged differently: by {ours.grader} and by {theirs.grader}",
        )
    others = {one.code: one for one in second.problems}
    pairs = [(one, others[one.code]) for one in first.problems if one.code in others]
    if not pairs:
        raise Incomparable("nothing", "the runs have no problem in common yet")
    single = all(one.samples == 1 for pair in pairs for one in pair)
    shares = [one.share for one, _ in pairs], [other.share for _, other in pairs]
    return Comparison(
        first, second, pairs, ours.differences(theirs), paired(*shares, single=single)
    )
