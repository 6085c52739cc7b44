"""Compares verdicts on a quiet machine with verdicts beside busy processes.

    python -m tests.bench.load [--busy 8] [--every 1] [--pairs equiv_dev.jsonl]

Answers of every kind, lines of working and steps of solutions, many of them so much work that
their limit ends it. Prints each verdict that differs, and their number on the last line.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.grading import read_rows
from tests.grading import bombs
from tests.grading.test_table import ROWS, key_of
from tests.grading.working.fresh_derivations import FAMILIES, derivations
from tutor.grading import AnswerKey, InvalidKey, grade_completion, grade_response, infer_key
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.grading.working.checker import check_working

MAX_WORK_S = 0.3
MAX_BUSY_S = 900  # a busy process ends itself
_BUSY = "import time\nwhile time.process_time() < {}: sum(range(1000))"


@dataclass(frozen=True, slots=True)
class Answer:
    response: str
    key: AnswerKey
    is_completion: bool = False

    def verdict(self) -> str:
        if self.is_completion:
            return grade_completion(self.response, self.key).verdict
        return grade_response(self.response, self.key, MAX_WORK_S).verdict


@dataclass(frozen=True, slots=True)
class Derivation:
    lines: list[str]

    def verdict(self) -> str:
        return " ".join(check.verdict for check in check_working(self.lines))


@dataclass(frozen=True, slots=True)
class Solution:
    steps: list[str]

    def verdict(self) -> str:
        checker = StepChecker()
        return " ".join(checker.check(step).verdict for step in self.steps)


Question = Answer | Derivation | Solution


def questions(pairs: Path | None = None) -> Iterator[Question]:
    for row in ROWS:
        yield Answer(row["response"], key_of(row), row["how"] == "completion")
    for gold, response in [*bombs.answers(), *bombs.as_keys()]:
        if (key := _key(gold)) is not None:
            yield Answer(response, key)
    for pair in read_rows(pairs) if pairs else ():
        if (key := _key(pair.gold)) is not None:
            yield Answer(pair.pred, key, pair.fmt == "text")
    for family in FAMILIES:
        yield from (Derivation(drawn.lines) for drawn in derivations(family, 1, 20))
    yield from (Derivation(lines) for lines in bombs.derivations())
    yield from (Solution(steps) for steps in bombs.solutions())


def _key(gold: str) -> AnswerKey | None:
    try:
        return infer_key(gold)
    except InvalidKey:
        return None


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    command = [sys.executable, "-c", _BUSY.format(MAX_BUSY_S)]
    processes = [subprocess.Popen(command) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def differing(asked: list[Question], count: int) -> list[tuple[Question, str, str]]:
    """The questions whose verdicts differ, with both verdicts: quiet, and beside `count` others."""
    quiet = [question.verdict() for question in asked]
    with busy_processes(count):
        busy = [question.verdict() for question in asked]
    triples = zip(asked, quiet, busy, strict=True)
    return [triple for triple in triples if triple[1] != triple[2]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare verdicts with and without other load.")
    parser.add_argument("--busy", type=int, default=8, help="processes")
    parser.add_argument("--every", type=int, default=1, help="only every nth question")
    parser.add_argument("--pairs", type=Path, help="labelled pairs to grade as well")
    options = parser.parse_args()
    warm_up()
    asked = list(questions(options.pairs))[:: options.every]
    began_at = time.monotonic()
    others = differing(asked, options.busy)
    for question, quiet, busy in others:
        print(f"{quiet} | {busy} | {str(question)[:200]}")
    print(f"{time.monotonic() - began_at:.0f} s", file=sys.stderr)
    print(f"{len(asked)} questions, {len(others)} verdicts differ")


if __name__ == "__main__":
    main()
