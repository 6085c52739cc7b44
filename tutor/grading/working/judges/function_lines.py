"""Lines that bring a function of the statement in: set to zero, renamed, or at a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.definitions import Function
from tutor.grading.working.facts import Facts

MAX_FUNCTIONS = 3  # that are looked at
MAX_DERIVED = 2  # times
MAX_NUMBERS = 8  # of the statement, that may be put into a function
MAX_COMPARISON_WORK_S = 0.1
_INVERSE = re.compile(r"\binvers|umkehr|réciproque|反函数|f\s?\^\s?\{?\s?-\s?1", re.IGNORECASE)


def renames_function(value: Comparison, facts: Facts) -> bool:
    """y = (2x - 1)/3 for f(x) = (2x - 1)/3."""
    return value.op == "=" and any(f.body == value.right for f in _functions(facts))


def brings_function_in(value: Comparison, facts: Facts) -> bool:
    """A condition or a value of a function, which no line before gives."""
    if value.op != "=":
        return False
    return (
        _sets_to_zero(value, facts) or _puts_number_in(value, facts) or _swaps_letters(value, facts)
    )


def _functions(facts: Facts) -> list[Function]:
    return list(facts.definitions.functions.values())[:MAX_FUNCTIONS]


def _sets_to_zero(value: Comparison, facts: Facts) -> bool:
    """3x² - 12 = 0 for f(x) = x³ - 12x: where it may have an extremum."""
    if not is_term(value.left) or value.right != ZERO:
        return False
    return any(
        {function.variable} == free_names(value) and _is_same(function.body, value.left)
        for known in _functions(facts)
        for function in _with_derivatives(known)
    )


def _with_derivatives(function: Function) -> Iterator[Function]:
    yield function
    with suppress(NotDifferentiable):
        for _ in range(MAX_DERIVED):
            function = function.derived()
            yield function


def _is_same(first: Term, second: Term) -> bool:
    with WorkBudget(MAX_COMPARISON_WORK_S) as budget:
        return same_value(first, second, budget).equal is True


def _puts_number_in(value: Comparison, facts: Facts) -> bool:
    """y = 4·0 - 7 for y = 4x - 7: where it meets the y-axis."""
    stated = sorted(facts.task.numbers)[:MAX_NUMBERS]
    numbers = [ZERO, *(Num(number) for number in stated)]
    return any(
        function.at(number) == value.right for function in _functions(facts) for number in numbers
    )


def _swaps_letters(value: Comparison, facts: Facts) -> bool:
    """y = (x - 6)/2 after x = (y - 6)/2, for an inverse function."""
    if not _INVERSE.search(facts.task.text):
        return False
    swapped: Value = substitute(value, Sym("x"), Sym("\x00"))
    swapped = substitute(substitute(swapped, Sym("y"), Sym("x")), Sym("\x00"), Sym("y"))
    return any(fact.value == swapped for fact in facts.facts)
