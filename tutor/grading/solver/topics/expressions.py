"""Terms: the next form of one that stands alone, or of a side of an equation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tutor.grading.parsing.tree import Call, Comparison, Num, Sym, Term, Value, free_names, is_term
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.steps import rewrites
from tutor.grading.solver.goal import is_unknown_call
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Goal, GoalKind, Position, Step
from tutor.grading.solver.topics.cases import is_value

MAX_FORMS = 4  # offered of one line
_ABOUT_FORMS = frozenset({GoalKind.EXPAND, GoalKind.FACTOR, GoalKind.COMPLETE_SQUARE})
_VERTEX = re.compile(
    r"\bvertex|scheitel|\bsommet|\bvértice|forme canonique|顶点|配方"
    r"|\b(?:minimum|maximum|largest|smallest) value|extremwert",
    re.IGNORECASE,
)


def steps(position: Position) -> Iterator[Step]:
    for number, step in enumerate(_steps(position)):
        if number == MAX_FORMS:
            return
        yield step


def _steps(position: Position) -> Iterator[Step]:
    current, goal = position.current, position.goal
    kind = _kind_of(goal)
    if isinstance(current, Comparison):
        if goal.kind == GoalKind.SOLVE and is_value(current) and free_names(current.right):
            return  # the letter that is sought is the subject
        for equation, move in _of_sides(current, kind):
            yield Step(equation, move)
    elif current is not None and is_term(current) and not _is_plain(current):
        for rewrite in rewrites(current, kind, is_start=current == goal.start):
            yield Step(_with_name(rewrite.term, position), rewrite.move)


def _kind_of(goal: Goal) -> GoalKind:
    """What to do with a term; within a longer problem it is simplified."""
    if goal.kind in _ABOUT_FORMS:
        return goal.kind
    return GoalKind.COMPLETE_SQUARE if _VERTEX.search(goal.task.text) else GoalKind.SIMPLIFY


def _is_plain(term: Term) -> bool:
    """20 % and 30° of a statement are numbers to calculate with."""
    return isinstance(term, Call) and isinstance(term.args[0], Num) and len(term.args) == 1


def _with_name(term: Term, position: Position) -> Value:
    """y = (x - 3)^2 + 2, where the problem gives y = x^2 - 6x + 11."""
    for equation in position.goal.task.equations:
        match equation:
            case Comparison("=", Sym() | Call() as name, right) if right == position.current:
                return Comparison("=", name, term)
    return term


def _of_sides(equation: Comparison, kind: GoalKind) -> Iterator[tuple[Value, Move]]:
    """m = (9 - 3)/(4 - 1), and 3 = 2·1 + c: the right side first, since a name is on the left."""
    if not free_names(equation) and not is_unknown_call(equation.left):
        return
    firsts: dict[str, Rewrite] = {}
    for side in ("right", "left"):
        term = getattr(equation, side)
        if is_term(term) and not isinstance(term, Sym):
            wanted = kind if free_names(term) else GoalKind.SIMPLIFY
            for rewrite in rewrites(term, wanted, is_start=True):
                firsts.setdefault(side, rewrite)
    if len(firsts) == 2 and firsts["left"].move.name == firsts["right"].move.name:
        both = replace(equation, left=firsts["left"].term, right=firsts["right"].term)
        yield both, firsts["left"].move
    for side, rewrite in firsts.items():
        if side == "right":
            yield replace(equation, right=rewrite.term), rewrite.move
        else:
            yield replace(equation, left=rewrite.term), rewrite.move
