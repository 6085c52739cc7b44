"""A proved solution in which one usual mistake was made, and carried on to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tutor.grading.exercises.mistaken_lines import mistaken_lines
from tutor.grading.exercises.proved_solution import (
    MORE_DIGITS,
    PROVED,
    digits_of,
    shape_of,
)
from tutor.grading.exercises.results import ProvedSolution, WrongSolution
from tutor.grading.parsing.tree import FAILURES
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solver.closing import closing_steps
from tutor.grading.solver.ends import is_end
from tutor.grading.solver.going_back import goes_back
from tutor.grading.solver.reading import read_position, read_value
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.topics import TOPICS
from tutor.grading.steps.checks import Mark, Slip, StepCheck
from tutor.grading.working.checker import check_working

WORK_S = 0.6
MIN_LINES = 3
MAX_AFTER = 8  # lines after the wrong one
MAX_CARRIED_ON = 6  # wrong lines of one solution from which it is tried to go on
# What another number, sign or relation may show. Other rules would explain it only by chance.
_OF_SYMBOLS = frozenset(
    {
        *(Slip.MOVED_SIGN, Slip.LOST_SIGN, Slip.DIVIDED_WRONGLY, Slip.FACTOR_SIGN),
        *(Slip.INEQUALITY_NOT_TURNED, Slip.STRICT_CHANGED, Slip.LOST_ROOT, Slip.ARITHMETIC),
        *(Slip.ELIMINATION, Slip.BACK_SUBSTITUTION, Slip.POWER_RULE),
    }
)
_LESS_TELLING = frozenset({Slip.ARITHMETIC, Slip.LOST_SIGN})
_LETTERS = re.compile(r"[^\W\d]+")


@dataclass(frozen=True, slots=True)
class _Mistake:
    index: int
    line: str
    check: StepCheck

    @property
    def slip(self) -> Slip:
        claim = self.check.refuted
        return claim.slip if claim else Slip.NONE


def wrong_solution(
    solution: ProvedSolution, seen: Sequence[WrongSolution] = ()
) -> WrongSolution | None:
    """The lines before the wrong one are proved, it is refuted, and those after rest on it.

    seen: exercises before this one; another line and another mistake are better. None where no
    usual mistake can be carried on to an end.
    """
    budget = WorkBudget(WORK_S)
    mistakes: list[_Mistake] = []
    with suppress(*FAILURES), budget:
        for mistake in _mistakes(solution):
            mistakes.append(mistake)
    mistakes.sort(key=lambda mistake: _rank(mistake, solution, seen))
    with suppress(*FAILURES), WorkBudget(WORK_S):
        for mistake in mistakes[:MAX_CARRIED_ON]:
            if carried_on := _carried_on(solution, mistake):
                return carried_on
    return None


def _rank(
    mistake: _Mistake, solution: ProvedSolution, seen: Sequence[WrongSolution]
) -> tuple[int, ...]:
    """The most telling first: what others have not shown, a rule, and in a line between others."""
    right = solution.texts[mistake.index]
    return (
        sum((mistake.slip == wrong.slip) + (mistake.index == wrong.wrong_index) for wrong in seen),
        mistake.slip in _LESS_TELLING,
        mistake.index == 0,
        mistake.index == len(solution.lines) - 1,
        shape_of(mistake.line) != shape_of(right),
        abs(len(mistake.line) - len(right)),
    )


def _mistakes(solution: ProvedSolution) -> Iterator[_Mistake]:
    last = len(solution.lines) - 1
    for index in (*reversed(range(1, last)), last, 0):  # the most wanted before the budget ends
        before, right = solution.texts[:index], solution.texts[index]
        position, _lines = read_position(solution.statement, before)
        if position.current is None:
            continue
        for line in mistaken_lines(position.current, right):
            check = check_working([*before, line.text], solution.statement)[-1]
            mistake = _Mistake(index, line.text, check)
            usual = {line.slip} if line.slip else _OF_SYMBOLS
            if check.mark == Mark.REFUTED and mistake.slip in usual:
                yield mistake


def _carried_on(solution: ProvedSolution, mistake: _Mistake) -> WrongSolution | None:
    before = solution.texts[: mistake.index]
    value = read_value(mistake.line)
    if value is None:
        return None
    position = read_position(solution.statement, before)[0].after(value)
    lines, end = _continued(solution.statement, [*before, mistake.line], position)
    if not MIN_LINES <= len(lines) <= len(before) + 1 + MAX_AFTER or not is_end(end):
        return None
    checks = check_working(lines, solution.statement)
    if not _is_sound(solution, lines, checks, mistake.index):
        return None
    right = solution.lines[mistake.index]
    return WrongSolution(solution.statement, tuple(lines), mistake.index, right, tuple(checks))


def _continued(
    statement: str, lines: Sequence[str], position: Position
) -> tuple[list[str], Position]:
    """The lines and those that rest on the last of them, and where these lead.

    More than MAX_AFTER lines are cut off behind the next one.
    """
    continued = list(lines)
    while len(continued) <= len(lines) + MAX_AFTER:
        step = next(_resting_steps(statement, continued, position), None)
        if step is None:
            break
        continued.append(step.line)
        position = position.after(step.value)
    return continued, position


def _resting_steps(statement: str, lines: Sequence[str], position: Position) -> Iterator[Step]:
    for topic in (*TOPICS, closing_steps):
        for step in topic(position):
            is_new = step.line not in lines and not goes_back(step, position)
            if is_new and check_working([*lines, step.line], statement)[-1].mark == Mark.RESTING:
                yield step


def _is_sound(
    solution: ProvedSolution, lines: Sequence[str], checks: Sequence[StepCheck], wrong_index: int
) -> bool:
    """Whether exactly one line is wrong, and the end is not the right one."""
    marks = [check.mark for check in checks]
    is_as_meant = (
        set(marks[:wrong_index]) <= PROVED
        and marks[wrong_index] == Mark.REFUTED
        and set(marks[wrong_index + 1 :]) <= {Mark.RESTING}
        and (
            all(check.refuted is None for check in checks[wrong_index + 1 :])
            or _follow(lines[wrong_index:])
        )
    )
    longest = max(map(digits_of, solution.texts)) + MORE_DIGITS
    is_short = all(digits_of(line) <= longest for line in lines)
    if not (is_as_meant and is_short and _is_like(lines[-1], solution.answer)):
        return False
    straight = check_working([*lines[:wrong_index], lines[-1]], solution.statement)[-1]
    return straight.mark not in PROVED


def _is_like(end: str, answer: str) -> bool:
    """Whether it gives the same quantity, in the same unit; a second solution may be lost."""
    names = [_LETTERS.findall(text.partition(" or ")[0]) for text in (end, answer)]
    return names[0] == names[1] and (" : " in end) == (" : " in answer)


def _follow(lines: Sequence[str]) -> bool:
    """Whether all follow from the first of them alone."""
    return {check.mark for check in check_working(lines)[1:]} <= PROVED
