"""Reads the folders of runs, in whatever state they are: also while a run writes to one.

A name from an address is looked up among the existing names, and never becomes a path.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import TypeVar

from django.conf import settings

from tutor.evaluation.checked_json import read_as
from tutor.evaluation.problems import EvaluationProblem
from tutor.evaluation.samples import Description, SampleRecord, UnusableRun, read_description
from tutor.evaluation.summary import Summary, stored_summary, summary_of

MAX_RUNS = 100  # in the list: the newest
MAX_FILE_BYTES = 32 * 2**20  # of a file that a page reads whole
FILES = ("run.json", "problems.jsonl", "samples.jsonl", "summary.json")
_CACHED = 128  # runs per process
T = TypeVar("T")
Stamp = tuple[tuple[int, int], ...]  # of each file: time of change in ns, and size in bytes


@dataclass(frozen=True, eq=False)
class RunFolder:
    """The folder of a run. description, summary: None if `trouble` says why.

    trouble: damaged, none (no sample yet) or large (too many samples for a page to count); "" if
    there is none. detail: for somebody who can repair it. changed_at: Unix time.
    """

    name: str
    path: Path
    changed_at: float
    description: Description | None = None
    summary: Summary | None = None
    trouble: str = ""
    detail: str = ""


def find_runs() -> list[RunFolder]:
    """The newest first."""
    stamped = [(path, _stamp(path)) for path in _folders()]
    newest = sorted(stamped, key=lambda pair: max(pair[1]), reverse=True)[:MAX_RUNS]
    return [_read_folder(path, stamp) for path, stamp in newest]


def find_run(name: str) -> RunFolder | None:
    """None if there is no such run."""
    path = next((path for path in _folders() if path.name == name), None)
    return _read_folder(path, _stamp(path)) if path else None


def _folders() -> Iterator[Path]:
    """Links are left out: pages show only files in the folder of runs."""
    try:
        with os.scandir(settings.EVALUATION_DIR) as entries:
            folders = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for entry in folders:
        if entry.name.isprintable() and not entry.name.startswith("."):
            yield Path(entry.path)


def _stamp(folder: Path) -> Stamp:
    return tuple(_stat(folder / name) for name in FILES)


def _stat(path: Path) -> tuple[int, int]:
    try:
        status = path.lstat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size if S_ISREG(status.st_mode) else -1)


@lru_cache(_CACHED)
def _read_folder(folder: Path, stamp: Stamp) -> RunFolder:
    """stamp: the key of the cache; a changed file changes it."""
    changed_at = max(changed for changed, _ in stamp) / 1e9
    description = None
    try:
        _check_files(stamp)
        description = read_description(folder)
        summary, trouble = _summary(folder, stamp)
    except (UnusableRun, OSError) as error:
        detail = str(error).replace(f"{folder.parent}{os.sep}", "")
        return RunFolder(folder.name, folder, changed_at, description, None, "damaged", detail)
    return RunFolder(folder.name, folder, changed_at, description, summary, trouble)


def _check_files(stamp: Stamp) -> None:
    for name, (_, size) in zip(FILES, stamp, strict=True):
        if size < 0:
            raise UnusableRun(f"{name} is no file")
        if size > MAX_FILE_BYTES and name != "samples.jsonl":
            raise UnusableRun(f"{name} is too large")


def _summary(folder: Path, stamp: Stamp) -> tuple[Summary | None, str]:
    """The summary, or None and the reason."""
    size = stamp[FILES.index("samples.jsonl")][1]
    if not size:
        return None, "none"
    if summary := stored_summary(folder):
        return summary, ""
    if size > MAX_FILE_BYTES:
        return None, "large"
    return summary_of(folder, compares=False), ""  # comparing takes too long for a page


def problem_on_line(folder: RunFolder, line: int) -> EvaluationProblem | None:
    """The problem on that line of the run's file; None if there is none."""
    if folder.description is None:
        return None
    needle = f'"line": {line},'.encode()
    for text in _lines_with(folder.path / "problems.jsonl", needle):
        problem = _read(EvaluationProblem, text)
        if problem and problem.line == line:
            return problem
    return None


def samples_of(folder: RunFolder, problem: EvaluationProblem) -> list[SampleRecord]:
    """The problem's samples in the plan, in order. Holds only these in memory."""
    if folder.description is None:
        return []
    plan, digest = folder.description.plan, folder.description.conditions.digest
    needle = f'"problem": {json.dumps(problem.code, ensure_ascii=False)},'.encode()
    samples: dict[tuple[int, int], SampleRecord] = {}
    for text in _lines_with(folder.path / "samples.jsonl", needle):
        sample = _read(SampleRecord, text)
        is_of_it = sample and (sample.problem, sample.conditions) == (problem.code, digest)
        if sample and is_of_it and plan.includes(sample.sample_id):
            samples.setdefault((sample.run, sample.sample), sample)
    return [samples[position] for position in sorted(samples)]


def _lines_with(path: Path, needle: bytes) -> Iterator[bytes]:
    try:
        with path.open("rb") as lines:
            yield from (line for line in lines if needle in line)
    except OSError:
        return


def _read(kind: type[T], text: bytes) -> T | None:
    try:
        return read_as(kind, json.loads(text))
    except (ValueError, RecursionError):
        return None
