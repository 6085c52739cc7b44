"""Names the move between two lines, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tutor.grading.parsing.tree import (
    FAILURES,
    Comparison,
    Logic,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solver.expressions.names.rewriting_names import name_rewriting
from tutor.grading.solver.moves import Move
from tutor.grading.solver.reading import read_value
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import Goal, GoalKind, Position
from tutor.grading.solver.topics import NAMINGS, RULE_NAMINGS, TOPICS
from tutor.grading.solver.topics.word_problems import name_texts
from tutor.grading.working.task import Task

WORK_S = 0.5
_TERM_GOALS = (GoalKind.EVALUATE, GoalKind.SIMPLIFY, GoalKind.EXPAND, GoalKind.FACTOR)


def name_move(before: str, after: str) -> Move | None:
    """None where no single move is certain. Never raises."""
    with suppress(*FAILURES), WorkBudget(WORK_S):
        if move := next(name_texts(before, after), None):
            return move
        values = read_value(before), read_value(after)
        if values[0] is not None and values[1] is not None:
            return next(_moves(values[0], values[1]), None)
    return None


def _moves(before: Value, after: Value) -> Iterator[Move]:
    """First the rules with a name, then how a side was rewritten, then what the solver would do."""
    for naming in RULE_NAMINGS:
        yield from naming(before, after)
    yield from name_rewriting(before, after)
    if isinstance(before, Comparison) and not free_names(before):
        return  # 33 - 7 = 26 is a calculation, and nothing is done to its sides
    for goal in _goals(before):
        for topic in TOPICS:
            for step in topic(Position(goal, before)):
                if same_form(step.value, after):
                    yield step.move
    for naming in NAMINGS:
        yield from naming(before, after)


def _goals(value: Value) -> Iterator[Goal]:
    """What a line may have been written for."""
    if isinstance(value, Comparison | Logic):
        names = sorted(free_names(value))
        yield Goal(GoalKind.SOLVE, Task(), value, tuple(names))
    elif is_term(value):
        kinds = _TERM_GOALS if free_names(value) else _TERM_GOALS[:2]
        yield from (Goal(kind, Task(), value) for kind in kinds)
