"""Asks SymPy in a child process (sympy_child), so that this process never imports it."""

from __future__ import annotations

import time

from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    walk,
)
from tutor.grading.processes.deadline import Deadline, Timeout, add_child_time
from tutor.grading.processes.pool import ChildPool

MAX_CHILDREN = 2
MAX_QUESTION_S = 1.0  # of one question, without the start of the child
WAIT_FACTOR = 2  # how many times as long a busy machine may take
MAX_PARTS = 150  # of the two expressions together

# nice: pages and tokens come before loading SymPy.
_START = "import os; os.nice(5); from tutor.grading.numeric.sympy_child import serve; serve()"
_children = ChildPool(_START, MAX_CHILDREN)


def warm_up(count: int = MAX_CHILDREN) -> None:
    """Starts children when a worker starts, so that the first question finds SymPy loaded."""
    _children.warm_up(count)


def same_by_sympy(left: Term, right: Term, deadline: Deadline) -> bool | None:
    """Whether SymPy proves the two equal or different; None if neither. Raises DeadlinePassed."""
    if sum(1 for term in (left, right) for _ in walk(term)) > MAX_PARTS:
        return None
    try:
        question = [to_lists(left), to_lists(right)]
    except TypeError:
        return None
    began_at = time.monotonic()
    most_s = min(MAX_QUESTION_S, deadline.left_s)
    try:
        with _children.child(Timeout(WAIT_FACTOR * deadline.left_s)) as child:
            answer = child.ask(question, Timeout(WAIT_FACTOR * most_s))
    except (OSError, ValueError):
        return None
    finally:
        add_child_time(min(time.monotonic() - began_at, most_s))
    return answer if isinstance(answer, bool) else None


def to_lists(term: Term | None) -> object:
    """The tree as lists, for JSON."""
    match term:
        case None:
            return None
        case Num(value):
            return ["num", value.numerator, value.denominator]
        case Const(name) | Sym(name):
            return ["const" if isinstance(term, Const) else "sym", name]
        case Add(parts) | Mul(parts):
            return [type(term).__name__.lower(), *(to_lists(part) for part in parts)]
        case Neg(part):
            return ["neg", to_lists(part)]
        case Div(a, b) | Pow(a, b) | Root(a, b):
            return [type(term).__name__.lower(), to_lists(a), to_lists(b)]
        case Call(name, args):
            return ["call", name, *(to_lists(arg) for arg in args)]
        case BigOperator(kind, body, name, low, high):
            return [kind, to_lists(body), name, to_lists(low), to_lists(high)]
    raise TypeError(f"SymPy is not asked about {term!r}")
