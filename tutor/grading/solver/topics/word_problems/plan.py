"""Plans: the quantities of a problem, in the order in which a teacher works them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Div,
    Mul,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.solver.equality import is_equal
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import is_plain, number
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import put_in, term_of

MAX_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Waypoint:
    """One quantity. steps: how its line may begin, the best first. value: what it comes to.

    unknown: the letter for which an equation is solved; empty for a calculation.
    """

    steps: tuple[Step, ...]
    value: Term | None = None
    unknown: str = ""

    def is_stated_by(self, line: Value) -> bool:
        """Whether the line gives the value, with nothing left to work out."""
        if self.value is None:
            return False
        match line:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                is_named = isinstance(left, Sym | Call) or not free_names(left)
                is_named = is_named and (not self.unknown or left == Sym(self.unknown))
                return is_named and self._is_worked_out(right)
        return is_term(line) and self._is_worked_out(line)

    def _is_worked_out(self, term: Term) -> bool:
        return self.value is not None and is_plain(term) and is_equal(term, self.value)

    def is_begun_by(self, line: Value) -> bool:
        """Whether the line goes on to it."""
        if self.unknown and self.unknown in free_names(line):
            return True
        if any(step.value == line for step in self.steps):
            return True
        if self.value is None:
            return False
        match line:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                sides = [left, right]
            case _:
                sides = [line] if is_term(line) else []
        return any(not free_names(side) and is_equal(side, self.value) for side in sides)


Plan = Sequence[Waypoint]


def follow(plan: Plan, position: Position, *others: Plan) -> Iterator[Step]:
    """The first line of the next quantity; none while a calculation goes on, or at the end.

    others: ways that are not offered, but that a pupil may have begun.
    """
    lines = written_lines(position)
    for way in (plan, *others) if lines else (plan,):
        steps = tuple(_following(way, lines))
        if steps:
            yield from steps
            return


def _following(plan: Plan, lines: Sequence[Value]) -> Iterator[Step]:
    reached = 0
    for line in lines:
        for index in range(reached, len(plan)):
            if plan[index].is_stated_by(line):
                reached = index + 1
                break
    if reached == len(plan):
        return
    if not lines or (reached and _states_any(plan[:reached], lines[-1])):
        yield from plan[reached].steps
    elif _is_single_operation(lines[-1]) and plan[reached].is_begun_by(lines[-1]):
        for following in plan[reached + 1 : reached + 2]:
            yield from following.steps  # 7.50/5, then 8·1.5


def _is_single_operation(line: Value) -> bool:
    """7.50/5, whose result is clear."""
    match line:
        case Div(top, bottom):
            return is_plain(top) and is_plain(bottom)
        case Mul((first, second)):
            return is_plain(first) and is_plain(second)
    return False


def _states_any(stages: Sequence[Waypoint], line: Value) -> bool:
    return any(stage.is_stated_by(line) for stage in stages)


def formula(text: str, **letters: Term) -> Term:
    """The formula with these numbers in place of its letters."""
    return put_in(term_of(text), letters)


def decimal(value: Fraction) -> Term:
    """0.8 for 4/5; a fraction where no short decimal is equal."""
    size = abs(value)
    for places in range(MAX_DECIMALS + 1):
        scaled = size * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
            term = Num(size, text)
            return number(value) if not places or value < 0 else term
    return number(value)


def intermediate(
    term: Term, move: MoveName, *terms: str, name: str = "", value: Term | None = None
) -> Waypoint:
    """A quantity on the way, worked out at once: 2 + 3 = 5."""
    rational = rational_value(term)
    if value is None:
        value = term if rational is None else decimal(rational)
    steps = [Step(Comparison("=", term, value), Move(move, terms))] if term != value else []
    if name:
        steps.append(Step(Comparison("=", Sym(name), term), Move(move, terms)))
    return Waypoint(tuple(steps), value)


def answer(term: Term, move: MoveName, *terms: str, name: str = "") -> Waypoint:
    """What is asked for, as a term that others go on to work out."""
    steps = [Step(term, Move(move, terms))]
    value = rational_value(term)
    if value is not None and _is_single_operation(term):
        steps.append(Step(Comparison("=", term, decimal(value)), Move(move, terms)))
    if name:
        steps.append(Step(Comparison("=", Sym(name), term), Move(move, terms)))
    return Waypoint(tuple(steps), term)


def equation(
    left: Term, right: Term, unknown: str, value: Term | None, move: MoveName, *terms: str
) -> Waypoint:
    """An equation for what is asked for."""
    line = Comparison("=", left, right)
    return Waypoint((Step(line, Move(move, terms)),), value, unknown)
