"""Runs, their metrics, problems and samples as templates show them: numbers as text, and charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.functional import Promise, cached_property

from tutor.evaluation import report
from tutor.evaluation.comparing import RunComparison
from tutor.evaluation.conditions import Conditions
from tutor.evaluation.estimators import Estimate
from tutor.evaluation.samples import SampleRecord
from tutor.evaluation.sampling import steps_of
from tutor.evaluation.summary import ProblemSummary, Summary
from tutor.grading.check_process.client import UNCHECKED
from tutor.grading.steps.checks import StepCheck
from tutor.runs import charts
from tutor.runs.folders import RunFolder
from tutor.runs.labels import (
    CONDITION_NAMES,
    ENDING_NAMES,
    OUTCOME_NAMES,
    PART_NAMES,
    VERDICT_NAMES,
)
from tutor.solutions.dispatch.shown_steps import ShownStep, StepTally, shown, tally
from tutor.tools.second_pass import read_correction


@dataclass(frozen=True)
class Share:
    """A share with its interval, as text and as a small chart."""

    estimate: Estimate

    @property
    def value(self) -> str:
        return report.percent(self.estimate.value)

    @property
    def interval(self) -> str:
        return f"{100 * self.estimate.low:.1f}–{100 * self.estimate.high:.1f}"

    @property
    def chart(self) -> charts.IntervalChart:
        return charts.interval_chart(self.estimate)


@dataclass(frozen=True)
class RunDisplay:
    folder: RunFolder

    @property
    def summary(self) -> Summary | None:
        return self.folder.summary

    @property
    def model(self) -> str:
        return self.folder.description.conditions.model if self.folder.description else ""

    @property
    def file(self) -> str:
        return self.folder.description.file if self.folder.description else ""

    @property
    def changed_at(self) -> datetime:
        return datetime.fromtimestamp(self.folder.changed_at, UTC)


@dataclass(frozen=True)
class MetricsDisplay:
    """The metrics of a run, as a page shows them."""

    summary: Summary

    @property
    def parameters(self) -> str:
        return report.count(self.summary.parameters)

    @property
    def score(self) -> Share:
        return Share(self.summary.score)

    @property
    def memory(self) -> str:
        return report.memory(self.summary.memory_mib)

    @property
    def tokens_per_s(self) -> str:
        return report.number(self.summary.tokens_per_s)

    @property
    def tokens_per_right(self) -> str:
        return report.number(self.summary.tokens_per_right)

    @property
    def first_token(self) -> str:
        times = (self.summary.ttft_p50_s, self.summary.ttft_p95_s)
        return " / ".join(report.seconds(time_s) for time_s in times)

    @property
    def per_token(self) -> str:
        return report.seconds(self.summary.tpot_p50_s)

    @property
    def deviation(self) -> str:
        between = self.summary.between_runs
        return "–" if between.deviation is None else report.percent(between.deviation)

    @property
    def worst_run(self) -> str:
        return report.percent(self.summary.between_runs.least)

    @property
    def best_run(self) -> str:
        return report.percent(self.summary.between_runs.most)

    @property
    def agreement(self) -> str:
        agreement = self.summary.agreement
        return "–" if agreement is None else report.percent(agreement)

    @property
    def scores_at_k(self) -> list[tuple[int, Share, Share | None]]:
        """k, pass@k, maj@k."""
        score = Share(self.summary.score)
        further = [
            (entry.k, Share(entry.passed), Share(entry.majority) if entry.majority else None)
            for entry in self.summary.many
        ]
        return [(1, score, score), *further]

    @property
    def curves(self) -> charts.CurveChart:
        return charts.curves(self.summary.score, self.summary.many)

    @property
    def lengths(self) -> charts.ColumnChart:
        return charts.columns(self.summary.lengths)

    @property
    def endings(self) -> list[tuple[Promise | str, int, str]]:
        """Label, count, share."""
        n = self.summary.samples
        return [
            (ENDING_NAMES[name], count, report.percent(count / n))
            for name, count in self.summary.ends.items()
            if name in ENDING_NAMES
        ]

    @property
    def steps(self) -> list[tuple[str, Promise | str, int, str]]:
        """Verdict, label, count, share; empty without steps."""
        counts = {name: self.summary.steps.get(name, 0) for name in VERDICT_NAMES}
        total = sum(counts.values())
        return [
            (name, VERDICT_NAMES[name], count, report.percent(count / total))
            for name, count in counts.items()
            if total
        ]

    @property
    def step_bar(self) -> list[charts.BarSegment]:
        return charts.bar_segments(
            [(name, self.summary.steps.get(name, 0)) for name in VERDICT_NAMES]
        )

    @property
    def parts(self) -> list[tuple[Promise | str, str, int, Share]]:
        """Kind, name, number of problems, score."""
        return [
            (PART_NAMES.get(part.kind, part.kind), part.name, part.problems, Share(part.share))
            for part in self.summary.parts
        ]

    @property
    def conditions(self) -> list[tuple[Promise | str, str]]:
        return named_conditions(self.summary.conditions)


def named_conditions(conditions: Conditions) -> list[tuple[Promise | str, str]]:
    return [
        (label, str(getattr(conditions, name)) or "–") for name, label in CONDITION_NAMES.items()
    ]


@dataclass(frozen=True)
class ProblemDisplay:
    """A problem in a table."""

    problem: ProblemSummary

    @property
    def share(self) -> str:
        return report.percent(self.problem.share)

    @property
    def agreement(self) -> str:
        return "–" if self.problem.agreement is None else report.percent(self.problem.agreement)

    @property
    def tokens(self) -> str:
        """The mean of a sample."""
        return report.number(self.problem.tokens / self.problem.samples)


@dataclass(frozen=True)
class SampleDisplay:
    """A completion with its steps; unreadable checks count as unchecked."""

    sample: SampleRecord
    statement: str

    @cached_property
    def steps(self) -> list[ShownStep]:
        steps = steps_of(self.sample.text)
        checks = [_readable_check(check) for check in self.sample.checks]
        return shown(steps, checks if len(checks) == len(steps) else [])

    @property
    def tally(self) -> StepTally | None:
        return tally(self.steps)

    @property
    def reasoning(self) -> list[str]:
        """The paragraphs of the reasoning, for the renderer."""
        return [part for part in self.sample.reasoning.split("\n\n") if part.strip()]

    @property
    def outcome(self) -> Promise | str:
        """How it ended, unless it ended by itself."""
        return OUTCOME_NAMES.get(self.sample.outcome, "")

    @property
    def corrections(self) -> list[tuple[int, str, str]]:
        """Step from 1, the refuted claim, and what Lemma wrote instead, or ""."""
        corrections = (read_correction(fields) for fields in self.sample.corrections)
        return [
            (correction.step + 1, correction.refuted, correction.value)
            for correction in corrections
            if correction
        ]

    @property
    def seconds(self) -> str:
        return report.seconds(self.sample.seconds)


def _readable_check(check: dict[str, object]) -> dict[str, object]:
    try:
        return StepCheck.from_dict(check).to_dict()
    except (AttributeError, KeyError, TypeError, ValueError):
        return UNCHECKED.to_dict()


@dataclass(frozen=True)
class ChangedProblem:
    """A problem that one of two runs gets right more often."""

    first: ProblemSummary
    second: ProblemSummary

    @property
    def is_better(self) -> bool:
        return self.second.share > self.first.share


@dataclass(frozen=True)
class ComparisonDisplay:
    runs: RunComparison

    @property
    def value(self) -> str:
        return _signed(self.runs.score.value)

    @property
    def interval(self) -> str:
        score = self.runs.score
        return f"{_signed(score.low)} … {_signed(score.high)}"

    @property
    def p(self) -> str:
        return f"{self.runs.score.p:.2g}"

    @property
    def is_exact(self) -> bool:
        """By McNemar's test, of single answers."""
        return self.runs.score.test.startswith("McNemar")

    @property
    def chart(self) -> charts.IntervalChart:
        """From 100 points less to 100 points more."""
        score = self.runs.score
        low, value, high = (
            (1 + difference) / 2 for difference in (score.low, score.value, score.high)
        )
        return charts.interval_chart(Estimate(value, low, high))

    @property
    def differences(self) -> list[tuple[Promise | str, str, str]]:
        pair = (self.runs.first.conditions, self.runs.second.conditions)
        rows = [
            (label, *(str(getattr(conditions, name)) or "–" for conditions in pair))
            for name, label in CONDITION_NAMES.items()
        ]
        return [row for row in rows if row[1] != row[2]]  # type: ignore[misc]

    def changes(self, hidden: set[str]) -> list[ChangedProblem]:
        changed: Sequence[tuple[ProblemSummary, ProblemSummary]] = [
            *self.runs.worse,
            *self.runs.better,
        ]
        return [ChangedProblem(*pair) for pair in changed if pair[0].code not in hidden]


def _signed(share: float) -> str:
    return report.signed(share).replace("-", "−")
