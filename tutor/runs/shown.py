"""Runs as templates show them: labels, numbers as text, and charts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

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
from tutor.solutions.dispatch.shown_steps import ShownStep, StepTally, shown, tally
from tutor.teaching.table_query import SortableColumn
from tutor.tools.second_pass import read_correction

ENDS = {
    "answer not found": gettext_lazy("No answer was found"),
    "undecided": gettext_lazy("Not decided"),
    "exhausted": gettext_lazy("Out of tokens"),
    "looping": gettext_lazy("Going round in circles"),
    "prompt too long": gettext_lazy("The problem was too long"),
    "engine failed": gettext_lazy("The engine failed"),
    "corrected": gettext_lazy("Corrected by Lemma's calculator"),
}
STEPS = {
    "proved": gettext_lazy("Proved"),
    "refuted": gettext_lazy("Refuted"),
    "unchecked": gettext_lazy("Not checkable"),
}
KINDS = {
    "subject": gettext_lazy("Subject"),
    "level": gettext_lazy("Level"),
    "language": gettext_lazy("Language"),
}
CONDITIONS = {
    "model": gettext_lazy("Model"),
    "weights": gettext_lazy("Content of its folder"),
    "engine": gettext_lazy("Engine"),
    "options": gettext_lazy("Options of the engine"),
    "recipe": gettext_lazy("Recipe"),
    "sampling": gettext_lazy("Sampling"),
    "grader": gettext_lazy("Grader"),
    "data": gettext_lazy("Content of the file"),
    "seed": gettext_lazy("Seed"),
}
OUTCOMES = {
    "budget_exhausted": ENDS["exhausted"],
    "looping": ENDS["looping"],
    "prompt_too_long": ENDS["prompt too long"],
    "engine_failed": ENDS["engine failed"],
}
FILTERS: Mapping[str, tuple[Promise | str, Callable[[ProblemSummary], bool]]] = {
    "never": (gettext_lazy("never right"), lambda row: row.right == 0),
    "sometimes": (gettext_lazy("sometimes right"), lambda row: 0 < row.right < row.samples),
    "always": (gettext_lazy("always right"), lambda row: row.right == row.samples),
}
_FAR = float("-inf")
Key = Callable[["ShownRun"], float | str]
# The orders of the list of runs; texts ascend at first, numbers descend.
ORDERS: Mapping[str, Key] = {
    "name": lambda run: run.folder.name.casefold(),
    "model": lambda run: run.model.casefold(),
    "size": lambda run: _known(run.summary.parameters if run.summary else None),
    "score": lambda run: run.summary.score.value if run.summary else _FAR,
    "memory": lambda run: _known(run.summary.memory_mib if run.summary else None),
    "speed": lambda run: _known(run.summary.tokens_per_s if run.summary else None),
    "when": lambda run: run.folder.changed_at,
}
_TEXTS = {"name", "model"}
PROBLEM_ORDERS: Mapping[str, Callable[[ProblemSummary], float]] = {
    "line": lambda row: row.line,
    "right": lambda row: row.share,
    "agreement": lambda row: _known(row.agreement),
    "tokens": lambda row: row.tokens / row.samples,
}


def _known(value: float | None) -> float:
    return _FAR if value is None else value


@dataclass(frozen=True)
class Sorting:
    """How an address sorts a table; unknown values mean the default."""

    name: str
    backwards: bool

    @classmethod
    def read(cls, query: QueryDict, orders: Mapping[str, object], default: str) -> "Sorting":
        order = query.get("sort", "")
        sort = order if order.removeprefix("-") in orders else default
        return cls(sort.removeprefix("-"), sort.startswith("-"))

    def column(self, name: str, *, most_first: bool = True) -> SortableColumn:
        """What a click on its head asks for."""
        if self.name != name:
            return SortableColumn(f"-{name}" if most_first else name, "")
        return SortableColumn(
            *((name, "descending") if self.backwards else (f"-{name}", "ascending"))
        )

    def columns(self, orders: Mapping[str, object]) -> dict[str, SortableColumn]:
        return {name: self.column(name, most_first=name not in _TEXTS) for name in orders}


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
class ShownRun:
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
class ShownMetrics:
    """The metrics of a run, as a page shows them."""

    summary: Summary

    @property
    def size(self) -> str:
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
    def least(self) -> str:
        return report.percent(self.summary.between_runs.least)

    @property
    def most(self) -> str:
        return report.percent(self.summary.between_runs.most)

    @property
    def agreement(self) -> str:
        agreement = self.summary.agreement
        return "–" if agreement is None else report.percent(agreement)

    @property
    def many(self) -> list[tuple[int, Share, Share | None]]:
        """k, pass@k, maj@k."""
        score = Share(self.summary.score)
        many = [
            (entry.k, Share(entry.passed), Share(entry.majority) if entry.majority else None)
            for entry in self.summary.many
        ]
        return [(1, score, score), *many]

    @property
    def curves(self) -> charts.CurveChart:
        return charts.curves(self.summary.score, self.summary.many)

    @property
    def columns(self) -> charts.ColumnChart:
        return charts.columns(self.summary.lengths)

    @property
    def ends(self) -> list[tuple[Promise | str, int, str]]:
        """Label, count, share."""
        n = self.summary.samples
        return [
            (ENDS[name], count, report.percent(count / n))
            for name, count in self.summary.ends.items()
            if name in ENDS
        ]

    @property
    def steps(self) -> list[tuple[str, Promise | str, int, str]]:
        """Verdict, label, count, share; empty without steps."""
        counts = {name: self.summary.steps.get(name, 0) for name in STEPS}
        total = sum(counts.values())
        return [
            (name, STEPS[name], count, report.percent(count / total))
            for name, count in counts.items()
            if total
        ]

    @property
    def step_bar(self) -> list[charts.BarSegment]:
        return charts.bar_segments([(name, self.summary.steps.get(name, 0)) for name in STEPS])

    @property
    def parts(self) -> list[tuple[Promise | str, str, int, Share]]:
        """Kind, name, number of problems, score."""
        return [
            (KINDS.get(part.kind, part.kind), part.name, part.problems, Share(part.share))
            for part in self.summary.parts
        ]

    @property
    def conditions(self) -> list[tuple[Promise | str, str]]:
        return named_conditions(self.summary.conditions)


def named_conditions(conditions: Conditions) -> list[tuple[Promise | str, str]]:
    return [(label, str(getattr(conditions, name)) or "–") for name, label in CONDITIONS.items()]


@dataclass(frozen=True)
class ShownRow:
    """A problem in a table."""

    row: ProblemSummary

    @property
    def share(self) -> str:
        return report.percent(self.row.share)

    @property
    def agreement(self) -> str:
        return "–" if self.row.agreement is None else report.percent(self.row.agreement)

    @property
    def tokens(self) -> str:
        """The mean of a sample."""
        return report.number(self.row.tokens / self.row.samples)


@dataclass(frozen=True)
class ShownSample:
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
        return OUTCOMES.get(self.sample.outcome, "")

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
class ShownComparison:
    comparison: RunComparison

    @property
    def value(self) -> str:
        return report.signed(self.comparison.score.value)

    @property
    def interval(self) -> str:
        score = self.comparison.score
        return f"{report.signed(score.low)} … {report.signed(score.high)}"

    @property
    def p(self) -> str:
        return f"{self.comparison.score.p:.2g}"

    @property
    def is_exact(self) -> bool:
        """By McNemar's test, of single answers."""
        return self.comparison.score.test.startswith("McNemar")

    @property
    def chart(self) -> charts.IntervalChart:
        """From 100 points less to 100 points more."""
        score = self.comparison.score
        low, value, high = (
            (1 + difference) / 2 for difference in (score.low, score.value, score.high)
        )
        return charts.interval_chart(Estimate(value, low, high))

    @property
    def differences(self) -> list[tuple[Promise | str, str, str]]:
        pair = (self.comparison.first.conditions, self.comparison.second.conditions)
        rows = [
            (label, *(str(getattr(conditions, name)) or "–" for conditions in pair))
            for name, label in CONDITIONS.items()
        ]
        return [row for row in rows if row[1] != row[2]]  # type: ignore[misc]

    def changes(self, hidden: set[str]) -> list[ChangedProblem]:
        changed: Sequence[tuple[ProblemSummary, ProblemSummary]] = [
            *self.comparison.worse,
            *self.comparison.better,
        ]
        return [ChangedProblem(*pair) for pair in changed if pair[0].code not in hidden]
