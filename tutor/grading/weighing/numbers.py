"""Numbers of a working, compared as far as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.degrees import in_degrees
from tutor.grading.numeric.equivalence import LOG_BASES, has_plain_log, with_log_base
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Const,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget

Values = Mapping[str, Term]  # by the names of unknowns
ELSEWHERE = Num(Fraction(7919, 97))  # where no equation of a problem holds by chance
EXACT = 1e-9
TINY = 1e-12  # what remains of zero
ROUNDED = 0.004  # relative, between numbers of which one may be rounded
APART = 0.02  # relative, of numbers that no rounding makes equal
_CLOCK_TIME = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])")
_TIME_UNIT = re.compile(
    r"\d\s?(?:h|min|hours?|minutes?|Uhr|Stunden?|Minuten?|heures?|horas?)\b|[时分点]"
)
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}")


def number(term: Term, budget: WorkBudget, values: Values | None = None) -> float | None:
    """The value of a term; None where it has none."""
    term = _with_values(term, values)
    if has_unknown_function(term):
        return None
    with suppress(Undefined, KeyError, OverflowError, ValueError), precision(BASE_BITS):
        value = Evaluator({}, budget, real=True).value(term)
        return float(value.mid()) if isinstance(value, arb) else None
    return None


def _with_values(term: Term, values: Values | None) -> Term:
    for name, value in (values or {}).items():
        term = substitute(term, Sym(name), value)
    return term


def numbers(term: Term, budget: WorkBudget, values: Values | None = None) -> list[float]:
    """The value with angles in radians, and with angles in degrees where that is another one.

    Where no sine or the like is taken of it, 130° may be the number 130: 180 - 50 = 130°.
    """
    term = _with_values(term, values)
    readings = [term]
    turned = in_degrees(term)
    if turned != term:
        readings.append(turned)
    if (plain := without_sign(term)) != term:
        readings.append(plain)
    return [value for reading in readings if (value := number(reading, budget)) is not None]


def without_sign(term: Term) -> Term:
    """130 for 130°; the term itself where a function is taken of an angle."""
    calls = {part for part in walk(term) if isinstance(part, Call)}
    if any(call.name != "degrees" for call in calls):
        return term
    for call in calls:
        term = substitute(term, call, call.args[0])
    return term


def holds(equation: Comparison, values: Values, budget: WorkBudget) -> bool | None:
    """Whether an equation is true at these values; None where it may be by rounding."""
    left, right = equation.left, equation.right
    if not is_term(left) or not is_term(right):
        return None
    readings = [(left, right), (in_degrees(left), in_degrees(right))]
    if has_plain_log(equation):
        readings += [(with_log_base(left, b), with_log_base(right, b)) for b in LOG_BASES]
    truths = [_is_zero(Add((a, Neg(b))), values, budget) for a, b in readings]
    if True in truths:
        return True
    return None if None in truths else False


def _is_zero(gap: Add, values: Values, budget: WorkBudget) -> bool | None:
    value = number(gap, budget, values)
    sizes = [number(part, budget, values) for part in _summands(gap)]
    if value is None or None in sizes:
        return None
    scale = sum(abs(size) for size in sizes if size is not None) or 1.0
    relative = 0.0 if abs(value) < TINY else abs(value) / scale
    is_exact = not any(map(has_decimals, (gap, *values.values())))
    if relative <= (EXACT if is_exact else ROUNDED):
        return True
    return False if is_exact or relative > APART else None


def _summands(term: Term) -> list[Term]:
    match term:
        case Add(parts):
            return [summand for part in parts for summand in _summands(part)]
        case Neg(part):
            return _summands(part)
    return [term]


def has_decimals(term: Term) -> bool:
    """Whether a number in it may be rounded."""
    return any(isinstance(part, Num) and "." in part.text for part in walk(term))


def has_unknown_function(term: Term) -> bool:
    """Whether f(3) is in it, to which the evaluator gives any value."""
    return any(isinstance(p, Call) and p.name not in KNOWN_FUNCTIONS for p in walk(term))


def may_be_same(left: float, right: float) -> bool:
    """Whether the numbers are equal, or one of them may be the other rounded: not 635 and 634."""
    are_whole = left == round(left) and right == round(right)
    return are_close(left, right, EXACT if are_whole else ROUNDED)


def are_close(left: float, right: float, relative: float = ROUNDED) -> bool:
    return abs(left - right) <= relative * max(abs(left), abs(right)) + EXACT


def without_degrees(values: Values) -> Values:
    """50 for 50°: of x + (x + 15) = 180, which is written without the sign."""
    return {
        name: value.args[0] if isinstance(value, Call) and value.name == "degrees" else value
        for name, value in values.items()
    }


def counts_things(text: str) -> bool:
    """Whether = stands between things and not numbers: 7 parts = 4.2 L, 9:40 to 12:10 = 2 h."""
    if _CLOCK_TIME.search(text) and _TIME_UNIT.search(text):
        return True
    before_last = re.split("[=≈]", text)[:-1]
    words = (word for side in before_last for word in _WORD.findall(side))
    return any(word.lower() not in KNOWN_FUNCTIONS for word in words)


def is_name(term: Value) -> bool:
    """x, and e, which names a length as often as the number."""
    return isinstance(term, Sym | Const)
