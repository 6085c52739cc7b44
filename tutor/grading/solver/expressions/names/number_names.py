"""Names other ways of writing a number: rounded, or in scientific notation."""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, ball, precision
from tutor.grading.parsing.tree import (
    Comparison,
    Mul,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.terms import without_sign
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

MAX_VALUE_WORK_S = 0.02
_EQUALS = ("=", "≈")


def name_rounding(before: Value, after: Value) -> Iterator[Move]:
    """√50 as 7.07, and likewise x = √50 as x ≈ 7.07."""
    old, new = _side(before), _side(after)
    if old is not None and new is not None and _is_rounded(old, new):
        yield Move(MoveName.ROUND)


def _side(value: Value) -> Term | None:
    """A term without letters, alone or as the value of a letter."""
    if isinstance(value, Comparison) and value.op in _EQUALS and isinstance(value.left, Sym):
        value = value.right
    return value if is_term(value) and not free_names(value) else None


def _is_rounded(exact: Term, rounded: Term) -> bool:
    """Whether a decimal has the value to its last digit, and is not the value itself."""
    sign, core = without_sign(rounded)
    decimals = len(core.text.partition(".")[2]) if isinstance(core, Num) else 0
    if not isinstance(core, Num) or not decimals:
        return False
    value = _value(exact)
    if value is None:
        return False
    gap = abs(value - ball(sign * core.value))
    return bool(gap > 0) and bool(2 * gap < arb(10) ** -decimals)


def _value(term: Term) -> arb | None:
    try:
        with WorkBudget(MAX_VALUE_WORK_S) as budget, precision(BASE_BITS):
            value = Evaluator({}, budget, real=True).value(term)
    except (Undefined, KeyError, OverflowError, WorkBudgetSpent, RecursionError):
        return None
    return value if isinstance(value, arb) else None


def name_scientific_notation(change: Change) -> Iterator[Move]:
    """4500 as 4.5·10^3."""
    _, before = without_sign(change.before)
    match without_sign(change.after)[1]:
        case Mul((Num(), Pow(Num(base), _))) if base == 10 and isinstance(before, Num):
            yield Move(MoveName.SCIENTIFIC_NOTATION)
