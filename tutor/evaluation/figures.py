"""From the samples of a run to its figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import TypeVar

from tutor.engine.completion import Outcome
from tutor.evaluation.estimators import (
    Estimate,
    Group,
    Spread,
    clustered,
    majority_at_k,
    pass_at_k,
    percentile,
    spread,
)
from tutor.evaluation.problems import Problem
from tutor.evaluation.samples import TOO_LONG, Run, Sample, Unusable
from tutor.grading import Verdict, group_answers

Number = TypeVar("Number", int, float)

COMPARE_S = 20.0  # all answers to one problem with one another


@dataclass(frozen=True)
class Asked:
    """A problem with its samples, at least one."""

    problem: Problem
    samples: Sequence[Sample]

    @property
    def right(self) -> int:
        return sum(sample.is_right for sample in self.samples)

    @property
    def share(self) -> float:
        return self.right / len(self.samples)

    @cached_property
    def groups(self) -> list[Sequence[Sample]]:
        """Of equal answers, the largest first, of equally large ones the one that came first."""
        answered = [sample for sample in self.samples if sample.answer]
        found = group_answers([s.answer for s in answered], self.problem.key, COMPARE_S)
        groups = [[answered[place] for place in group] for group in found.groups]
        return sorted(groups, key=len, reverse=True)

    @property
    def silent(self) -> int:
        """Samples in which no answer was found."""
        return sum(not sample.answer for sample in self.samples)

    @property
    def agreement(self) -> float:
        """The share of the samples that say the commonest answer."""
        return len(self.groups[0]) / len(self.samples) if self.groups else 0.0

    def majority(self, k: int) -> float:
        groups = [Group(len(group), sum(s.is_right for s in group)) for group in self.groups]
        return majority_at_k(groups, self.silent, k)


@dataclass(frozen=True)
class Part:
    """The problems of one subject, level or language."""

    kind: str
    name: str
    problems: int
    share: Estimate


@dataclass(frozen=True)
class Figures:
    """Of one run, whole or so far as it is there.

    `pass_at`, `majority_at`: by k. ends: how many samples ended so, by name.
    """

    run: Run
    asked: Sequence[Asked]

    @property
    def samples(self) -> Sequence[Sample]:
        return self.run.samples

    @property
    def is_whole(self) -> bool:
        return len(self.samples) == self.run.plan.size

    @cached_property
    def score(self) -> Estimate:
        """pass@1: the mean over problems, runs and samples."""
        return clustered([one.share for one in self.asked], len(self.samples))

    @cached_property
    def between_runs(self) -> Spread:
        """Of the runs' own pass@1."""
        runs: dict[int, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
        for sample in self.samples:
            runs[sample.run][sample.problem].append(sample.is_right)
        return spread([fmean(map(fmean, problems.values())) for problems in runs.values()])

    @cached_property
    def most_samples(self) -> int:
        """As many as every problem has."""
        return min(len(one.samples) for one in self.asked)

    @cached_property
    def pass_at(self) -> dict[int, Estimate]:
        return {
            k: self._mean([pass_at_k(len(one.samples), one.right, k) for one in self.asked])
            for k in self._ks()
        }

    @cached_property
    def majority_at(self) -> dict[int, Estimate]:
        return {k: self._mean([one.majority(k) for one in self.asked]) for k in self._ks()}

    def _ks(self) -> list[int]:
        """Powers of two, a run's samples, and all there are; 1 is the score itself."""
        most = self.most_samples
        powers = (2**n for n in range(1, most.bit_length()))
        return sorted({*powers, self.run.plan.samples, most} & {*range(2, most + 1)})

    def _mean(self, values: Sequence[float]) -> Estimate:
        return clustered(values, len(self.samples))

    @cached_property
    def agreement(self) -> float:
        return fmean(one.agreement for one in self.asked)

    @cached_property
    def ends(self) -> dict[str, int]:
        """Ways to end that are no right answer; a sample may be among several.

        With those that Lemma corrected on the way, right or not, where there are any.
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
    def parts(self) -> list[Part]:
        """By subject, level and language, where the problems are of several."""
        found: list[Part] = []
        for kind in ("subject", "level", "language"):
            by_name: dict[str, list[Asked]] = defaultdict(list)
            for one in self.asked:
                by_name[getattr(one.problem, kind) or "not told"].append(one)
            if len(by_name) > 1:
                found += [_part(kind, name, by_name[name]) for name in sorted(by_name)]
        return found

    @cached_property
    def steps(self) -> Counter[str]:
        """Verdicts on all steps of all samples."""
        return sum((Counter(sample.steps) for sample in self.samples), Counter())

    def ttft_s(self, share: float) -> float | None:
        return percentile(_known(sample.ttft_s for sample in self.samples), share)

    def tpot_s(self, share: float) -> float | None:
        return percentile(_known(sample.tpot_s for sample in self.samples), share)

    @property
    def streams(self) -> bool:
        """Whether text came in pieces."""
        return any(sample.pieces > 1 for sample in self.samples)

    @property
    def tokens(self) -> int:
        return sum(sample.tokens for sample in self.samples)

    @property
    def busy_s(self) -> float:
        """Seconds in which at least one of the samples was being drawn."""
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


def figures_of(run: Run) -> Figures:
    """Raises Unusable where no sample is there."""
    if not run.samples:
        raise Unusable(f"{run.folder} holds no samples yet")
    samples: dict[str, list[Sample]] = defaultdict(list)
    for sample in run.samples:
        samples[sample.problem].append(sample)
    asked = [Asked(p, samples[p.code]) for p in run.problems if p.code in samples]
    return Figures(run, asked)


def _part(kind: str, name: str, asked: Sequence[Asked]) -> Part:
    share = clustered([one.share for one in asked], sum(len(one.samples) for one in asked))
    return Part(kind, name, len(asked), share)


def _known(values: Iterable[Number | None]) -> list[Number]:
    return [value for value in values if value is not None]
