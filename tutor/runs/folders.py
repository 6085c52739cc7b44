"""The folders of runs, whatever state they are in: also while a run is writing to one.

A name from an address is looked up among the names that are there, and never made into a path.
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

from tutor.evaluation.problems import Problem
from tutor.evaluation.samples import Description, Sample, Unusable, read_description
from tutor.evaluation.summary import Summary, kept_summary, summary_of
from tutor.evaluation.typed import read_as

MOST_RUNS = 100  # that are listed: the newest
MOST_BYTES = 32 * 2**20  # of a file that is read whole, for one page
FILES = ("run.json", "problems.jsonl", "samples.jsonl", "summary.json")
_KEPT = 128  # runs that a process remembers
T = TypeVar("T")
Stamp = tuple[tuple[int, int], ...]  # when each file was changed, in ns, and its bytes


@dataclass(frozen=True, eq=False)
class Found:
    """A folder of runs. described, summary: None where `trouble` says why.

    trouble: damaged, none (no sample yet) or large (too many samples for a page to count); ""
    where all is well. detail: for a person who can repair it. changed_at: seconds since 1970.
    """

    name: str
    path: Path
    changed_at: float
    described: Description | None = None
    summary: Summary | None = None
    trouble: str = ""
    detail: str = ""


def found_runs() -> list[Found]:
    """The newest first."""
    stamped = [(path, _stamp(path)) for path in _folders()]
    newest = sorted(stamped, key=lambda one: max(one[1]), reverse=True)[:MOST_RUNS]
    return [_look(path, stamp) for path, stamp in newest]


def found_run(name: str) -> Found | None:
    """None where there is no such run."""
    path = next((path for path in _folders() if path.name == name), None)
    return _look(path, _stamp(path)) if path else None


def _folders() -> Iterator[Path]:
    """No links: what is shown lies where runs do."""
    try:
        with os.scandir(settings.EVALUATION_DIR) as entries:
            found = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for entry in found:
        if entry.name.isprintable() and not entry.name.startswith("."):
            yield Path(entry.path)


def _stamp(folder: Path) -> Stamp:
    return tuple(_stat(folder / name) for name in FILES)


def _stat(path: Path) -> tuple[int, int]:
    try:
        found = path.lstat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size if S_ISREG(found.st_mode) else -1)


@lru_cache(_KEPT)
def _look(folder: Path, stamp: Stamp) -> Found:
    """stamp: what is remembered holds for the same one."""
    changed_at = max(changed for changed, _ in stamp) / 1e9
    described = None
    try:
        _refuse_strange(stamp)
        described = read_description(folder)
        summary, trouble = _summary(folder, stamp)
    except (Unusable, OSError) as error:
        detail = str(error).replace(f"{folder.parent}{os.sep}", "")
        return Found(folder.name, folder, changed_at, described, None, "damaged", detail)
    return Found(folder.name, folder, changed_at, described, summary, trouble)


def _refuse_strange(stamp: Stamp) -> None:
    for name, (_, size) in zip(FILES, stamp, strict=True):
        if size < 0:
            raise Unusable(f"{name} is no file")
        if size > MOST_BYTES and name != "samples.jsonl":
            raise Unusable(f"{name} is too large")


def _summary(folder: Path, stamp: Stamp) -> tuple[Summary | None, str]:
    """And why there is none."""
    size = stamp[FILES.index("samples.jsonl")][1]
    if not size:
        return None, "none"
    if kept := kept_summary(folder):
        return kept, ""
    if size > MOST_BYTES:
        return None, "large"
    return summary_of(folder, compares=False), ""  # comparing would keep others waiting


def problem_of(found: Found, line: int) -> Problem | None:
    """The problem of that line of its file."""
    if found.described is None:
        return None
    wanted = f'"line": {line},'.encode()
    for text in _lines_with(found.path / "problems.jsonl", wanted):
        problem = _read(Problem, text)
        if problem and problem.line == line:
            return problem
    return None


def samples_of(found: Found, problem: Problem) -> list[Sample]:
    """Those of the run's plan, in their order. Reads the file, but keeps no others in memory."""
    if found.described is None:
        return []
    plan, digest = found.described.plan, found.described.conditions.digest
    wanted = f'"problem": {json.dumps(problem.code, ensure_ascii=False)},'.encode()
    samples: dict[tuple[int, int], Sample] = {}
    for text in _lines_with(found.path / "samples.jsonl", wanted):
        sample = _read(Sample, text)
        is_of_it = sample and (sample.problem, sample.conditions) == (problem.code, digest)
        if sample and is_of_it and plan.has(sample.place):
            samples.setdefault((sample.run, sample.sample), sample)
    return [samples[place] for place in sorted(samples)]


def _lines_with(path: Path, wanted: bytes) -> Iterator[bytes]:
    try:
        with path.open("rb") as lines:
            yield from (line for line in lines if wanted in line)
    except OSError:
        return


def _read(kind: type[T], text: bytes) -> T | None:
    try:
        return read_as(kind, json.loads(text))
    except (ValueError, RecursionError):
        return None
