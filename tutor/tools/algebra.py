"""Algebra for a model: reads the question, and lets SymPy compute it in a child process."""

from __future__ import annotations

import re
from enum import StrEnum

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.numeric.sympy_client import to_lists
from tutor.grading.parsing.tree import (
    BigOperator,
    Comparison,
    Logic,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.tree import substitute as put
from tutor.grading.processes.pool import ChildPool
from tutor.grading.processes.timeout import TimedOut, Timeout
from tutor.tools import calculator
from tutor.tools.reading import MAX_PARTS, NoResult, quoted, read, read_term

CHILDREN = 1
MAX_QUESTION_S = 3.0  # for one question, without the start of the child
START_S = 15.0  # for a child, on a busy machine
MAX_EQUATIONS = 6
_EQUATIONS = re.compile(r"[;\n]")

_children = ChildPool("from tutor.tools.algebra_child import serve; serve()", CHILDREN)


class Operation(StrEnum):
    SIMPLIFY = "simplify"
    EXPAND = "expand"
    FACTOR = "factor"
    SOLVE = "solve"
    DIFFERENTIATE = "differentiate"
    INTEGRATE = "integrate"
    EVALUATE = "evaluate"


_IN_ONE_LETTER = {Operation.DIFFERENTIATE, Operation.INTEGRATE}


def work_out(operation: Operation, expression: str, variable: str = "", at: str = "") -> str:
    """The result as LaTeX. Raises NoResult.

    expression: for SOLVE equations or inequalities, several of them with semicolons between.
    variable: the letter, where there are several. at: values such as "x = 3, y = 2" to EVALUATE at.
    """
    if operation == Operation.SOLVE:
        return _solve(expression, variable)
    term = read_term(expression)
    if operation == Operation.EVALUATE:
        return _evaluate(term, expression, at)
    letter = _letter(term, expression, variable) if operation in _IN_ONE_LETTER else ""
    return _ask(expression, [operation, to_lists(term), letter])


def _letter(term: Value, expression: str, variable: str) -> str:
    names = free_names(term)
    if variable:
        value = read(variable)
        if not isinstance(value, Sym):
            raise NoResult(f"The variable must be a letter, not {quoted(variable)}.")
        return value.name
    if len(names) == 1:
        return next(iter(names))
    raise NoResult(
        f"{quoted(expression)} has {'several letters' if names else 'no letter'}:"
        " say by the variable which one is meant."
    )


def _evaluate(term: Term, expression: str, at: str) -> str:
    for name, value in _values(at).items():
        term = _put(term, Sym(name), value)
    if free_names(term):
        return _ask(expression, [Operation.SIMPLIFY, to_lists(term), ""])
    if rational_value(term) is not None:
        return calculator.value_of(term, expression)
    return _ask(expression, [Operation.EVALUATE, to_lists(term), ""])


def _put(term: Term, letter: Sym, value: Term) -> Term:
    """Raises NoResult if the term would grow too long, or if the letter is bound."""
    parts = list(walk(term))
    bound = {part.name for part in parts if isinstance(part, BigOperator)}
    if clash := sorted(bound & ({letter.name} | free_names(value))):
        raise NoResult(f"An integral or a sum runs over {clash[0]}: give that another letter.")
    more = len(list(walk(value))) - 1
    if len(parts) + parts.count(letter) * more > MAX_PARTS:
        raise NoResult(f"With these values the expression has more than {MAX_PARTS} parts.")
    replaced: Term = put(term, letter, value)
    return replaced


def _values(at: str) -> dict[str, Term]:
    values: dict[str, Term] = {}
    for relation in _relations(at) if at.strip() else []:
        left, right = relation.left, relation.right
        if relation.op != "=" or not isinstance(left, Sym) or not is_term(right):
            raise NoResult(f"Values are written as in 'x = 3, y = 2', not {quoted(at)}.")
        values[left.name] = right
    return values


def _solve(expression: str, variable: str) -> str:
    relations = _relations(expression)
    names = sorted(frozenset[str]().union(*map(free_names, relations)))
    if not names:
        raise NoResult(f"{quoted(expression)} has no letter to solve for.")
    letters = [_letter(relations[0], expression, part) for part in variable.split(",") if part]
    if not letters and len(relations) == 1:
        letters = [_letter(relations[0], expression, "")]
    equations = [
        [relation.op, to_lists(_side(relation.left)), to_lists(_side(relation.right))]
        for relation in relations
    ]
    return _ask(expression, [Operation.SOLVE, equations, letters or names])


def _relations(text: str) -> list[Comparison]:
    relations: list[Comparison] = []
    for part in _EQUATIONS.split(text):
        if part.strip():
            relations += _joined(read(part), part)
    if not relations:
        raise NoResult("The expression is empty.")
    if len(relations) > MAX_EQUATIONS:
        raise NoResult(f"Those are more than {MAX_EQUATIONS} equations.")
    return relations


def _joined(value: Value, text: str) -> list[Comparison]:
    if isinstance(value, Comparison) and value.op in {"=", "<", "<=", ">", ">="}:
        return [value]
    if isinstance(value, Logic) and value.op == "and":
        return [relation for part in value.parts for relation in _joined(part, text)]
    raise NoResult(f"{quoted(text)} is no equation such as 2x + 3 = 7.")


def _side(value: Value) -> Term:
    if not is_term(value):
        raise NoResult("A side of the equation is no expression.")
    return value


def _ask(expression: str, question: list[object]) -> str:
    """The child's answer. Raises NoResult."""
    try:
        with _children.child(Timeout(START_S)) as child:
            answer = child.ask(question, Timeout(MAX_QUESTION_S))
    except TimedOut:
        raise NoResult(f"{quoted(expression)} takes too long.") from None
    except (OSError, ValueError):
        answer = None
    match answer:
        case {"result": str(result)}:
            return result
        case {"reason": str(reason)}:
            raise NoResult(f"{quoted(expression)} {reason}.")
    raise NoResult(f"{quoted(expression)} cannot be worked out here.")
