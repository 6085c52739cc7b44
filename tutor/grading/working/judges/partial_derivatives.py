"""Partial derivatives and values of functions of several variables: f_x = 2xy, f_x(1, 2) = 4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Sym,
    Term,
    Value,
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
)
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.side_comparison import compare_sides
from tutor.grading.working.task import Task

MAX_VARIABLES = 4
_NAME = re.compile(r"([A-Za-z])(?:_([a-z]{1,2}))?")
_PARTIAL = re.compile(
    r"\bpartial|\bpartiel|\bparcial|∂|\\partial|偏导", re.IGNORECASE
)  # else F_m of F = m·a may be another force


@dataclass(frozen=True, slots=True)
class SeveralVariables:
    """z = x²y or f(x, y) = x²y. order: of the variables in brackets; empty for z."""

    body: Term
    variables: frozenset[str]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartialDerivatives:
    functions: Mapping[str, SeveralVariables]

    @classmethod
    def of(cls, task: Task) -> PartialDerivatives:
        """Of all functions of several variables that the statement defines."""
        functions: dict[str, SeveralVariables] = {}
        for equation in task.equations:
            for name, function in _defined(equation, task.text):
                functions[name] = function
        return cls(functions)

    def judge(self, equation: Comparison, facts: Facts, budget: WorkBudget) -> ClaimResult | None:
        """None for what claims neither a derivative nor a value of these functions."""
        left, right = equation.left, equation.right
        if equation.op != "=" or not self.functions or not is_term(right):
            return None
        match left:
            case Sym(name) if "_" in name:
                return self._as_term(name, right, facts, budget)
            case Call(name, places):
                return self._at(name, places, right, facts, budget)
        return None

    def _as_term(
        self, name: str, right: Term, facts: Facts, budget: WorkBudget
    ) -> ClaimResult | None:
        """f_x = 2xy; None for f_x = 0, which may be a condition, and f_x = 2x where y is known."""
        read = self._read(name)
        if read is None:
            return None
        function, letters = read
        derivative = _derived(function.body, letters)
        if derivative is None or not free_names(right) <= function.variables:
            return None
        is_condition = not free_names(right) and bool(free_names(derivative))
        is_known = not function.variables.isdisjoint(facts.values)
        result = _compared(derivative, right, facts, budget)
        if result.verdict == StepVerdict.PROVED:
            return result
        if is_condition or is_known or result.verdict != StepVerdict.REFUTED:
            return None
        return replace(result, slip=_slip(function, letters, right, budget))

    def _at(
        self, name: str, places: Sequence[Value], right: Term, facts: Facts, budget: WorkBudget
    ) -> ClaimResult | None:
        """f(1, 2) = 10 and f_x(1, 2) = 4; None where the places have variables that are sought."""
        read = self._read(name)
        if read is None or len(read[0].order) != len(places):
            return None
        function, letters = read
        if tuple(places) == tuple(map(Sym, function.order)):
            return self._as_term(name, right, facts, budget) if letters else None
        derivative = _derived(function.body, letters)
        if derivative is None or free_names(right) or any(map(free_names, places)):
            return None
        values = dict(zip(function.order, places, strict=True))
        result = _compared(_put_in(derivative, values), right, facts, budget)
        if result.verdict != StepVerdict.REFUTED:
            return result if result.is_decided else None
        for wrong in _not_constant(function, letters):
            if same_value(_put_in(wrong, values), right, budget).equal:
                return replace(result, slip=Slip.OTHER_LETTER_NOT_CONSTANT)
        return result

    def _read(self, name: str) -> tuple[SeveralVariables, str] | None:
        """The function of f_xy, and the letters by which it is derived."""
        match = _NAME.fullmatch(name)
        function = self.functions.get(match[1]) if match else None
        if match is None or function is None:
            return None
        letters = match[2] or ""
        return (function, letters) if set(letters) <= function.variables else None


def _defined(equation: Value, text: str) -> Iterator[tuple[str, SeveralVariables]]:
    match equation:
        case Comparison("=", Call(name, arguments), body) if is_term(body):
            order = tuple(part.name for part in arguments if isinstance(part, Sym))
            if len(order) != len(arguments):
                return
        case Comparison("=", Sym(name), body) if is_term(body) and _PARTIAL.search(text):
            order = ()
        case _:
            return
    variables = frozenset(order) or free_names(body)
    is_whole = free_names(body) <= variables and name not in variables
    if is_whole and 2 <= len(variables) <= MAX_VARIABLES:
        yield name, SeveralVariables(body, variables, order)


def _derived(body: Term, letters: str) -> Term | None:
    with suppress(NotDifferentiable):
        for letter in letters:
            body = differentiate(body, letter)
        return body
    return None


def _put_in(term: Term, values: Mapping[str, Value]) -> Term:
    for name, value in values.items():
        term = substitute(term, Sym(name), value)
    return term


def _compared(left: Term, right: Term, facts: Facts, budget: WorkBudget) -> ClaimResult:
    sides = EquationSide("", left), EquationSide("", right)
    result = compare_sides(*sides, "=", facts, budget)
    return replace(result, relation=ClaimRelation.EVALUATE) if result.is_decided else result


def _slip(function: SeveralVariables, letters: str, right: Term, budget: WorkBudget) -> Slip:
    for wrong in _not_constant(function, letters):
        if same_value(wrong, right, budget).equal:
            return Slip.OTHER_LETTER_NOT_CONSTANT
    before = _derived(function.body, letters[:-1])
    return (
        slip_in_derivative(before, right, letters[-1], budget) if before is not None else Slip.NONE
    )


def _not_constant(function: SeveralVariables, letters: str) -> Iterator[Term]:
    """Derivatives in which another letter is not kept constant, as 2xy + 3y² of x²y + y³ by x."""
    before = _derived(function.body, letters[:-1])
    if not letters or before is None:
        return
    others = sorted(function.variables - {letters[-1]})
    with suppress(NotDifferentiable):
        for other in others:
            yield differentiate(before, other)
            yield differentiate(differentiate(before, letters[-1]), other)
        yield from _by_summands(before, letters[-1], others)
        yield Add(tuple(differentiate(before, name) for name in function.variables))


def _by_summands(body: Term, letter: str, others: Sequence[str]) -> Iterator[Term]:
    """Each letter of a summand derived; then only those of summands without the right letter."""
    parts = body.parts if isinstance(body, Add) else (body,)
    for are_all in (True, False):
        changed: list[Term] = []
        for part in parts:
            names = [letter, *others] if are_all or letter not in free_names(part) else [letter]
            for name in names:
                if name in free_names(part):
                    part = differentiate(part, name)
            changed.append(part)
        yield Add(tuple(changed))
