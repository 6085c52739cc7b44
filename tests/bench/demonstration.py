"""Measures how many steps of the demonstration's solutions are proved.

    python -m tests.bench.demonstration [--count 40] [--unproved] [FILE]

Without FILE, the teacher's held-out solutions, which the demonstration's model imitates. FILE has
solutions of the model as JSON Lines: family, statement, text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tests.bench.steps import share
from tutor.distill.lessons import FAMILIES, SMALL_NUMBERS, lessons
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker


class Solved(NamedTuple):
    """A solution. text: without the reasoning."""

    family: str
    statement: str
    text: str


def teachers_solutions(count: int) -> Iterator[Solved]:
    """`count` of each family that is taught."""
    for family in sorted(SMALL_NUMBERS.families & FAMILIES.keys()):
        drawn = lessons(family, 1, SMALL_NUMBERS, held_out=True)
        taught = (lesson for lesson in drawn if lesson[0].key is not None)
        for exercise, language, completion in islice(taught, count):
            text = completion.partition("</think>")[2]
            yield Solved(family, exercise.statements[language], text)


def stored_solutions(path: Path) -> Iterator[Solved]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Solved(row["family"], row["statement"], row["text"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the steps of the demonstration.")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=40, help="solutions of each family")
    parser.add_argument("--unproved", action="store_true", help="print the steps without a proof")
    given = parser.parse_args()
    warm_up()
    solutions = stored_solutions(given.file) if given.file else teachers_solutions(given.count)
    verdicts: defaultdict[str, Counter[StepVerdict]] = defaultdict(Counter)
    for family, statement, text in solutions:
        checker = StepChecker(statement)
        for step in cut_steps(text.strip()):
            verdict = checker.check(step).verdict
            verdicts[family][verdict] += 1
            if given.unproved and verdict != StepVerdict.PROVED:
                print(f"{family}: {verdict}: {step.strip()}    ({statement})")
    for family, counts in sorted(verdicts.items()):
        print(f"{family:<22}{share(counts[StepVerdict.PROVED], counts.total()):7.1f} %")
    total: Counter[StepVerdict] = sum(verdicts.values(), Counter())
    for verdict in StepVerdict:
        print(f"{verdict:<22}{share(total[verdict], total.total()):7.1f} % of {total.total()}")


if __name__ == "__main__":
    main()
