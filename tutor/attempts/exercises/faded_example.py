"""A solution whose last lines a student fills in, one at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tutor.attempts.working.check_visibility import EVERYTHING
from tutor.attempts.working.decimal_commas import with_points
from tutor.attempts.working.shown_working import Line, Working
from tutor.grading.check_process.client import check_lines, is_solved, next_lines
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.exercises import ProvedSolution
from tutor.grading.exercises.detached import is_detached, is_made_of, parts_of
from tutor.grading.solver.offered_line import OfferedLine
from tutor.grading.steps.checks import Mark

MAX_FILLED = 12  # lines
MAX_WORK_S = 2.0  # of one check of all lines
_RELATION = re.compile(r"[=<>≤≥≠∈]")
_UNKNOWN = re.compile(r"\s*([A-Za-z])\s*=(?!.*[<>≤≥])")
_BETWEEN_VALUES = re.compile(r"[,;或]|\bor\b")


class LineVerdict(StrEnum):
    """What is said about a line that was typed."""

    FOLLOWS = "follows"
    WRONG = "wrong"
    REPEATED = "repeated"
    DETACHED = "detached"  # true or false in itself, whatever the problem is
    UNCHECKED = "unchecked"


def blanks_at(solution: ProvedSolution, successes: int) -> int:
    """How many lines are left out after so many successes; the first line stays."""
    return min(1 + successes, len(solution.lines) - 1)


@dataclass
class FadedExample:
    """filled: lines that the student has filled in or was shown, as typed.

    shown: the places in `filled` of those that were shown. was_shown: whether a line was, at any
    time.
    decimal_comma: how the student writes numbers.
    """

    solution: ProvedSolution
    blanks: int
    filled: list[str] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    was_shown: bool = False
    decimal_comma: bool = False
    verdict: LineVerdict | None = None
    tried: Line | None = None  # the line that was typed, if it was not taken
    working: list[Line] = field(default_factory=list)  # the filled lines, with marks once checked
    is_done: bool = False  # so far as was checked

    @property
    def given(self) -> Sequence[OfferedLine]:
        return self.solution.lines[: len(self.solution.lines) - self.blanks]

    @property
    def lines(self) -> list[str]:
        """Those that stand there, with decimal points."""
        filled = with_points(self.filled, decimal_comma=self.decimal_comma)
        return [*(line.line for line in self.given), *filled]

    @property
    def number(self) -> int:
        """Of the line to be filled in."""
        return len(self.lines) + 1

    @property
    def is_unaided(self) -> bool:
        return not (self.shown or self.was_shown)

    @property
    def filled_lines(self) -> list[tuple[Line, bool]]:
        """Each of `working`, and whether it was shown."""
        return [(line, index in self.shown) for index, line in enumerate(self.working)]

    def put(self, filled: Sequence[str], shown: Sequence[int]) -> None:
        """Put these lines there, unchecked; they count only after `check`."""
        self.filled, self.shown = list(filled)[:MAX_FILLED], list(shown)
        self.working = [Line(line, "") for line in self.filled]

    def check(self) -> None:
        """Check the filled lines, and whether they complete the solution; takes a while."""
        if self.filled:
            self.working = self._checked(self.lines).lines[len(self.given) :]
            is_answer = self.lines[-1] == self.solution.answer
            self.is_done = is_answer or is_solved(self.solution.statement, self.lines)

    def fill(self, line: str) -> None:
        """Take the line if it follows; else say why not."""
        line = with_points([line.strip()], decimal_comma=self.decimal_comma)[0]
        line = self._with_unknown(line)
        if _squeezed(line) in map(_squeezed, self.lines):
            self.verdict = LineVerdict.REPEATED
            return
        typed = self._checked([*self.lines, line]).lines[-1]
        self.verdict = self._verdict_on(line, typed.mark)
        if self.verdict == LineVerdict.FOLLOWS:
            self.filled.append(line)
        else:
            self.tried = typed

    def _verdict_on(self, line: str, mark: Mark | None) -> LineVerdict:
        if mark in (Mark.PROVED, Mark.GIVEN) and self._is_next(line):
            return LineVerdict.FOLLOWS
        if mark == Mark.PROVED:
            return LineVerdict.DETACHED if self._is_empty(line) else LineVerdict.FOLLOWS
        if is_detached(line, self._is_shared):
            return LineVerdict.DETACHED
        is_wrong = mark in (Mark.REFUTED, Mark.RESTING)
        return LineVerdict.WRONG if is_wrong else LineVerdict.UNCHECKED

    def show(self) -> None:
        """Fill in the next line for the student."""
        offered = next(iter(next_lines(self.solution.statement, self.lines)), None)
        remaining = (line.line for line in self.solution.lines if line.line not in self.lines)
        line = offered.line if offered else next(remaining, self.solution.answer)
        self.shown.append(len(self.filled))
        self.filled.append(line)

    def _with_unknown(self, line: str) -> str:
        """x = -1 or x = 10 for {-1, 10} and for -1, 10, where the solution ends in x = …"""
        unknown = _UNKNOWN.match(self.solution.answer)
        inner = line.replace("\\{", "{").replace("\\}", "}").strip()
        is_set = inner.startswith("{") and inner.endswith("}")
        values = [value.strip() for value in _BETWEEN_VALUES.split(inner.strip("{}"))]
        is_list = is_set or len(values) > 1
        if not (unknown and is_list and all(values)) or _RELATION.search(line):
            return line
        return " or ".join(f"{unknown[1]} = {value}" for value in values)

    def _is_next(self, line: str) -> bool:
        """Whether the solution has this line, which only states something."""
        return _squeezed(line) in map(_squeezed, self.solution.texts)

    def _is_empty(self, line: str) -> bool:
        """Whether it is true in itself and does not go on from the line above."""
        if not _is_true_alone(line):
            return False
        left, _equals, right = map(_squeezed, line.rpartition("="))
        if left == right or is_detached(line, self._is_shared):
            return True
        if self._rewrites:
            return self._keeps_value and not _are_equal(self.lines[-1], line)
        return not is_solved(self.solution.statement, [*self.lines, line])

    def _is_shared(self, sides: Sequence[str]) -> bool:
        """Whether one of them has the value of the term that is rewritten, or is of the lines."""
        if self._rewrites:
            return any(_are_equal(self.lines[-1], side) for side in sides)
        solution = self.solution
        own = parts_of(solution.statement, [*self.lines, *solution.texts])
        return any(is_made_of(side, own) for side in sides)

    @property
    def _rewrites(self) -> bool:
        """Whether the lines rewrite a term; else they change an equation."""
        above = self.lines[-1]
        return ("=" in above and _is_true_alone(above)) or not _RELATION.search(above)

    @property
    def _keeps_value(self) -> bool:
        """Whether each line rewrites the term above it, to the end."""
        return _are_equal(self.lines[-1], self.solution.answer)

    def _checked(self, lines: Sequence[str]) -> Working:
        checks = check_lines(lines, self.solution.statement, MAX_WORK_S)
        reader = LineReader(decimal_comma=self.decimal_comma)
        return Working(
            lines, checks, reader=reader, visibility=EVERYTHING, visible_mark_count=len(lines)
        )


def _is_true_alone(line: str) -> bool:
    return check_lines([line], "", MAX_WORK_S)[0].mark == Mark.PROVED


def _are_equal(line: str, other: str) -> bool:
    """Whether what stands right of the last equals sign has one value in both."""
    ends = (text.rpartition("=")[2].strip() for text in (line, other))
    return _is_true_alone(" = ".join(ends))


def _squeezed(line: str) -> str:
    return "".join(line.split())
