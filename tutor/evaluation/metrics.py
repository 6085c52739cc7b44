"""Computes the metrics of a run from its samples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

from tutor.engine.completion import Outcome
from tutor.evaluation.estimators import (
    Estimate,
    Spread,
    VoteGroup,
    clustered,
    majority_at_k,
    pass_at_k,
    percentile,
    spread,
)
from tutor.evaluation.problems import EvaluationProblem
from tutor.evaluation.samples import TOO_LONG, Run, SampleRecord, UnusableRun
from tutor.grading import Verdict, group_answers
from tutor.grading.processes.once import cached_property

Number = TypeVar("Number", int, float)

MAX_GROUPING_WORK_S = 20.0  # to compare all answers to one problem


@dataclass(frozen=True)
class ProblemSamples:
    """A problem with its samples, at least one."""

    problem: EvaluationProblem
    samples: Sequence[SampleRecord]

    @property
    def right(self) -> int:
        return sum(sample.is_right for sample in self.samples)

    @property
    def share(self) -> float:
        return self.right / len(self.samples)

    @cached_property
    def groups(self) -> list[Sequence[SampleRecord]]:
        """Samples with equal answers, the largest group first; of equal groups, the earlier one."""
        answered = [sample for sample in self.samples if sample.answer]
        grouping = group_answers(
            [s.answer for s in answered], self.problem.key, MAX_GROUPING_WORK_S
        )
        groups = [[answered[index] for index in group] for group in grouping.groups]
        return sorted(groups, key=len, reverse=True)

    @property
    def silent(self) -> int:
        """The number of samples without an answer."""
        return sum(not sample.answer for sample in self.samples)

    @property
    def agreement(self) -> float:
        """The share of samples with the most common answer."""
        return len(self.groups[0]) / len(self.samples) if self.groups else 0.0

    def majority(self, k: int) -> float:
        groups = [VoteGroup(len(group), sum(s.is_right for s in group)) for group in self.groups]
        return majority_at_k(groups, self.silent, k)


@dataclass(frozen=True)
class SubsetScore:
    """The problems of one subject, level or language."""

    kind: str
    name: str
    problems: int
    share: Estimate


@dataclass(frozen=True)
class RunMetrics:
    """The metrics of a run, finished or not.

    pass_at, majority_at: by k. ends: the number of samples by their end.
    """

    run: Run
    problems: Sequence[ProblemSamples]

    @property
    def samples(self) -> Sequence[SampleRecord]:
        return self.run.samples

    @property
    def is_whole(self) -> bool:
        return len(self.samples) == self.run.plan.size

    @cached_property
    def score(self) -> Estimate:
        """pass@1: the mean over problems, runs and samples."""
        return clustered([problem.share for problem in self.problems], len(self.samples))

    @cached_property
    def between_runs(self) -> Spread:
        """The spread of pass@1 between runs."""
        runs: dict[int, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
        for sample in self.samples:
            runs[sample.run][sample.problem].append(sample.is_right)
        return spread([fmean(map(fmean, problems.values())) for problems in runs.values()])

    @cached_property
    def min_samples(self) -> int:
        """The number of samples that every problem has."""
        return min(len(problem.samples) for problem in self.problems)

    @cached_property
    def pass_at(self) -> dict[int, Estimate]:
        return {
            k: self._mean(
                [pass_at_k(len(problem.samples), problem.right, k) for problem in self.problems]
            )
            for k in self._ks()
        }

    @cached_property
    def majority_at(self) -> dict[int, Estimate]:
        return {
            k: self._mean([problem.majority(k) for problem in self.problems]) for k in self._ks()
        }

    def _ks(self) -> list[int]:
        """Powers of two, the samples of one run, and all; without 1, which is the score itself."""
        largest = self.min_samples
        powers = (2**n for n in range(1, largest.bit_length()))
        return sorted({*powers, self.run.plan.samples, largest} & {*range(2, largest + 1)})

    def _mean(self, values: Sequence[float]) -> Estimate:
        return clustered(values, len(self.samples))

    @cached_property
    def agreement(self) -> float:
        return fmean(problem.agreement for problem in self.problems)

    @cached_property
    def ends(self) -> dict[str, int]:
        """Counts of ends other than an answer; a sample may count for several.

        "corrected", if there are any, counts samples that Lemma corrected, right or not.
        """
        outcomes = Counter(sample.outcome for sample in self.samples)
        corrected = sum(bool(sample.corrections) for sample in self.samples)
        return {
            "answer not found": sum(not sample.answer for sample in self.samples),
            "undecided": sum(s.verdict == Verdict.UNDECIDED for s in self.samples),
            "exhausted": outcomes[Outcome.BUDGET_EXHAUSTED],
            "looping": outcomes[Outcome.LOOPING],
            "prompt too long": outcomes[TOO_LONG],
            "engine failed": outcomes[Outcome.ENGINE_FAILED],
            **({"corrected": corrected} if corrected else {}),
        }

    @cached_property
    def parts(self) -> list[SubsetScore]:
        """By subject, level and language, if the problems have several."""
        subsets: list[SubsetScore] = []
        for kind in ("subject", "level", "language"):
            by_name: dict[str, list[ProblemSamples]] = defaultdict(list)
            for problem in self.problems:
                by_name[getattr(problem.problem, kind) or "not told"].append(problem)
            if len(by_name) > 1:
                subsets += [_subset_score(kind, name, by_name[name]) for name in sorted(by_name)]
        return subsets

    @cached_property
    def steps(self) -> Counter[str]:
        """The count of each verdict on the steps of all samples."""
        return sum((Counter(sample.steps) for sample in self.samples), Counter())

    def ttft_s(self, share: float) -> float | None:
        return percentile(_known(sample.ttft_s for sample in self.samples), share)

    def tpot_s(self, share: float) -> float | None:
        return percentile(_known(sample.tpot_s for sample in self.samples), share)

    @property
    def streams(self) -> bool:
        """Whether the engine sent text in pieces."""
        return any(sample.pieces > 1 for sample in self.samples)

    @property
    def tokens(self) -> int:
        return sum(sample.tokens for sample in self.samples)

    @property
    def busy_s(self) -> float:
        """The time in which at least one sample was taken."""
        busy, until = 0.0, float("-inf")
        for sample in sorted(self.samples, key=lambda sample: sample.began_at):
            end = sample.began_at + sample.seconds
            busy += max(0.0, end - max(until, sample.began_at))
            until = max(until, end)
        return busy

    @property
    def tokens_per_s(self) -> float | None:
        """Of all streams together."""
        return self.tokens / self.busy_s if self.busy_s else None

    @property
    def tokens_per_right(self) -> float | None:
        right = sum(sample.is_right for sample in self.samples)
        return self.tokens / right if right else None

    @property
    def memory_mib(self) -> int | None:
        return max(_known(sample.memory_mib for sample in self.samples), default=None)


def metrics_of(run: Run) -> RunMetrics:
    """Raises UnusableRun without samples."""
    if not run.samples:
        raise UnusableRun(f"{run.folder} holds no samples yet")
    samples: dict[str, list[SampleRecord]] = defaultdict(list)
    for sample in run.samples:
        samples[sample.problem].append(sample)
    problems = [ProblemSamples(p, samples[p.code]) for p in run.problems if p.code in samples]
    return RunMetrics(run, problems)


def _subset_score(kind: str, name: str, problems: Sequence[ProblemSamples]) -> SubsetScore:
    share = clustered(
        [problem.share for problem in problems], sum(len(problem.samples) for problem in problems)
    )
    return SubsetScore(kind, name, len(problems), share)


def _known(values: Iterable[Number | None]) -> list[Number]:
    return [value for value in values if value is not None]
