"""Lines that bring a function of the statement in: set to zero, renamed, or at a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Call,
    Comparison,
    Mul,
    Num,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.steps.definitions import Function, Unresolved
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import comparisons
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.set_ups import multiple_in
from tutor.grading.working.knowledge.formulas import words

MAX_FUNCTIONS = 3  # that are looked at
MAX_DERIVED = 2  # times
MAX_NUMBERS = 8  # of the statement, that may be put into a function
MAX_COMPARISON_WORK_S = 0.1
_EXTREMUM = re.compile(
    r"extrem|m[aá]xim|m[ií]nim|optim|óptim|largest|smallest|greatest|least|stationary|turning"
    r"|horizontal|at rest|größt|kleinst|hoch|tief|waag|grand|petit|mayor|menor|monoton"
    r"|increas|decreas|最|极|单调",
    re.IGNORECASE,
)
_SLOPE = re.compile(
    r"parallel|slope|gradient|steigung|pente|pendiente|paralela|rate|平行|斜率", re.IGNORECASE
)
_ABOVE = words(
    r"exceeds?|more than|over|above|at least|dépass\w+|plus de|supérieure?|au moins|übersteigt"
    r"|überschreitet|überschritten|mehr als|mindestens|größer als|über|supera\w{0,3}|excede"
    r"|más de|al menos|mayor",
    "超过|大于|多于|至少|以上",
)
_BELOW = words(
    r"less than|fewer than|below|under|at most|moins de|inférieure?|en dessous|weniger als|unter"
    r"|unterschreitet|unterschritten|höchstens|kleiner als|menos de|inferior|por debajo|menor",
    "低于|小于|少于|不足|不到|以下",
)
_GROUPED = re.compile(  # 12 000 and 12.000
    r"(?<![\d.,])\d{1,3}(?:[ .\u202f\u00a0]\d{3}){1,3}(?![\d.,]*\d)"
)
_INVERSE = re.compile(r"\binvers|umkehr|réciproque|反函数|f\s?\^\s?\{?\s?-\s?1", re.IGNORECASE)


def renames_function(value: Comparison, facts: Facts) -> bool:
    """y = (2x - 1)/3 for f(x) = (2x - 1)/3."""
    return value.op == "=" and any(f.body == value.right for f in _functions(facts))


def brings_function_in(value: Comparison, facts: Facts) -> bool:
    """A condition or a value of a function, which no line before gives."""
    if value.op != "=":
        return _keeps_root_real(value, facts) or _passes_stated_value(value, facts)
    return (
        _sets_to_zero(value, facts)
        or _puts_number_in(value, facts)
        or _has_stated_value(value, facts)
        or _swaps_letters(value, facts)
        or _is_inverse_in_progress(value, facts)
        or _finds_extremum(value, facts)
        or _has_stated_slope(value, facts)
        or _is_end_of_inequality(value, facts)
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


def _finds_extremum(value: Comparison, facts: Facts) -> bool:
    """3x² = 12 for an extremum of x³ - 12x: what its derivative comes to when it is zero."""
    if not _EXTREMUM.search(facts.task.text):
        return False
    bodies = (body for body in _derivatives(facts) if free_names(body) == free_names(value))
    conditions = (Comparison("=", body, ZERO) for body in bodies)
    return any(_leads_to(condition, value) for condition in conditions)


def _has_stated_slope(value: Comparison, facts: Facts) -> bool:
    """2x = 6 for a tangent to y = x² that is parallel to y = 6x."""
    if not _SLOPE.search(facts.task.text):
        return False
    conditions = (
        Comparison("=", body, Num(number))
        for body in _derivatives(facts)
        if free_names(body) == free_names(value)
        for number in sorted(facts.task.numbers)[:MAX_NUMBERS]
    )
    return any(_leads_to(condition, value) for condition in conditions)


def _derivatives(facts: Facts) -> Iterator[Term]:
    stated = (
        Function(next(iter(free_names(equation.right))), equation.right)
        for equation in facts.task.equations
        if isinstance(equation, Comparison) and equation.left == Sym("y")
        if is_term(equation.right) and len(free_names(equation.right)) == 1
    )
    for function in (*_functions(facts), *stated):
        with suppress(NotDifferentiable, Unresolved):
            body = facts.definitions.resolved(function.derived().body)
            if is_term(body) and free_names(body):
                yield body


def _is_end_of_inequality(value: Comparison, facts: Facts) -> bool:
    """(x - 4)(x + 3) = 0 for x² - x - 12 ≤ 0: where the sides are equal."""
    ends = (
        Comparison("=", part.left, part.right)
        for equation in facts.task.equations
        for part in comparisons(equation)
        if part.op in ("<", "<=", ">", ">=")
    )
    return any(free_names(end) == free_names(value) and _leads_to(end, value) for end in ends)


def _leads_to(condition: Comparison, value: Comparison) -> bool:
    with suppress(WorkBudgetSpent), WorkBudget(MAX_COMPARISON_WORK_S) as budget:
        return implies([condition], value, budget).verdict == StepVerdict.PROVED
    return False


def _keeps_root_real(value: Comparison, facts: Facts) -> bool:
    """6 - 2x ≥ 0 for √(6 - 2x) in the statement, and x - 1 > 0 for ln(x - 1)."""
    if value.op not in (">=", ">") or value.right != ZERO or not is_term(value.left):
        return False
    bodies = [*(function.body for function in _functions(facts)), *facts.task.expressions]
    parts = [part for value in (*bodies, *facts.task.equations) for part in walk(value)]
    return any(inner == value.left for part in parts for inner in _must_be_positive(part))


def _must_be_positive(part: Value) -> Iterator[Term]:
    match part:
        case Root(inner, _) | Call("ln" | "lg" | "log" | "lb", (inner, *_)) if is_term(inner):
            yield inner


def _has_stated_value(value: Comparison, facts: Facts) -> bool:
    """8 = 24 - 1.6t for h(t) = 24 - 1.6t and 8 cm in the statement."""
    bodies = [function.body for function in _functions(facts)]
    return _compares(value.left, value.right, bodies, facts) or _compares(
        value.right, value.left, bodies, facts
    )


def _passes_stated_value(value: Comparison, facts: Facts) -> bool:
    """2000·1.03^n > 3000 after C_n = 2000·1.03^n, where more than 3000 is asked for."""
    is_above, is_below = (bool(p.search(facts.task.text)) for p in (_ABOVE, _BELOW))
    if is_above == is_below or value.op not in ("<", "<=", ">", ">="):
        return False
    sides = (
        (value.left, value.right) if is_above == (">" in value.op) else (value.right, value.left)
    )
    bodies = [*(function.body for function in _functions(facts)), *_named_terms(facts)]
    return _compares(*sides, bodies, facts)


def _named_terms(facts: Facts) -> Iterator[Term]:
    """2000·1.03^n of C_n = 2000·1.03^n, also where Cn was read as a product."""
    for fact in facts.facts:
        match fact.value:
            case Comparison("=", Sym(), right) if is_term(right) and len(free_names(right)) == 1:
                yield right
            case Comparison("=", Mul((Sym(), Sym(name))), right) if free_names(right) == {name}:
                if is_term(right):
                    yield right


def _compares(term: Value, number: Value, bodies: Sequence[Term], facts: Facts) -> bool:
    """Whether it is one of these terms, with a number of the statement or a multiple of one."""
    grouped = (re.sub(r"\D", "", numeral) for numeral in _GROUPED.findall(facts.task.text))
    told = facts.task.numbers | {Fraction(numeral) for numeral in grouped}
    multiple = multiple_in(facts.task.text)
    told |= {multiple * number for number in told} if multiple is not None else set()
    return is_term(number) and rational_value(number) in told and term in bodies


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


def _is_inverse_in_progress(value: Comparison, facts: Facts) -> bool:
    """y(x - 3) = 2x + 1 for f(x) = (2x + 1)/(x - 3), whose inverse is sought."""
    functions = _functions(facts)
    if not _INVERSE.search(facts.task.text) or len(functions) != 1:
        return False
    if free_names(value) != {"x", "y"} or not is_term(value.left) or not is_term(value.right):
        return False
    sides = (substitute(side, Sym("y"), functions[0].body) for side in (value.left, value.right))
    return _is_same(*sides)


def _swaps_letters(value: Comparison, facts: Facts) -> bool:
    """y = (x - 6)/2 after x = (y - 6)/2, for an inverse function."""
    if not _INVERSE.search(facts.task.text):
        return False
    swapped: Value = substitute(value, Sym("x"), Sym("\x00"))
    swapped = substitute(substitute(swapped, Sym("y"), Sym("x")), Sym("\x00"), Sym("y"))
    return any(fact.value == swapped for fact in facts.facts)
