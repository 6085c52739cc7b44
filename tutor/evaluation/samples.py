"""The samples of a run, kept in full: one line of JSON each, on the disk before the next.

A run's folder holds `run.json` (conditions and plan), `problems.jsonl` (what was asked, with the
keys) and `samples.jsonl`. Whatever kills the process, a sample is there whole or not at all.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Self

from tutor.evaluation.conditions import Conditions, OtherConditions, Place, Plan
from tutor.evaluation.problems import Problem, ProblemFile
from tutor.evaluation.typed import read_as

MOST_SAMPLES = 10_000_000  # of a plan
TOO_LONG = "prompt_too_long"  # an outcome beside the engine's own
_UNREADABLE = (ValueError, RecursionError)  # as JSON, or as what it should be


class Unusable(ValueError):
    """What is wrong with a run's folder, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One completion and what became of it.

    outcome: see `engine.completion.Outcome`, or TOO_LONG. text: without the reasoning. tokens: of
    both. answer: as found in the text, "" where there is none. steps: how many have which verdict.
    checks: of each step, by `StepCheck.to_dict`; none in records from before they were kept.
    ttft_s: None where nothing came. seconds: from the question to the last token. pieces: in which
    the text came. began_at: seconds since 1970. memory_mib: the most so far of the engine's
    processes, None where they are elsewhere. error: what the engine said. conditions: the digest.
    calls: of tools, in their order, with their results. corrections: of steps, by
    `Correction.to_dict`; what they say was written by Lemma is not the model's.
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

    @property
    def place(self) -> Place:
        return Place(self.problem, self.run, self.sample)

    @property
    def is_right(self) -> bool:
        return self.verdict == "correct"

    @property
    def tpot_s(self) -> float | None:
        """Seconds for each token after the first."""
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
    """What a folder holds. parameters: of the model, None where not known.

    samples: those of the plan, each place once. notes: what was found broken, in sentences.
    """

    folder: Path
    name: str  # of the file of problems
    conditions: Conditions
    plan: Plan
    parameters: int | None
    problems: list[Problem]
    samples: list[Sample]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Description:
    """What `run.json` says. file: its name. parameters: of the model, None where not known."""

    file: str
    conditions: Conditions
    plan: Plan
    parameters: int | None


class SampleLog:
    """Appends samples to a run's folder, which nobody else can do meanwhile."""

    def __init__(self, file: IO[bytes], drawn: set[Place], notes: list[str]) -> None:
        self.drawn = drawn
        self.notes = notes
        self._file = file

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raises Unusable where another process draws, OSError."""
        file = (folder / "samples.jsonl").open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise Unusable(f"another process draws samples into {folder}") from None
        notes = _mend(file)
        file.seek(0)
        samples, broken = read_samples(file)
        return cls(file, {sample.place for sample in samples}, notes + broken)

    def append(self, sample: Sample) -> None:
        """Returns when it is on the disk."""
        line = json.dumps(asdict(sample), ensure_ascii=False) + "\n"
        self._file.write(line.encode())
        self._file.flush()
        os.fsync(self._file.fileno())
        self.drawn.add(sample.place)

    def close(self) -> None:
        self._file.close()


def _mend(file: IO[bytes]) -> list[str]:
    """See to it that the last line has an end; cut off what is not a whole one."""
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
        note = "The last line of samples.jsonl was torn and is cut off; its sample is drawn again."
    file.flush()
    os.fsync(file.fileno())
    return [note]


def _is_whole(line: bytes) -> bool:
    try:
        Sample.from_line(line)
    except _UNREADABLE:
        return False
    return True


def read_samples(lines: Iterable[bytes]) -> tuple[list[Sample], list[str]]:
    """Each place's first sample, and what is wrong with other lines."""
    found: dict[Place, Sample] = {}
    notes: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            sample = Sample.from_line(line)
        except _UNREADABLE:
            notes.append(f"Line {number} of samples.jsonl cannot be read and does not count.")
            continue
        found.setdefault(sample.place, sample)
    return list(found.values()), notes


def check_conditions(folder: Path, conditions: Conditions) -> None:
    """Raises OtherConditions where the folder's run was begun under others.

    What is empty in `conditions` is not known yet, and is passed over.
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


def begin(
    folder: Path, file: ProblemFile, conditions: Conditions, plan: Plan, parameters: int | None
) -> Plan:
    """Make a run's folder, or go on with the one that is there; the plan that holds now.

    Raises OtherConditions, Unusable and OSError.
    """
    check_conditions(folder, conditions)
    if (folder / "run.json").exists():
        plan = plan.grown(read_description(folder).plan)
    asked = "".join(_line(problem.to_dict()) for problem in file.problems[: plan.problems])
    replace_file(folder / "problems.jsonl", asked)
    described = asdict(Description(file.name, conditions, plan, parameters))
    replace_file(folder / "run.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    return plan


def read_run(folder: Path) -> Run:
    """Raises Unusable and OSError."""
    described = read_description(folder)
    problems = read_asked(folder)
    log = folder / "samples.jsonl"
    with (log if log.exists() else Path(os.devnull)).open("rb") as lines:
        samples, notes = read_samples(lines)
    conditions = described.conditions
    strange = [sample for sample in samples if sample.conditions != conditions.digest]
    if strange:
        place = strange[0].place
        raise Unusable(
            f"{folder} holds {len(strange)} samples of other conditions, such as number"
            f" {place.sample} of run {place.run} of problem {place.problem}"
        )
    plan, codes = described.plan, {problem.code for problem in problems[: described.plan.problems]}
    samples = sorted(
        (sample for sample in samples if sample.problem in codes and plan.has(sample.place)),
        key=lambda sample: (sample.run, sample.sample),
    )
    return Run(
        folder=folder,
        name=described.file,
        conditions=conditions,
        plan=plan,
        parameters=described.parameters,
        problems=problems,
        samples=samples,
        notes=notes,
    )


def read_description(folder: Path) -> Description:
    """What the folder's `run.json` says. Raises Unusable and OSError."""
    path = folder / "run.json"
    if not path.is_file():
        raise Unusable(f"{folder} holds no run: there is no run.json in it")
    try:
        described = read_as(Description, json.loads(path.read_bytes()))
    except _UNREADABLE as error:
        raise Unusable(f"{path} cannot be read: {error}") from error
    plan = described.plan
    if min(plan.problems, plan.samples, plan.runs) < 1 or plan.size > MOST_SAMPLES:
        raise Unusable(f"{path} plans {plan.size} samples, which cannot be")
    return described


def read_asked(folder: Path) -> list[Problem]:
    """The problems of a run. Raises Unusable and OSError."""
    path = folder / "problems.jsonl"
    if not path.is_file():
        raise Unusable(f"{folder} holds no problems: there is no problems.jsonl in it")
    with path.open("rb") as lines:
        try:
            return [read_as(Problem, json.loads(line)) for line in lines]
        except _UNREADABLE as error:
            raise Unusable(f"{path} cannot be read: {error}") from error


def _line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


def replace_file(path: Path, text: str) -> None:
    """Its text is written whole or not at all."""
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
