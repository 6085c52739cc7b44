"""Measures the grader on labelled pairs, beside Math-Verify.

    python -m tests.bench.grading FILE [--only-ours] [--wrong] [--misses FILE] [--json]

A row of the file: gold, pred, expected (bool), source, fmt (latex or plain: one answer; text:
prose), conv ("" for a core row, else the convention on which the row depends). The figures are of
core rows. Shares are percent in the table, and 0..1 in the object that --json prints on the last
line: for each grader

right: of all rows. wrong_accepted: of the wrong answers. right_refused: of the right ones.
refused_as_incorrect: of the right ones that were refused, those called incorrect rather than
unreadable or undecided. pairs_per_cpu_s. longest_cpu_s: of one pair.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from tutor.grading import InvalidKey, Verdict, grade_completion, grade_response, infer_key
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.processes.work_budget import cpu_time_s

OUR_OWN = {"own", "generated", "gold-variants", "model-outputs"}
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
Grader = Callable[[str, str, str], Verdict]
FIGURES = {  # of the object for --json, by their names in the table; other figures are not in it
    "right": "right %",
    "wrong_accepted": "wrong accepted %",
    "right_refused": "right refused %",
    "refused_as_incorrect": "refused as incorrect %",
    "pairs_per_cpu_s": "pairs per CPU-second",
    "longest_cpu_s": "longest CPU s",
}


@dataclass(frozen=True, slots=True)
class Row:
    gold: str
    pred: str
    expected: bool
    source: str
    fmt: str
    conv: str


@dataclass(frozen=True, slots=True)
class Judged:
    row: Row
    verdict: Verdict
    cpu_s: float

    @property
    def accepted(self) -> bool:
        return self.verdict == Verdict.CORRECT

    @property
    def right(self) -> bool:
        return self.accepted == self.row.expected


def read_rows(path: Path) -> list[Row]:
    names = Row.__dataclass_fields__
    with path.open(encoding="utf-8") as lines:
        return [Row(**{name: json.loads(line)[name] for name in names}) for line in lines]


def lemma(gold: str, pred: str, fmt: str) -> Verdict:
    try:
        key = infer_key(gold)
    except InvalidKey:
        return Verdict.UNREADABLE
    return (grade_completion if fmt == "text" else grade_response)(pred, key).verdict


def math_verify() -> Grader:
    from math_verify import parse, verify

    logging.disable(logging.CRITICAL)

    def read(text: str, is_prose: bool) -> list[object]:
        # Math-Verify looks for delimiters; a text without any is one formula.
        has_delimiters = re.search(r"\$|\\\(|\\\[|\\boxed", text)
        formulas = parse(text) if has_delimiters or is_prose else []
        return formulas or parse(f"${text}$")

    def grader(gold: str, pred: str, fmt: str) -> Verdict:
        try:
            value = read(pred, fmt == "text")
            if not value:
                return Verdict.UNREADABLE
            is_equal = verify(read(gold, False), value)
        except Exception:  # noqa: BLE001 - counted as not accepted, whatever it was
            return Verdict.UNDECIDED
        return Verdict.CORRECT if is_equal else Verdict.INCORRECT

    return grader


def judge(rows: Iterable[Row], grader: Grader) -> list[Judged]:
    judged: list[Judged] = []
    for row in rows:
        before_s = cpu_time_s()
        verdict = grader(row.gold, row.pred, row.fmt)
        judged.append(Judged(row, verdict, cpu_time_s() - before_s))
    return judged


def share(judged: Sequence[Judged], what: Callable[[Judged], bool]) -> float:
    """In percent; 0 without a total."""
    return 100 * sum(map(what, judged)) / len(judged) if judged else 0.0


def table(judged: Sequence[Judged]) -> dict[str, float]:
    core = [item for item in judged if item.row.conv == ""]
    true = [item for item in core if item.row.expected]
    false = [item for item in core if not item.row.expected]
    foreign_items = [item for item in core if item.row.source not in OUR_OWN | {"math-verify"}]
    refused = [item for item in true if not item.accepted]
    times = sorted(item.cpu_s for item in core)
    return {
        "right %": share(core, lambda item: item.right),
        "wrong accepted %": share(false, lambda item: item.accepted),
        "right refused %": share(true, lambda item: not item.accepted),
        "refused as incorrect %": share(refused, lambda item: item.verdict == Verdict.INCORRECT),
        "rows from others' tests %": share(foreign_items, lambda item: item.right),
        "Chinese and full-width %": share(
            [item for item in core if _CHINESE.search(item.row.gold + item.row.pred)],
            lambda item: item.right,
        ),
        "Math-Verify's own tests %": share(
            [item for item in core if item.row.source == "math-verify"], lambda item: item.right
        ),
        "rows by convention, right %": share(
            [item for item in judged if item.row.conv], lambda item: item.right
        ),
        "CPU median ms": 1000 * statistics.median(times),
        "CPU p99 ms": 1000 * times[int(len(times) * 0.99)],
        "longest CPU s": times[-1],
        "pairs per CPU-second": len(times) / sum(times),
    }


def summary(figures: dict[str, float]) -> dict[str, float]:
    """The figures for --json, with shares in 0..1."""
    return {
        name: figures[title] / (100 if title.endswith("%") else 1)
        for name, title in FIGURES.items()
    }


def write_misses(path: Path, judged: Iterable[Judged]) -> None:
    """The core rows that were judged wrongly, each with its verdict, as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for item in judged:
            if not item.right and item.row.conv == "":
                miss = {**asdict(item.row), "verdict": item.verdict}
                file.write(json.dumps(miss, ensure_ascii=False) + "\n")


def import_s(module: str) -> float:
    """Seconds to import a module in a new interpreter; the minimum of three."""
    script = (
        f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    )
    runs = [subprocess.check_output([sys.executable, "-c", script]) for _ in range(3)]
    return min(float(run) for run in runs)


def print_tables(tables: dict[str, dict[str, float]]) -> None:
    print(f"{'':30}" + "".join(f"{name:>14}" for name in tables))
    for figure in next(iter(tables.values())):
        print(f"{figure:30}" + "".join(f"{table[figure]:14.2f}" for table in tables.values()))


def print_wrong(judged: Sequence[Judged]) -> None:
    for item in judged:
        if not item.right and item.row.conv == "":
            label = "refused " if item.row.expected else "accepted"
            print(f"{label} {item.row.source}: {item.row.gold[-100:]!r} {item.row.pred[-100:]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path, metavar="FILE")
    parser.add_argument("--only-ours", action="store_true", help="without Math-Verify")
    parser.add_argument("--wrong", action="store_true", help="print what we got wrong")
    parser.add_argument("--misses", type=Path, metavar="FILE", help="write them as JSON lines")
    parser.add_argument("--json", action="store_true", help="an object on the last line")
    options = parser.parse_args()
    rows = read_rows(options.rows)
    warm_up(1)
    judged = judge(rows, lemma)
    tables = {"Lemma": table(judged) | {"import s": import_s("tutor.grading")}}
    if not options.only_ours:
        if find_spec("math_verify") is None:
            sys.exit("Math-Verify is not installed: pip install math-verify, or use --only-ours")
        library_table = table(judge(rows, math_verify()))
        tables["Math-Verify"] = library_table | {"import s": import_s("math_verify")}
    core = sum(row.conv == "" for row in rows)
    print(f"{len(rows)} pairs, {core} of them core")
    print_tables(tables)
    if options.wrong:
        print_wrong(judged)
    if options.misses:
        write_misses(options.misses, judged)
    if options.json:
        print(json.dumps({name: summary(figures) for name, figures in tables.items()}))


if __name__ == "__main__":
    main()
