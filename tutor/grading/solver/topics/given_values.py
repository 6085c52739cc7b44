"""The value of a term for given values of its letters: 3x² - 2x for x = -2."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.parsing.tree import Comparison, Sym, Term, free_names, is_term, substitute
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.working.task import Task


def steps(position: Position) -> Iterator[Step]:
    """From the start alone; the calculation goes on from there."""
    if position.current != position.goal.start or position.earlier:
        return
    task = position.goal.task
    terms = [term for term in task.expressions if free_names(term)]
    values = _given_values(task)
    if len(terms) != 1 or not free_names(terms[0]) <= values.keys():
        return
    term = terms[0]
    names = sorted(free_names(term))
    for name in names:
        term = substitute(term, Sym(name), values[name])
    if len(names) == 1:
        move = Move(MoveName.PUT_IN_VALUE, (names[0], typed(values[names[0]])))
    else:
        move = Move(MoveName.SUBSTITUTE_EACH)
    yield Step(term, move)


def _given_values(task: Task) -> dict[str, Term]:
    """The numbers that letters stand for, by the statement."""
    values: dict[str, Term] = {}
    for equation in task.equations:
        match equation:
            case Comparison("=", Sym(name), value) if is_term(value) and not free_names(value):
                values[name] = value
    return values
