"""Stores the samples of a run, one line of JSON each, on the disk before the next one.

A run's folder contains `run.json` (conditions and plan), `problems.jsonl` (the problems with their
keys) and `samples.jsonl`. Whatever kills the process, a sample is stored whole or not at all.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Self

from tutor.evaluation.checked_json import read_as
from tutor.evaluation.conditions import Conditions, OtherConditions, RunPlan, SampleId
from tutor.evaluation.problems import EvaluationProblem, ProblemFile

MAX_SAMPLES = 10_000_000  # in a plan
TOO_LONG = "prompt_too_long"  # an outcome beside the engine's own
_UNREADABLE = (ValueError, RecursionError)  # as JSON, or as what it should be


class UnusableRun(ValueError):
    """Says what is wrong with a run's folder or options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRecord:
    """One completion with its grade.

    outcome: see `engine.completion.Outcome`, or TOO_LONG. text: without the reasoning. tokens: of
    both. answer: extracted from the text, "" if there is none. steps: the count of each verdict.
    checks: of each step, as `StepCheck.to_dict`; empty in old records. ttft_s: None without a
    token. seconds: from the request to the last token. pieces: the number of deltas with text.
    began_at: Unix time. memory_mib: the peak so far of the engine's processes, None for a server.
    error: the engine's message. conditions: their digest. calls: tool calls in order, with results.
    corrections: of steps, as `Correction.to_dict`; text that Lemma wrote is not the model's.
    """

    problem: str
    run: int
    sample: int
    seed: int
    outcome: str
    reasoning: str
    text: str
    tokens: int
    answer: str
    verdict: str
    rule: str
    steps: dict[str, int] = field(default_factory=dict)
    checks: list[dict[str, Any]] = field(default_factory=list)
    ttft_s: float | None = None
    seconds: float = 0.0
    pieces: int = 0
    began_at: float = 0.0
    memory_mib: int | None = None
    error: str = ""
    conditions: str = ""
    calls: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def ungraded(cls, sample_id: SampleId, seed: int, began_at: float, **fields: Any) -> Self:
        """seed: of the run. fields: what came of it; without them, the engine gave nothing."""
        nothing = {"reasoning": "", "text": "", "tokens": 0}
        return cls(
            problem=sample_id.problem,
            run=sample_id.run,
            sample=sample_id.sample,
            seed=sample_id.seed(seed),
            began_at=round(began_at, 3),
            answer="",
            verdict="",
            rule="",
            **{**nothing, **fields},
        )

    @property
    def sample_id(self) -> SampleId:
        return SampleId(self.problem, self.run, self.sample)

    @property
    def is_right(self) -> bool:
        return self.verdict == "correct"

    @property
    def tpot_s(self) -> float | None:
        """Time per output token after the first."""
        if self.ttft_s is None or self.tokens < 2 or self.pieces < 2:
            return None
        return (self.seconds - self.ttft_s) / (self.tokens - 1)

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """Raises ValueError and RecursionError."""
        sample = read_as(cls, json.loads(line))
        if min(sample.tokens, sample.seconds, sample.pieces, *sample.steps.values(), 0) < 0:
            raise ValueError(f"need counts and times from 0, got {line[:40]!r}")
        return sample


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its folder stores it. parameters: of the model, None if unknown.

    samples: those in the plan, each once. notes: sentences about damaged lines.
    """

    folder: Path
    name: str  # of the file of problems
    conditions: Conditions
    plan: RunPlan
    parameters: int | None
    problems: list[EvaluationProblem]
    samples: list[SampleRecord]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Description:
    """The content of `run.json`. file: its name. parameters: of the model, None if unknown."""

    file: str
    conditions: Conditions
    plan: RunPlan
    parameters: int | None


class SampleLog:
    """Appends samples to a run's folder, and locks it against other processes."""

    def __init__(self, file: IO[bytes], taken: set[SampleId], notes: list[str]) -> None:
        self.taken = taken
        self.notes = notes
        self._file = file

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raises UnusableRun if another process takes samples into the folder, and OSError."""
        file = (folder / "samples.jsonl").open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise UnusableRun(f"another process takes samples into {folder}") from None
        notes = _mend(file)
        file.seek(0)
        samples, broken = read_samples(file)
        return cls(file, {sample.sample_id for sample in samples}, notes + broken)

    def append(self, sample: SampleRecord) -> None:
        """Returns when the sample is on the disk."""
        line = json.dumps(asdict(sample), ensure_ascii=False) + "\n"
        self._file.write(line.encode())
        self._file.flush()
        os.fsync(self._file.fileno())
        self.taken.add(sample.sample_id)

    def close(self) -> None:
        self._file.close()


def _mend(file: IO[bytes]) -> list[str]:
    """Complete the last line with its line break, or cut it off if it is torn."""
    file.seek(0)
    content = file.read()
    last = content.rpartition(b"\n")[2]
    if not last:
        return []
    if _is_whole(last):
        file.write(b"\n")
        note = "The last line of samples.jsonl had no end, and has one now."
    else:
        file.truncate(len(content) - len(last))
        note = "The last line of samples.jsonl was torn and is cut off; its sample is taken again."
    file.flush()
    os.fsync(file.fileno())
    return [note]


def _is_whole(line: bytes) -> bool:
    try:
        SampleRecord.from_line(line)
    except _UNREADABLE:
        return False
    return True


def read_samples(lines: Iterable[bytes]) -> tuple[list[SampleRecord], list[str]]:
    """The first sample of each id, and notes about unreadable lines."""
    first_samples: dict[SampleId, SampleRecord] = {}
    notes: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            sample = SampleRecord.from_line(line)
        except _UNREADABLE:
            notes.append(f"Line {number} of samples.jsonl cannot be read and does not count.")
            continue
        first_samples.setdefault(sample.sample_id, sample)
    return list(first_samples.values()), notes


def check_conditions(folder: Path, conditions: Conditions) -> None:
    """Raises OtherConditions if the folder's run was begun under others.

    Empty values of `conditions` are not known yet, and are not compared.
    """
    if not (folder / "run.json").exists():
        return
    earlier = read_description(folder).conditions
    known = {name: value for name, value in asdict(conditions).items() if value != ""}
    if differences := earlier.differences(replace(earlier, **known)):
        raise OtherConditions(
            f"{folder} was begun under other conditions: {'; '.join(differences)}."
            " Samples of both make no figure: name another folder with --out"
        )


def begin_run(
    folder: Path, file: ProblemFile, conditions: Conditions, plan: RunPlan, parameters: int | None
) -> RunPlan:
    """Make a run's folder, or continue an existing one; returns the plan for both.

    Raises OtherConditions, UnusableRun and OSError.
    """
    check_conditions(folder, conditions)
    if (folder / "run.json").exists():
        plan = plan.merged(read_description(folder).plan)
    lines = "".join(_line(problem.to_dict()) for problem in file.problems[: plan.problems])
    replace_file(folder / "problems.jsonl", lines)
    fields = asdict(Description(file.name, conditions, plan, parameters))
    replace_file(folder / "run.json", json.dumps(fields, ensure_ascii=False, indent=2) + "\n")
    return plan


def read_run(folder: Path) -> Run:
    """Raises UnusableRun and OSError."""
    description = read_description(folder)
    problems = read_run_problems(folder)
    log = folder / "samples.jsonl"
    with (log if log.exists() else Path(os.devnull)).open("rb") as lines:
        samples, notes = read_samples(lines)
    _check_conditions_of(samples, description.conditions, folder)
    plan = description.plan
    codes = {problem.code for problem in problems[: plan.problems]}
    planned = (
        sample for sample in samples if sample.problem in codes and plan.includes(sample.sample_id)
    )
    return Run(
        folder=folder,
        name=description.file,
        conditions=description.conditions,
        plan=plan,
        parameters=description.parameters,
        problems=problems,
        samples=sorted(planned, key=lambda sample: (sample.run, sample.sample)),
        notes=notes,
    )


def _check_conditions_of(samples: list[SampleRecord], conditions: Conditions, folder: Path) -> None:
    foreign = [sample for sample in samples if sample.conditions != conditions.digest]
    if foreign:
        sample_id = foreign[0].sample_id
        raise UnusableRun(
            f"{folder} holds {len(foreign)} samples of other conditions, such as number"
            f" {sample_id.sample} of run {sample_id.run} of problem {sample_id.problem}"
        )


def read_description(folder: Path) -> Description:
    """Read the folder's `run.json`. Raises UnusableRun and OSError."""
    path = folder / "run.json"
    if not path.is_file():
        raise UnusableRun(f"{folder} holds no run: there is no run.json in it")
    try:
        description = read_as(Description, json.loads(path.read_bytes()))
    except _UNREADABLE as error:
        raise UnusableRun(f"{path} cannot be read: {error}") from error
    plan = description.plan
    if min(plan.problems, plan.samples, plan.runs) < 1 or plan.size > MAX_SAMPLES:
        raise UnusableRun(f"{path} plans {plan.size} samples, which cannot be")
    return description


def read_run_problems(folder: Path) -> list[EvaluationProblem]:
    """The problems of a run. Raises UnusableRun and OSError."""
    path = folder / "problems.jsonl"
    if not path.is_file():
        raise UnusableRun(f"{folder} holds no problems: there is no problems.jsonl in it")
    with path.open("rb") as lines:
        try:
            return [read_as(EvaluationProblem, json.loads(line)) for line in lines]
        except _UNREADABLE as error:
            raise UnusableRun(f"{path} cannot be read: {error}") from error


def _line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


def replace_file(path: Path, text: str) -> None:
    """Write `text` to `path`, whole or not at all."""
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
