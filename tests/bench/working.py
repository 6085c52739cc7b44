"""Measures the check of students' working on labelled workings, the way the page checks them.

    python -m tests.bench.working FILE [--misses FILE] [--without-answer] [--unfinished] [--json]

A row of FILE: statement, language, topic, lines, labels (ok, wrong, after, neutral; one for each
line), first_wrong (index of the wrong line, or null), slip, slip_also (names of the mistake),
answer (the right one; a row may be without). With an answer the lines are weighed against it, as
after submitting where attempts are not limited.
Decimal commas are read in German, French and Spanish. Shares are between 0 and 1:

right_refuted   workings without a mistake in which a line is refuted
found           workings with a mistake whose first refuted line is first_wrong
ok_decided      right lines that are proved or given
wrong_proved    wrong lines that are proved
wrong_given     wrong lines that are called given
slip_right      mistakes named right, of those found
refuted_early   with --unfinished: workings without a mistake in which a line is refuted before the
                lines below it are written

line_ms_median and line_ms_p99 are milliseconds of a line; max_cpu_s is the most processor time that
one working took, in seconds.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tutor.grading.answer_key import AnswerKey, InvalidKey, Kind
from tutor.grading.check_process.after_mistake import free_of_mistake
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.comparison.keys import infer_key
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Quantity, Unreadable
from tutor.grading.processes.work_budget import cpu_time_s
from tutor.grading.steps.checks import Mark, StepCheck, StepVerdict
from tutor.grading.steps.unfinished import of_unfinished
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working

COMMA_LANGUAGES = {"de", "fr", "es"}
# Other names for our slips; only those of the same mistake, or of a kind that we name in one way.
_DATA = Path(__file__).resolve().parents[1] / "data"
_SYNONYMS = json.loads((_DATA / "slip_synonyms.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Checked:
    """A labelled working with its checks."""

    row: dict[str, Any]
    checks: Sequence[StepCheck]
    cpu_s: float

    @property
    def is_right(self) -> bool:
        return self.row["first_wrong"] is None

    @property
    def first_refuted(self) -> int | None:
        numbers = range(len(self.checks))
        return next((n for n in numbers if self.checks[n].verdict == StepVerdict.REFUTED), None)

    @property
    def is_found(self) -> bool:
        return not self.is_right and self.first_refuted == self.row["first_wrong"]

    @property
    def slip(self) -> str:
        refuted = self.checks[self.row["first_wrong"]].refuted
        return refuted.slip if refuted else ""

    @property
    def is_named(self) -> bool:
        names = {self.row["slip"], *self.row.get("slip_also", ())}
        return not names.isdisjoint({self.slip, *_SYNONYMS.get(self.slip, ())})

    def marks(self, label: str) -> Iterator[Mark]:
        """Of the lines with this label."""
        for check, given in zip(self.checks, self.row["labels"], strict=True):
            if given == label:
                yield check.mark


def check(row: dict[str, Any], *, with_answer: bool = True) -> Checked:
    statement, *lines = _with_decimal_points(row)
    key = _key(row) if with_answer else None
    began_at = cpu_time_s()
    checks = _checks(lines, statement, key, is_finished=True)
    return Checked(row, checks, cpu_time_s() - began_at)


def is_refuted_while_written(row: dict[str, Any], *, with_answer: bool = True) -> bool:
    """Whether a line is refuted before the lines below it are written."""
    statement, *lines = _with_decimal_points(row)
    key = _key(row) if with_answer else None
    written = (lines[:count] for count in range(1, len(lines)))
    checks = (_checks(some, statement, key, is_finished=False) for some in written)
    return any(check.refuted for some in checks for check in of_unfinished(some))


def _checks(
    lines: Sequence[str], statement: str, key: AnswerKey | None, *, is_finished: bool
) -> Sequence[StepCheck]:
    checks = check_working(lines, statement)
    checks = free_of_mistake(lines, checks, lambda some: check_working(some, statement))
    return checks if key is None else weigh(lines, checks, statement, key, is_finished=is_finished)


def _key(row: dict[str, Any]) -> AnswerKey | None:
    """None without an answer, and for one that cannot be read."""
    [text] = _decimal_points([row.get("answer") or ""], row["language"])
    with suppress(InvalidKey, Unreadable):
        key = infer_key(text)
        if key.kind == Kind.QUANTITY and "," in text:
            return None  # 5 cm, 8 cm are two answers
        with suppress(Unreadable):
            if isinstance(read_answer(text, units=True), Quantity):
                return replace(key, kind=Kind.QUANTITY)  # 24 m, and not 24 times m
        return key
    return None


def _with_decimal_points(row: dict[str, Any]) -> list[str]:
    return _decimal_points([row["statement"], *row["lines"]], row["language"])


def _decimal_points(texts: list[str], language: str) -> list[str]:
    if language not in COMMA_LANGUAGES:
        return texts
    return list(map(with_decimal_points, texts))


def share(values: Iterable[bool]) -> float:
    """0 without any values."""
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def figures(workings: Sequence[Checked]) -> dict[str, float]:
    right = [working for working in workings if working.is_right]
    wrong = [working for working in workings if not working.is_right]
    ok_marks = [mark for working in workings for mark in working.marks("ok")]
    wrong_marks = [mark for working in wrong for mark in working.marks("wrong")]
    claims = [claim for working in workings for c in working.checks for claim in c.claims]
    times_ms = sorted(1000 * claim.seconds for claim in claims) or [0.0]
    return {
        "workings": len(workings),
        "right_refuted": share(working.first_refuted is not None for working in right),
        "found": share(working.is_found for working in wrong),
        "ok_decided": share(mark in (Mark.PROVED, Mark.GIVEN) for mark in ok_marks),
        "wrong_proved": share(mark == Mark.PROVED for mark in wrong_marks),
        "wrong_given": share(mark == Mark.GIVEN for mark in wrong_marks),
        "slip_right": share(working.is_named for working in wrong if working.is_found),
        "line_ms_median": times_ms[len(times_ms) // 2],
        "line_ms_p99": times_ms[int(0.99 * len(times_ms))],
        "max_cpu_s": max((working.cpu_s for working in workings), default=0.0),
    }


def miss(working: Checked) -> dict[str, Any] | None:
    """What is wrong with the checks of a working; None where nothing is."""
    if working.is_right and working.first_refuted is not None:
        reason = "right_refuted"
    elif not working.is_right and not working.is_found:
        reason = "not_found"
    elif not working.is_right and not working.is_named:
        reason = "slip"
    elif any(mark == Mark.UNCHECKED for mark in working.marks("ok")):
        reason = "undecided"
    else:
        return None
    marks = [check.mark for check in working.checks]
    names = ("id", "statement", "lines", "labels", "first_wrong", "slip")
    slip = "" if working.is_right else working.slip
    described = {name: working.row.get(name) for name in names}
    return {"miss": reason, "marks": marks, "named": slip, **described}


def groups(
    workings: Iterable[Checked], key: Callable[[dict[str, Any]], str]
) -> dict[str, dict[str, float]]:
    grouped: dict[str, list[Checked]] = defaultdict(list)
    for working in workings:
        grouped[key(working.row)].append(working)
    return {name: figures(members) for name, members in sorted(grouped.items())}


_COLUMNS = ("workings", "right_refuted", "found", "ok_decided", "wrong_proved", "slip_right")


def show(title: str, table: dict[str, dict[str, float]]) -> None:
    print(f"\n{title:<32}" + "".join(f"{name:>15}" for name in _COLUMNS))
    for name, row in table.items():
        cells = (f"{row[c]:>15}" if c == "workings" else f"{row[c]:>15.3f}" for c in _COLUMNS)
        print(f"{name:<32}" + "".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the check of students' working.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", type=Path, help="where to write what went wrong, a JSON a line")
    parser.add_argument(
        "--without-answer", action="store_true", help="as where attempts are limited"
    )
    parser.add_argument(
        "--unfinished", action="store_true", help="also check right workings after each line"
    )
    parser.add_argument("--json", action="store_true", help="the figures as JSON on the last line")
    arguments = parser.parse_args()
    warm_up()
    with_answer = not arguments.without_answer
    rows = list(map(json.loads, arguments.file.read_text("utf-8").splitlines()))
    workings = [check(row, with_answer=with_answer) for row in rows]
    whole = figures(workings)
    if arguments.unfinished:
        right = (row for row in rows if row["first_wrong"] is None)
        early = (is_refuted_while_written(row, with_answer=with_answer) for row in right)
        whole["refuted_early"] = share(early)
    for name, value in whole.items():
        print(f"{name:<16}{value:>10.3f}" if isinstance(value, float) else f"{name:<16}{value:>10}")
    show("topic", groups(workings, lambda row: row["topic"]))
    show("language", groups(workings, lambda row: row["language"]))
    if arguments.misses:
        misses = filter(None, map(miss, workings))
        described = [json.dumps(row, ensure_ascii=False) for row in misses]
        arguments.misses.write_text("".join(f"{line}\n" for line in described), "utf-8")
    if arguments.json:
        print(json.dumps(whole))


if __name__ == "__main__":
    main()
