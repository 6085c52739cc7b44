"""The function that a working calls f where the statement only has the equation f(x) = 0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from tutor.grading.parsing.tree import ZERO, Comparison, Sym, Term, Value, free_names, is_term
from tutor.grading.steps.definitions import Function
from tutor.grading.working.task import Task

MAX_LINES = 30
_CALLED = re.compile(
    r"(?<![A-Za-z\\])([fghp])'{0,2}\s?\(\s?(?:[-−]?\d{1,9}(?:\.\d{1,9})?|[a-z]_?\d)\s?\)"
)
_DERIVED = re.compile(r"(?<![A-Za-z\\])([fghp])['′]\s?\(\s?[a-z]\s?\)")
_DEFINED = re.compile(r"(?<![A-Za-z\\])([fghp])\s?(?:\(\s?[a-z]\s?\))?\s?(?:=|:|≔)")


def learn_meant_function(task: Task, lines: Sequence[str]) -> None:
    """f for x³ - x - 1 of x³ - x - 1 = 0, where lines call f and none says what it is."""
    definitions = task.definitions
    bodies = {body for equation in task.equations if (body := _body(equation)) is not None}
    text = "\n".join(islice(lines, MAX_LINES))
    called = {*_CALLED.findall(text), *_DERIVED.findall(text)}
    if len(bodies) != 1 or len(called) != 1:
        return
    [body], [name] = bodies, called
    taken = definitions.functions.keys() | definitions.sought | definitions.called | task.names
    if name in taken or name in _DEFINED.findall(text):
        return
    [variable] = free_names(body)
    definitions.functions[name] = Function(variable, body)
    definitions.called |= {name}


def _body(equation: Value) -> Term | None:
    """The left side of an equation with 0 on its right, in one letter; None for others."""
    match equation:
        case Comparison("=", left, right) if right == ZERO and is_term(left):
            is_of_one = len(free_names(left)) == 1 and not isinstance(left, Sym)
            return left if is_of_one else None
    return None
