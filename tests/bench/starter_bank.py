"""Solves the starter bank without a model, and grades where the solutions end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import tutor.problems
from tutor.figures import without_figures
from tutor.grading.answer_key import AnswerKey, Verdict
from tutor.grading.comparison.keys import read_key
from tutor.grading.exercises import LineExercises
from tutor.grading.exercises.line_exercises import line_exercises
from tutor.grading.grade import grade_response
from tutor.grading.solver.solve import Derivation, solve

STARTER = Path(tutor.problems.__file__).parent / "starter"
_WITHOUT_VALUE = ("choice", "text")  # kinds of keys


@dataclass(frozen=True, slots=True)
class StarterSolution:
    slug: str
    statement: str
    key: AnswerKey
    derivation: Derivation

    @property
    def answers(self) -> list[str]:
        """The last line, and what stands right of its last equals sign."""
        lines = [step.line for step in self.derivation.steps[-1:]]
        return [*lines, *(line.rpartition("=")[2].strip() for line in lines)]

    @property
    def is_right(self) -> bool:
        """Complete, and graded correct as it stands."""
        verdicts = [grade_response(answer, self.key).verdict for answer in self.answers]
        return self.derivation.is_complete and Verdict.CORRECT in verdicts


def starter_solutions(every: int = 1) -> Iterator[StarterSolution]:
    """Of the problems whose answer is a value; not of those with parts or numbers of one's own."""
    for row in islice(_rows_with_value(), 0, None, every):
        statement = without_figures(row["statement"])
        yield StarterSolution(row["slug"], statement, read_key(row["key"]), solve(statement))


def _rows_with_value() -> Iterator[dict[str, Any]]:
    for path in sorted(STARTER.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            key = row.get("key")
            if key and "parameters" not in row and key["kind"] not in _WITHOUT_VALUE:
                yield row


def starter_exercises(every: int = 1) -> Iterator[tuple[StarterSolution, LineExercises]]:
    """Of the problems that are solved."""
    for solution in starter_solutions(every):
        if solution.is_right:
            yield solution, line_exercises(solution.statement)
