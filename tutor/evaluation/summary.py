"""The summary of a run, without its texts: what tables and pages show.

`summary.json` in a run's folder stores it, so that pages need not read and compare all samples. It
is valid while `samples.jsonl` has as many bytes as when it was made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path

from tutor.evaluation.checked_json import read_as
from tutor.evaluation.conditions import Conditions, RunPlan
from tutor.evaluation.estimators import Estimate, Spread
from tutor.evaluation.metrics import ProblemSamples, RunMetrics, SubsetScore, metrics_of
from tutor.evaluation.samples import SampleRecord, read_description, read_run, replace_file

FORM = 1  # of `summary.json`; a summary in another form is made again
MAX_BINS = 16
WIDTHS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemSummary:
    """One problem of a run.

    key: its value. answer: the most common one, "" if there is none. agreement: the share of
    samples with that answer. If answers were not compared, both are unknown: "" and None.
    verdicts: of the samples, or how they ended if they have none.
    """

    code: str
    line: int
    subject: str
    level: str
    language: str
    key: str
    samples: int
    right: int
    tokens: int
    answer: str
    agreement: float | None
    verdicts: list[str]

    @property
    def share(self) -> float:
        return self.right / self.samples


@dataclass(frozen=True, slots=True)
class ScoreAtK:
    """pass@k and maj@k. majority: None if answers were not compared."""

    k: int
    passed: Estimate
    majority: Estimate | None


@dataclass(frozen=True, slots=True)
class LengthBin:
    """The number of samples of `low` to `high` tokens, both included."""

    low: int
    high: int
    right: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The metrics of a run, ready to be shown.

    folder, file: names. samples: the number taken, of `plan.size`. log_bytes: the size of
    `samples.jsonl`. ended_at: of the last sample, Unix time. many: scores for k from 2.
    agreement: None if answers were not compared. ends: by name, see `RunMetrics.ends`.
    steps: the count of each verdict. parts: scores by subject, level and language. tokens: of all
    samples. lengths: of samples, in bins. notes: sentences about damaged lines.
    """

    form: int
    folder: str
    file: str
    log_bytes: int
    ended_at: float
    conditions: Conditions
    plan: RunPlan
    parameters: int | None
    samples: int
    score: Estimate
    between_runs: Spread
    many: list[ScoreAtK]
    agreement: float | None
    ends: dict[str, int]
    steps: dict[str, int]
    parts: list[SubsetScore]
    memory_mib: int | None
    streams: bool
    ttft_p50_s: float | None
    ttft_p95_s: float | None
    tpot_p50_s: float | None
    tokens: int
    tokens_per_s: float | None
    tokens_per_right: float | None
    lengths: list[LengthBin]
    problems: list[ProblemSummary]
    notes: list[str]

    @property
    def is_whole(self) -> bool:
        return self.samples == self.plan.size

    @property
    def most(self) -> ScoreAtK | None:
        """The scores for the largest k."""
        return self.many[-1] if self.many else None


def summary_of(folder: Path, *, compares: bool = True) -> Summary:
    """Compute the summary. compares: also groups equal answers, which may take minutes.

    Raises UnusableRun and OSError.
    """
    log_bytes = _log_bytes(folder)
    return summarize(metrics_of(read_run(folder)), log_bytes, compares=compares)


def stored_summary(folder: Path) -> Summary | None:
    """The summary in the run's folder; None if it does not match the samples.

    Raises UnusableRun and OSError if there is no run.
    """
    now = read_description(folder)
    try:
        summary = read_as(Summary, json.loads((folder / "summary.json").read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None
    is_current = (summary.form, summary.log_bytes) == (FORM, _log_bytes(folder)) and (
        (summary.plan, summary.conditions) == (now.plan, now.conditions)
    )
    return summary if is_current and _is_sound(summary) else None


def _is_sound(summary: Summary) -> bool:
    rows, counts = summary.problems, [*summary.ends.values(), *summary.steps.values()]
    is_filled = bool(rows and summary.lengths and summary.samples > 0)
    is_known = "answer not found" in summary.ends and min([*counts, 0]) == 0
    return is_filled and is_known and all(0 <= row.right <= row.samples > 0 for row in rows)


def store_summary(summary: Summary, folder: Path) -> None:
    replace_file(folder / "summary.json", json.dumps(asdict(summary), ensure_ascii=False) + "\n")


def summarize(metrics: RunMetrics, log_bytes: int, *, compares: bool = True) -> Summary:
    run = metrics.run
    return Summary(
        form=FORM,
        folder=run.folder.name,
        file=run.name,
        log_bytes=log_bytes,
        ended_at=max(sample.began_at + sample.seconds for sample in metrics.samples),
        conditions=run.conditions,
        plan=run.plan,
        parameters=run.parameters,
        samples=len(metrics.samples),
        score=metrics.score,
        between_runs=metrics.between_runs,
        many=[
            ScoreAtK(k, passed, metrics.majority_at[k] if compares else None)
            for k, passed in metrics.pass_at.items()
        ],
        agreement=metrics.agreement if compares else None,
        ends=metrics.ends,
        steps=dict(metrics.steps),
        parts=metrics.parts,
        memory_mib=metrics.memory_mib,
        streams=metrics.streams,
        ttft_p50_s=metrics.ttft_s(0.5),
        ttft_p95_s=metrics.ttft_s(0.95),
        tpot_p50_s=metrics.tpot_s(0.5),
        tokens=metrics.tokens,
        tokens_per_s=metrics.tokens_per_s,
        tokens_per_right=metrics.tokens_per_right,
        lengths=lengths(metrics.samples),
        problems=[_problem_summary(item, compares=compares) for item in metrics.problems],
        notes=run.notes,
    )


def _problem_summary(item: ProblemSamples, *, compares: bool) -> ProblemSummary:
    problem = item.problem
    common = item.groups[0][0].answer if compares and item.groups else ""
    return ProblemSummary(
        code=problem.code,
        line=problem.line,
        subject=problem.subject,
        level=problem.level,
        language=problem.language,
        key=problem.key.value,
        samples=len(item.samples),
        right=item.right,
        tokens=sum(sample.tokens for sample in item.samples),
        answer=common,
        agreement=item.agreement if compares else None,
        verdicts=[sample.verdict or sample.outcome for sample in item.samples],
    )


def lengths(samples: Sequence[SampleRecord]) -> list[LengthBin]:
    """A histogram of the samples' tokens, with at most sixteen bins of a round width."""
    longest = max(sample.tokens for sample in samples)
    rough = (longest + 1) / MAX_BINS
    width = next((candidate for candidate in WIDTHS if candidate >= rough), ceil(rough))
    counts = Counter((sample.tokens // width, sample.is_right) for sample in samples)
    return [
        LengthBin(n * width, (n + 1) * width - 1, counts[n, True], counts[n, False])
        for n in range(longest // width + 1)
    ]


def _log_bytes(folder: Path) -> int:
    log = folder / "samples.jsonl"
    return log.stat().st_size if log.exists() else 0
