"""Bisection and Newton's method: "so the root is in [1, 1.5]", "x₁ = x₀ - f(x₀)/f'(x₀)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from flint import arb, fmpq, fmpq_poly

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.answers import read_term
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Div,
    Neg,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.definitions import Function
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import number_term, read_rational
from tutor.grading.working.task import Task

PARTS = 64  # into which an interval without a zero is cut
_NUMBER = r"[-−]?\d{1,6}(?:\.\d{1,9})?"
_INTERVAL = re.compile(
    r"(?:\b(?:root|zero|solution|nullstelle|lösung|racine|zéro|raíz|solución|cero)\b|零点|根|解)"
    r"[^\d=<>\[\](]{0,30}?(?:in|zwischen|between|dans|entre|en|∈|在|介于)"
    rf"[^\d=<>\[\]()−-]{{0,15}}[\[(\]]?\s?({_NUMBER})\s?(?:[,;|，]|and|und|et|y|和|到)\s?({_NUMBER})"
    r"\s?[\])\[]?\s?(?:之间|内|上)?",
    re.IGNORECASE,
)
_DENIED = words(r"no|not|kein\w{0,2}|nicht|pas|ningun\w{0,2}|sin", "没|无|不")
HALF = Fraction(1, 2)
_DECIMAL = re.compile(r"[-−]?\d{1,9}\.\d{1,9}")
_AROUND = re.compile(r"[^\d=<>≤≥+*/()]{0,40}")
_NEWTON = words(r"newton\w{0,3}|newton-?raphson\w{0,9}", "牛顿")
_NEXT = re.compile(r"x_?[({]?n\s?\+\s?1[)}]?\s?:?=\s?([^=]{1,100})")
_FIRST = re.compile(r"x_?\{?1\}?\s?:?=\s?([^=≈]{1,80})(?:[=≈].{1,60})?")
_START = re.compile(rf"x_?\{{?0\}}?\s?=\s?({_NUMBER})")
_MEMBER = re.compile(r"x_\{n\}|x_?n|x_\(n\)|xₙ")
_CALLED = re.compile(r"f(['′]?)\s?\(\s?x\s?\)")
_SUBSCRIPTS = str.maketrans("₀₁ₙ₊−′", "01n+-'")


def judge_root_interval(text: str, task: Task) -> ClaimResult | None:
    """Proved where the function changes its sign there, refuted where it has no zero there.

    None for anything else.
    """
    match = _INTERVAL.search(text)
    if match is None or _DENIED.search(text):
        return None
    polynomial = _polynomial(task)
    ends = sorted(Fraction(match[n].replace("−", "-")) for n in (1, 2))
    if polynomial is None:
        return None
    low, high = (polynomial(fmpq(end.numerator, end.denominator)) for end in ends)
    if low * high <= 0:
        around = text[: match.start()] + text[match.end() :]
        return proved(ClaimRelation.IMPLIES) if _AROUND.fullmatch(around) else None
    if not _excludes_zero(polynomial, *ends):
        return None
    return refuted(ClaimRelation.IMPLIES, Witness({}, str(low), str(high)))


def _polynomial(task: Task) -> fmpq_poly | None:
    """The left side of the only equation, or the only function; None where it is no polynomial."""
    function = _function(task)
    quotient = None if function is None else rational_function(function.body, function.variable)
    if quotient is None or quotient.bottom.degree() > 0:
        return None
    return quotient.top / quotient.bottom[0]


def _function(task: Task) -> Function | None:
    functions = {function.body: function for function in task.definitions.functions.values()}
    for equation in task.equations:
        match equation:
            case Comparison("=", left, right) if right == ZERO and is_term(left):
                names = free_names(left)
                if len(names) == 1 and not isinstance(left, Sym):
                    functions[left] = Function(next(iter(names)), left)
    return next(iter(functions.values())) if len(functions) == 1 else None


def _excludes_zero(polynomial: fmpq_poly, low: Fraction, high: Fraction) -> bool:
    """Whether the polynomial certainly has no zero from low to high."""
    radius = (high - low) / (2 * PARTS)
    return bool(radius) and all(
        not _at_ball(polynomial, low + (2 * part + 1) * radius, radius).contains(0)
        for part in range(PARTS)
    )


def _at_ball(polynomial: fmpq_poly, middle: Fraction, radius: Fraction) -> arb:
    ball = arb(float(middle), float(radius) * (1 + 1e-9))
    value = arb(0)
    for coefficient in reversed(polynomial.coeffs()):
        value = value * ball + arb(coefficient)
    return value


def judge_newton(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """By the rule of the method, with letters or with the first approximation put in.

    Refuted only by a usual mistake: a lost sign, an inverted quotient, or f' left out.
    """
    function = _function(task) if _NEWTON.search(task.text) else None
    if function is None:
        return None
    text = text.strip(" .").translate(_SUBSCRIPTS)
    rule, first, start = _NEXT.fullmatch(text), _FIRST.fullmatch(text), _START.search(task.text)
    if rule is not None:
        point: Term = Sym(function.variable)
        written = _written(rule[1], function)
    elif first is not None and start is not None:
        written = _written(first[1], function)
        point = number_term(Fraction(start[1].replace("−", "-")))
    else:
        return None
    if written is None or free_names(written) - free_names(point):
        return None
    with suppress(NotDifferentiable):
        result = _compared(written, list(_steps(function, point)), budget)
        is_right = result is not None and result.verdict == StepVerdict.PROVED
        return None if is_right and first is not None and not _calculates(text) else result
    return None


def _calculates(text: str) -> bool:
    """Whether all sides but the first have one value, to the decimals of the last."""
    _, first, *others = (side.strip() for side in re.split("[=≈]", text))
    value = read_rational(first)
    return value is not None and all(_rounds_to(value, side) for side in others)


def _rounds_to(value: Fraction, side: str) -> bool:
    number = read_rational(side)
    if number is None or not _DECIMAL.fullmatch(side):
        return number == value
    gap: Fraction = abs(number - value) * 10 ** len(side.partition(".")[2])
    return gap <= HALF


def _written(text: str, function: Function) -> Term | None:
    """With f(x) and f'(x) written out."""
    text = _CALLED.sub(lambda call: "(h)" if call[1] else "(g)", _MEMBER.sub("x", text))
    term = read_term(text)
    if term is None or not free_names(term) <= {function.variable, "g", "h"}:
        return None
    with suppress(NotDifferentiable):
        term = substitute(term, Sym("g"), function.body)
        return substitute(term, Sym("h"), function.derived().body)  # type: ignore[no-any-return]
    return None


def _steps(function: Function, point: Term) -> Iterator[tuple[Slip, Term]]:
    """The right next approximation, then the usual wrong ones. Raises NotDifferentiable."""
    value, slope = function.at(point), function.derived().at(point)
    yield Slip.NONE, Add((point, Neg(Div(value, slope))))
    yield Slip.LOST_SIGN, Add((point, Div(value, slope)))
    yield Slip.INVERSE_RATIO, Add((point, Neg(Div(slope, value))))
    yield Slip.WRONG_FORMULA, Add((point, Neg(value)))
    yield Slip.WRONG_FORMULA, Neg(Div(value, slope))
    yield Slip.WRONG_FORMULA, Div(value, slope)


def _compared(
    written: Term, steps: list[tuple[Slip, Term]], budget: WorkBudget
) -> ClaimResult | None:
    [(_, right), *_] = steps
    slips = [slip for slip, step in steps if same_value(written, step, budget).equal]
    if not slips:
        return None
    if slips[0] == Slip.NONE:
        return proved(ClaimRelation.EVALUATE)
    return refuted(ClaimRelation.EVALUATE, Witness({}, latex(written), latex(right)), slips[0])
