"""Measures the step checker on labelled derivations, solutions and annotations.

    python -m tests.bench.steps FILE [--misses FILE] [--json]
    python -m tests.bench.steps FOLDER [--alarms]

FILE holds solutions (problem, steps, label: the index of the first wrong step, -1 for none) or
derivations (lines, first_bad). Shares are percent in the text, and 0..1 in the object that --json
prints on the last line, with the same figures of a checker that only evaluates arithmetic:

alarms: solutions without a mistake in which a step is refuted. first_wrong_hit: solutions with a
mistake whose first refuted step is the first wrong one. decided: steps that are proved or refuted.

FOLDER holds `steps/derivations*.jsonl` (lines, relations, first_bad, error),
`steps/processbench_*.jsonl` (problem, steps, label; ProcessBench, Zheng et al. 2024) and
`benchmarks/gsm8k_test.jsonl` (question, answer with notes such as <<3*4=12>>).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench import arithmetic
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.steps.checks import ClaimCheck, StepCheck, StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.grading.working.checker import check_working

# The generator's names for the mistakes that it made.
SLIPS = {
    "divide": "divided_wrongly", "arith": "arithmetic", "collect": "arithmetic",
    "numerator": "arithmetic", "move-sign": "moved_sign", "move-sign-2": "moved_sign",
    "sum-sign": "lost_sign", "distribute": "half_distributed", "lost-root": "lost_root",
    "zero-product": "zero_product", "factor-sign": "factor_sign", "square-sum": "split_square",
    "square-root-split": "split_square", "minus-bracket": "minus_bracket",
    "middle-term": "middle_term", "add-across": "added_denominators", "reduce": "reduced_wrongly",
    "no-flip": "inequality_not_turned", "strict": "strict_changed", "eliminate": "elimination",
    "back-substitute": "back_substitution", "log-sum": "log_of_sum", "power-log": "power_of_log",
    "cancel-term": "cancelled_term", "product": "product_rule", "chain": "chain_rule",
    "power": "power_rule",
}  # fmt: skip
_NOTE = re.compile(r"<<([^<>]*)>>")


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def share(part: int, whole: int) -> float:
    """In percent; 0 without a total."""
    return 100 * part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a derivation, from the second on, with its label and its check."""

    lines: Sequence[str]
    number: int
    is_good: bool
    error: str
    check: StepCheck


def derivation_lines(path: Path) -> Iterator[Line]:
    for row in rows(path):
        checks = check_working(row["lines"])
        for number, relation in enumerate(row["relations"], start=1):
            good = relation != "bad"
            yield Line(row["lines"], number, good, "" if good else row["error"], checks[number])


def derivation_figures(lines: Iterable[Line]) -> dict[str, float]:
    lines = list(lines)
    good = [line for line in lines if line.is_good]
    bad = [line for line in lines if not line.is_good]
    named = sum(bool(c := line.check.refuted) and c.slip == SLIPS[line.error] for line in bad)
    return {
        "lines": len(lines),
        "good refuted": sum(line.check.verdict == StepVerdict.REFUTED for line in good),
        "bad proved": sum(line.check.verdict == StepVerdict.PROVED for line in bad),
        "decided %": share(
            sum(line.check.verdict != StepVerdict.UNCHECKED for line in lines), len(lines)
        ),
        "slip named %": share(named, len(bad)),
    }


@dataclass
class Solutions:
    """ProcessBench: alarms and hits by solution, decided steps."""

    right: int = 0
    alarms: list[tuple[str, ClaimCheck]] = field(default_factory=list)
    wrong: int = 0
    hits: int = 0
    steps: int = 0
    decided: int = 0
    claim_ms: list[float] = field(default_factory=list)

    def take(self, row: dict[str, Any]) -> None:
        checker = StepChecker(row["problem"])
        first: int | None = None
        for number, step in enumerate(row["steps"]):
            check = checker.check(step)
            self.steps += 1
            self.decided += check.verdict != StepVerdict.UNCHECKED
            self.claim_ms += [1000 * claim.seconds for claim in check.claims]
            if first is None and check.refuted is not None:
                first = number
                if row["label"] == -1:
                    self.alarms.append((row["id"], check.refuted))
        self.right += row["label"] == -1
        self.wrong += row["label"] != -1
        self.hits += row["label"] != -1 and first == row["label"]

    def figures(self) -> dict[str, float]:
        times = sorted(self.claim_ms)
        return {
            "solutions without error": self.right,
            "of them alarmed %": share(len(self.alarms), self.right),
            "first wrong step hit %": share(self.hits, self.wrong),
            "steps decided %": share(self.decided, self.steps),
            "claims": len(times),
            "ms a claim, median": times[len(times) // 2],
            "ms a claim, p99": times[int(0.99 * len(times))],
        }


StepResult = tuple[StepVerdict, str]  # with what was refuted, or ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled solution with the verdict on each step. label: of the first wrong step, or -1."""

    row: dict[str, Any]
    label: int
    verdicts: Sequence[StepResult]

    @property
    def first_refuted(self) -> int:
        """-1 for none."""
        verdicts = [verdict for verdict, _ in self.verdicts]
        return verdicts.index(StepVerdict.REFUTED) if StepVerdict.REFUTED in verdicts else -1

    def miss(self) -> dict[str, object]:
        refuted = self.verdicts[self.first_refuted][1] if self.first_refuted >= 0 else ""
        steps = self.row.get("steps") or self.row["lines"]
        return {
            "label": self.label,
            "refuted": self.first_refuted,
            "claim": refuted,
            "steps": steps,
        }


def _verdict_of(check: StepCheck) -> StepResult:
    return check.verdict, check.refuted.claim if check.refuted else ""


def by_lemma(row: dict[str, Any]) -> list[StepResult]:
    if "lines" in row:
        return [_verdict_of(check) for check in check_working(row["lines"])]
    checker = StepChecker(row["problem"])
    return [_verdict_of(checker.check(step)) for step in row["steps"]]


def by_arithmetic(row: dict[str, Any]) -> list[StepResult]:
    return [arithmetic.check(step) for step in row.get("steps") or row["lines"]]


def judge(path: Path, check: Callable[[dict[str, Any]], list[StepResult]]) -> list[Judged]:
    labelled = ((row, row["first_bad"] if "lines" in row else row["label"]) for row in rows(path))
    return [Judged(row, label, check(row)) for row, label in labelled]


def summary(judged: Sequence[Judged]) -> dict[str, float]:
    """Shares in 0..1."""
    right = [item for item in judged if item.label == -1]
    wrong = [item for item in judged if item.label != -1]
    verdicts = [verdict for item in judged for verdict, _ in item.verdicts]
    decided = sum(verdict != StepVerdict.UNCHECKED for verdict in verdicts)
    hits = sum(item.first_refuted == item.label for item in wrong)
    return {
        "alarms": share(sum(item.first_refuted >= 0 for item in right), len(right)) / 100,
        "first_wrong_hit": share(hits, len(wrong)) / 100,
        "decided": share(decided, len(verdicts)) / 100,
    }


def measure(path: Path, misses: Path | None) -> dict[str, object]:
    """Prints the figures of a file; the object for --json."""
    judged = judge(path, by_lemma)
    measured, plain = summary(judged), summary(judge(path, by_arithmetic))
    print(f"{path.name}, {len(judged)} solutions{'Lemma':>14}{'arithmetic alone':>18}")
    for name, value in measured.items():
        print(f"  {name + ' %':<28}{100 * value:10.2f}{100 * plain[name]:18.2f}")
    if misses is not None:
        with misses.open("w", encoding="utf-8") as file:
            for item in judged:
                if item.first_refuted != item.label:
                    file.write(json.dumps(item.miss(), ensure_ascii=False) + "\n")
    return {**measured, "arithmetic": plain}


def solution_figures(path: Path, every: int = 1) -> Solutions:
    """Of one solution in so many."""
    solutions = Solutions()
    for row in islice(rows(path), 0, None, every):
        solutions.take(row)
    return solutions


def gold_figures(path: Path) -> dict[str, float]:
    """Check GSM8K's solutions line by line, without their notes."""
    lines = refuted = 0
    for row in rows(path):
        checker = StepChecker(row["question"])
        for line in _NOTE.sub("", row["answer"].partition("####")[0]).strip().split("\n"):
            lines += 1
            refuted += checker.check(line).verdict == StepVerdict.REFUTED
    return {"gold lines": lines, "refuted %": share(refuted, lines)}


def notes(path: Path) -> Iterator[tuple[str, float]]:
    """The calculations with results in GSM8K's notes."""
    for row in rows(path):
        for note in _NOTE.findall(row["answer"]):
            left, _, right = note.rpartition("=")
            if re.search(r"\d\s*[-+*/]", left) and re.fullmatch(r"-?\d*\.?\d+", right):
                yield left, float(right)


def altered(result: float) -> str:
    """Another number: alternately near and far, above and below."""
    wrong = [result + 1, result - 1, result * 2 or 3, result + 10][int(abs(result)) % 4]
    return f"{wrong:.4f}".rstrip("0").rstrip(".")


def note_figures(path: Path) -> dict[str, float]:
    tried = refuted = 0
    for left, result in notes(path):
        tried += 1
        step = f"<<{left}={altered(result)}>>"
        refuted += StepChecker().check(step).verdict == StepVerdict.REFUTED
    return {"altered notes": tried, "altered refuted %": share(refuted, tried)}


def show(title: str, figures: dict[str, float]) -> None:
    print(title)
    for name, value in figures.items():
        print(
            f"  {name:<28}{value:10.2f}" if isinstance(value, float) else f"  {name:<28}{value:7}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the step checker.")
    parser.add_argument("folder", type=Path, metavar="FILE or FOLDER")
    parser.add_argument("--alarms", action="store_true", help="print what was refuted wrongly")
    parser.add_argument("--misses", type=Path, metavar="FILE", help="write them as JSON lines")
    parser.add_argument("--json", action="store_true", help="an object on the last line")
    given = parser.parse_args()
    warm_up()
    if given.folder.is_file():
        figures = measure(given.folder, given.misses)
        if given.json:
            print(json.dumps(figures))
        return
    began_at = time.monotonic()
    for path in sorted(given.folder.glob("steps/derivations*.jsonl")):
        show(path.name, derivation_figures(derivation_lines(path)))
    for path in sorted(given.folder.glob("steps/processbench_*.jsonl")):
        solutions = solution_figures(path)
        show(path.name, solutions.figures())
        for code, claim in solutions.alarms if given.alarms else ():
            print("   ", code, claim.claim, claim.witness)
    for path in sorted(given.folder.glob("benchmarks/gsm8k_*.jsonl")):
        show(path.name, gold_figures(path) | note_figures(path))
    print(f"{time.monotonic() - began_at:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
