"""A run in figures, without its texts: what every table and page shows.

`summary.json` in a run's folder keeps it, so that a page need not read and compare all samples
again. It belongs to so many bytes of `samples.jsonl`; of a longer one it says nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path

from tutor.evaluation.conditions import Conditions, Plan
from tutor.evaluation.estimators import Estimate, Spread
from tutor.evaluation.figures import Asked, Figures, Part, figures_of
from tutor.evaluation.samples import Sample, read_description, read_run, replace_file
from tutor.evaluation.typed import read_as

FORM = 1  # of what is kept; what was kept in another is made again
MOST_BARS = 16
WIDTHS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A problem. key: its value. answer: the commonest, "" where there is none.

    agreement: the share of samples that say it. Both unknown, "" and None, where answers were not
    compared. verdicts: of the samples, or how they ended where that is all there is.
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
class OfMany:
    """What k samples achieve. majority: None where answers were not compared."""

    k: int
    passed: Estimate
    majority: Estimate | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Samples of `low` to `high` tokens, both included."""

    low: int
    high: int
    right: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """folder, file: names. samples: how many there are; `plan.size` are wanted.

    log_bytes: of `samples.jsonl`. ended_at: of the last sample, seconds since 1970. many: for
    k from 2. agreement: None where answers were not compared. ends: by name, see `Figures.ends`.
    steps: verdicts on all steps. parts: by subject, level and language. tokens: all of them.
    lengths: of samples. notes: what was found broken.
    """

    form: int
    folder: str
    file: str
    log_bytes: int
    ended_at: float
    conditions: Conditions
    plan: Plan
    parameters: int | None
    samples: int
    score: Estimate
    between_runs: Spread
    many: list[OfMany]
    agreement: float | None
    ends: dict[str, int]
    steps: dict[str, int]
    parts: list[Part]
    memory_mib: int | None
    streams: bool
    ttft_p50_s: float | None
    ttft_p95_s: float | None
    tpot_p50_s: float | None
    tokens: int
    tokens_per_s: float | None
    tokens_per_right: float | None
    lengths: list[Bar]
    problems: list[Row]
    notes: list[str]

    @property
    def is_whole(self) -> bool:
        return self.samples == self.plan.size

    @property
    def most(self) -> OfMany | None:
        """That of the most samples."""
        return self.many[-1] if self.many else None


def summary_of(folder: Path, *, compares: bool = True) -> Summary:
    """From the samples. compares: answers with one another too, which may take minutes.

    Raises Unusable and OSError.
    """
    log_bytes = _log_bytes(folder)
    return summarised(figures_of(read_run(folder)), log_bytes, compares=compares)


def kept_summary(folder: Path) -> Summary | None:
    """That which a run left behind; None where it is not that of the samples there are now.

    Raises Unusable and OSError where there is no run.
    """
    now = read_description(folder)
    try:
        found = read_as(Summary, json.loads((folder / "summary.json").read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None
    is_of_these = (found.form, found.log_bytes) == (FORM, _log_bytes(folder)) and (
        (found.plan, found.conditions) == (now.plan, now.conditions)
    )
    return found if is_of_these and _is_sound(found) else None


def _is_sound(summary: Summary) -> bool:
    rows, counts = summary.problems, [*summary.ends.values(), *summary.steps.values()]
    is_filled = bool(rows and summary.lengths and summary.samples > 0)
    is_known = "answer not found" in summary.ends and min([*counts, 0]) == 0
    return is_filled and is_known and all(0 <= row.right <= row.samples > 0 for row in rows)


def keep(summary: Summary, folder: Path) -> None:
    replace_file(folder / "summary.json", json.dumps(asdict(summary), ensure_ascii=False) + "\n")


def summarised(figures: Figures, log_bytes: int, *, compares: bool = True) -> Summary:
    run = figures.run
    return Summary(
        form=FORM,
        folder=run.folder.name,
        file=run.name,
        log_bytes=log_bytes,
        ended_at=max(sample.began_at + sample.seconds for sample in figures.samples),
        conditions=run.conditions,
        plan=run.plan,
        parameters=run.parameters,
        samples=len(figures.samples),
        score=figures.score,
        between_runs=figures.between_runs,
        many=[
            OfMany(k, passed, figures.majority_at[k] if compares else None)
            for k, passed in figures.pass_at.items()
        ],
        agreement=figures.agreement if compares else None,
        ends=figures.ends,
        steps=dict(figures.steps),
        parts=figures.parts,
        memory_mib=figures.memory_mib,
        streams=figures.streams,
        ttft_p50_s=figures.ttft_s(0.5),
        ttft_p95_s=figures.ttft_s(0.95),
        tpot_p50_s=figures.tpot_s(0.5),
        tokens=figures.tokens,
        tokens_per_s=figures.tokens_per_s,
        tokens_per_right=figures.tokens_per_right,
        lengths=lengths(figures.samples),
        problems=[_row(one, compares=compares) for one in figures.asked],
        notes=run.notes,
    )


def _row(one: Asked, *, compares: bool) -> Row:
    problem = one.problem
    common = one.groups[0][0].answer if compares and one.groups else ""
    return Row(
        code=problem.code,
        line=problem.line,
        subject=problem.subject,
        level=problem.level,
        language=problem.language,
        key=problem.key.value,
        samples=len(one.samples),
        right=one.right,
        tokens=sum(sample.tokens for sample in one.samples),
        answer=common,
        agreement=one.agreement if compares else None,
        verdicts=[sample.verdict or sample.outcome for sample in one.samples],
    )


def lengths(samples: Sequence[Sample]) -> list[Bar]:
    """How many samples have how many tokens, in at most sixteen bars of a round width."""
    longest = max(sample.tokens for sample in samples)
    rough = (longest + 1) / MOST_BARS
    width = next((one for one in WIDTHS if one >= rough), ceil(rough))
    counts = Counter((sample.tokens // width, sample.is_right) for sample in samples)
    return [
        Bar(n * width, (n + 1) * width - 1, counts[n, True], counts[n, False])
        for n in range(longest // width + 1)
    ]


def _log_bytes(folder: Path) -> int:
    log = folder / "samples.jsonl"
    return log.stat().st_size if log.exists() else 0
