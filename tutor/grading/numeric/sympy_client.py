"""Asks SymPy in a child process (sympy_child), so that this process never imports it.

SymPy's work is counted by its calls of cached functions: for the same question they are as many on
every machine. Waiting for a child costs no work.
"""

from __future__ import annotations

from typing import Any

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
from tutor.grading.processes.pool import ChildPool
from tutor.grading.processes.timeout import TimedOut, Timeout
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

MAX_CHILDREN = 2
MAX_QUESTION_WORK_S = 2.0  # for one question
CALL_WORK = 20  # microseconds; on a quiet machine a call of SymPy takes 4 to 12
QUESTION_WORK = 10_000  # microseconds, to start a fork
WAIT_FACTOR = 20  # how many times as long as its work a question may take on a busy machine
MAX_WAIT_S = 40.0
MAX_PARTS = 150  # of the two expressions together
MAX_ANSWERS = 200  # that are remembered, since a working asks the same several times

# nice: pages and tokens come before loading SymPy.
_START = "import os; os.nice(5); from tutor.grading.numeric.sympy_child import serve; serve()"
_children = ChildPool(_START, MAX_CHILDREN)
_answers: dict[tuple[Term, Term], tuple[bool | None, int]] = {}


def warm_up(count: int = MAX_CHILDREN) -> None:
    """Starts children when a worker starts, so that the first question finds SymPy loaded."""
    _children.warm_up(count)


def same_by_sympy(left: Term, right: Term, budget: WorkBudget) -> bool | None:
    """Whether SymPy proves the two equal or different; None if neither. Raises WorkBudgetSpent."""
    if sum(1 for term in (left, right) for _ in walk(term)) > MAX_PARTS:
        return None
    try:
        sides = [to_lists(left), to_lists(right)]
    except TypeError:
        return None
    budget.step(QUESTION_WORK)
    if (left, right) in _answers:
        same, calls = _answers[left, right]
        budget.step(CALL_WORK * calls)  # as when it was asked
        return same
    max_work_s = min(MAX_QUESTION_WORK_S, budget.left_s)
    try:
        answer = _ask(sides, max_work_s)
    except TimedOut:
        raise WorkBudgetSpent from None
    except (OSError, ValueError):
        return None
    match answer:
        case {"same": same, "calls": int(calls)}:
            same = same if isinstance(same, bool) else None
            _remember(left, right, same, calls)
            budget.step(CALL_WORK * calls)
            return same
    budget.step(1e6 * max_work_s)
    return None


def _ask(sides: list[Any], max_work_s: float) -> Any:
    """Null where the work was not enough. Raises TimedOut, OSError and ValueError."""
    wait_s = min(MAX_WAIT_S, WAIT_FACTOR * max_work_s)
    # Loading SymPy is no part of the question, which would else have no answer on a busy machine.
    with _children.child(Timeout(wait_s), loading_s=MAX_WAIT_S) as child:
        question = [*sides, int(1e6 * max_work_s / CALL_WORK), max_work_s]
        return child.ask(question, Timeout(wait_s))


def _remember(left: Term, right: Term, same: bool | None, calls: int) -> None:
    if len(_answers) >= MAX_ANSWERS:
        _answers.clear()
    _answers[left, right] = same, calls


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
