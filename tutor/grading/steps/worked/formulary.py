"""What usual formulas say: discriminants, roots by number, progressions, coefficients, points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Pow,
    Root,
    Sym,
    Term,
    Unreadable,
    free_names,
    signed,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.witnesses import value_at, written
from tutor.grading.steps.worked.known_facts import KnownFacts, difference, sides
from tutor.grading.steps.worked.stated_progression import StatedProgression, stated_fraction

MAX_QUADRATICS = 3  # the latest ones
_DISCRIMINANTS = frozenset(["D", "Delta"])
_ROOT = re.compile(r"([A-Za-z])_(?:\d|[abABij])")
_POINT = re.compile(
    r"\(\s{0,3}([-−]?\d{1,6}(?:\.\d{1,6})?)\s{0,3},\s{0,3}([-−]?\d{1,6}(?:\.\d{1,6})?)\s{0,3}\)"
)

_INTEGRAL = re.compile(r"\\int(?![A-Za-z]).{1,120}?d\s?[a-z](?![A-Za-z])")

Point = tuple[Fraction, Fraction]


@dataclass
class Formulary:
    """points: those that the problem names. progression: that of the problem, if it has one."""

    facts: KnownFacts
    points: list[Point] = field(default_factory=list)
    progression: StatedProgression | None = None
    integrals: list[BigOperator] = field(default_factory=list)

    def learn(self, statement: str) -> None:
        self.points = [
            (stated_fraction(point[1]), stated_fraction(point[2]))
            for point in _POINT.finditer(statement)
        ]
        self.progression = StatedProgression.of(statement)
        for integral in _INTEGRAL.finditer(statement):
            with suppress(Unreadable, RecursionError):
                value = read_expression(integral[0])
                self.integrals += [part for part in walk(value) if isinstance(part, BigOperator)]

    def check(self, claim: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """A claim about a quantity with a usual name; None where no formula is meant."""
        left, right = sides(claim)
        if not isinstance(left, Sym):
            return None
        if left.name in _DISCRIMINANTS and not free_names(right):
            return self._discriminant(right, budget)
        if root := _ROOT.fullmatch(left.name):
            result = self._root(root[1], right, budget)
            if result is not None:
                return result
        if self.progression and (expected := self.progression.value_of(left.name)) is not None:
            return _compared(expected, right, budget)
        return None

    def _discriminant(self, right: Term, budget: WorkBudget) -> ClaimResult | None:
        discriminants = [b * b - 4 * a * c for a, b, c in self._quadratics()]
        if not discriminants:
            return None
        for discriminant in discriminants:
            for value in (discriminant, discriminant / 4):
                if same_value(signed(value), right, budget).equal:
                    return proved(ClaimRelation.SUBSTITUTE)
        return unchecked(ClaimRelation.SUBSTITUTE)

    def _root(self, variable: str, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """x_1 = 5: whether 5 fulfils an equation in x."""
        equations = [*self.facts.about(frozenset([variable])), *self.facts.stationary(variable)]
        if not equations or free_names(right):
            return None
        for equation in reversed(equations):
            left_value, right_value = (
                substitute(side, Sym(variable), right) for side in sides(equation)
            )
            if same_value(left_value, right_value, budget).equal:
                return proved(ClaimRelation.SUBSTITUTE)
        if len(equations) == 1 and _is_by_formula(right) and self._has_discriminant():
            return _not_a_root(equations[0], variable, right, budget)
        return unchecked(ClaimRelation.SUBSTITUTE)

    def _has_discriminant(self) -> bool:
        return bool(_DISCRIMINANTS & self.facts.names)

    def _quadratics(self) -> list[tuple[Fraction, Fraction, Fraction]]:
        """Coefficients of the latest quadratic equations and functions in one variable."""
        terms = [*self.facts.functions_of_one_variable()]
        terms += [difference(known) for known in self.facts.equations]
        quadratics = [numbers for term in terms if (numbers := _coefficients(term)) is not None]
        return quadratics[-MAX_QUADRATICS:]

    def check_general_term(self, name: str, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """a_n = 3n - 3"""
        if self.progression is None or name not in (f"{self.progression.name}_n", "a_{n}"):
            return None
        for known, value in self.progression.given.items():
            right = substitute(right, Sym(known), value)
        return _compared(self.progression.general, right, budget)

    def is_extreme(self, value: Term, name: str, budget: WorkBudget) -> bool:
        """Whether it is the largest or smallest of the known values of functions."""
        claimed = value_at(value, {}, budget)
        known = [value_at(other, {}, budget) for other in self.facts.function_values]
        numbers = [number for number in known if isinstance(number, arb)]
        if len(numbers) < 2 or not isinstance(claimed, arb):
            return False
        is_known = any(number.overlaps(claimed) for number in numbers)
        sign = 1 if name == "max" else -1
        return is_known and not any(sign * number > sign * claimed for number in numbers)

    # Values that formulas are filled with

    def usual_values(self, names: frozenset[str]) -> Iterator[Mapping[str, Term]]:
        """Values for letters that the text has given none: a, b, c, x_1, y_1, x_2, y_2."""
        if names <= {"a", "b", "c"}:
            for a, b, c in self._quadratics():
                yield {"a": signed(a), "b": signed(b), "c": signed(c)}
        if names <= {"x_1", "y_1", "x_2", "y_2"} and len(self.points) >= 2:
            first, second = self.points[:2]
            for (x1, y1), (x2, y2) in ((first, second), (second, first)):
                values = zip(("x_1", "y_1", "x_2", "y_2"), (x1, y1, x2, y2), strict=True)
                yield {name: signed(value) for name, value in values}

    # Antiderivatives

    def is_antiderivative(self, body: Term, variable: str, budget: WorkBudget) -> bool:
        """Whether it is one of an integrand of the problem, or of its function f."""
        integrands = [fold.body for fold in self.integrals if fold.name == variable]
        function = self.facts.definitions.functions.get("f")
        if function is not None and function.variable == variable:
            integrands.append(function.body)
        try:
            derived = differentiate(body, variable)
        except NotDifferentiable:
            return False
        return any(same_value(derived, integrand, budget).equal for integrand in integrands)


def fits(formula: Term, filled: Term, values: dict[str, Term]) -> bool:
    """Whether it is the formula with numbers in the place of letters; notes them in `values`."""
    match formula, filled:
        case Sym(name), _ if not free_names(filled):
            return values.setdefault(name, filled) == filled
        case (Add(parts), Add(others)) | (Mul(parts), Mul(others)) if len(parts) == len(others):
            return all(fits(a, b, values) for a, b in zip(parts, others, strict=True))
        case (Div(a, b), Div(c, d)) | (Pow(a, b), Pow(c, d)):
            return fits(a, c, values) and fits(b, d, values)
        case Neg(a), Neg(b):
            return fits(a, b, values)
        case Call(name, args), Call(other, others) if name == other and len(args) == len(others):
            return all(fits(a, b, values) for a, b in zip(args, others, strict=True))
        case Root(a, b), Root(c, d):
            return fits(a, c, values) and fits(b, d, values)
    return formula == filled


def _compared(expected: Term, right: Term, budget: WorkBudget) -> ClaimResult:
    is_equal = same_value(expected, right, budget).equal
    return (proved if is_equal else unchecked)(ClaimRelation.SUBSTITUTE)


def _is_by_formula(right: Term) -> bool:
    """(2 - 8)/2"""
    return isinstance(right, Div) and isinstance(right.top, Add)


def _not_a_root(
    equation: Comparison, variable: str, right: Term, budget: WorkBudget
) -> ClaimResult:
    numbers = [
        value_at(substitute(side, Sym(variable), right), {}, budget) for side in sides(equation)
    ]
    at = value_at(right, {}, budget)
    before, after = numbers
    if not (isinstance(at, arb) and isinstance(before, arb) and isinstance(after, arb)):
        return unchecked(ClaimRelation.SUBSTITUTE)
    if before.overlaps(after):
        return unchecked(ClaimRelation.SUBSTITUTE)
    witness = Witness({variable: written(at)}, written(before), written(after))
    return refuted(ClaimRelation.SUBSTITUTE, witness)


def _coefficients(term: Term) -> tuple[Fraction, Fraction, Fraction] | None:
    names = free_names(term)
    if len(names) != 1:
        return None
    function = rational_function(term, next(iter(names)))
    if function is None or function.bottom.degree() > 0 or function.top.degree() != 2:
        return None
    scale = function.bottom[0]
    c, b, a = (function.top[power] / scale for power in range(3))
    return tuple(Fraction(int(n.p), int(n.q)) for n in (a, b, c))  # type: ignore[return-value]
