"""Compares two runs on the same problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.evaluation.estimators import PairedDifference, paired
from tutor.evaluation.summary import ProblemSummary, Summary


class Incomparable(ValueError):
    """Two runs cannot be compared. reason: data, grader or nothing (in common)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class RunComparison:
    """Two runs on their common problems.

    pairs: each common problem, as the first and as the second run has it.
    differences: of the conditions, in words; they may explain the difference in score.
    """

    first: Summary
    second: Summary
    pairs: Sequence[tuple[ProblemSummary, ProblemSummary]]
    differences: Sequence[str]
    score: PairedDifference

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the difference excludes 0."""
        return self.score.low > 0 or self.score.high < 0

    @property
    def better(self) -> Sequence[tuple[ProblemSummary, ProblemSummary]]:
        """The problems that the second run gets right more often."""
        return [(first, second) for first, second in self.pairs if second.share > first.share]

    @property
    def worse(self) -> Sequence[tuple[ProblemSummary, ProblemSummary]]:
        return [(first, second) for first, second in self.pairs if second.share < first.share]

    @property
    def left_out(self) -> int:
        """The number of problems of which only one run has samples."""
        return len(self.first.problems) + len(self.second.problems) - 2 * len(self.pairs)


def compare(first: Summary, second: Summary) -> RunComparison:
    """Raises Incomparable."""
    _require_same_conditions(first, second)
    second_by_code = {problem.code: problem for problem in second.problems}
    pairs = [
        (problem, second_by_code[problem.code])
        for problem in first.problems
        if problem.code in second_by_code
    ]
    if not pairs:
        raise Incomparable("nothing", "the runs have no problem in common yet")
    single = all(problem.samples == 1 for pair in pairs for problem in pair)
    shares = [left.share for left, _ in pairs], [right.share for _, right in pairs]
    differences = first.conditions.differences(second.conditions)
    return RunComparison(first, second, pairs, differences, paired(*shares, single=single))


def _require_same_conditions(first: Summary, second: Summary) -> None:
    """Raises Incomparable."""
    data, other_data = first.conditions.data, second.conditions.data
    if data != other_data:
        raise Incomparable(
            "data",
            f"the runs have other problems: {first.file} ({data[:12]})"
            f" and {second.file} ({other_data[:12]})",
        )
    grader, other_grader = first.conditions.grader, second.conditions.grader
    if grader != other_grader:
        raise Incomparable(
            "grader", f"the runs were judged differently: by {grader} and by {other_grader}"
        )
