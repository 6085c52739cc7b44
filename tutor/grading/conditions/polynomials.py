"""Is a term a polynomial, of which degree, and with which roots?"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.conditions.scope import AnswerScope, UndecidedValue, only_letter, put_in
from tutor.grading.conditions.syntax import PolynomialIn
from tutor.grading.conditions.truth import ConditionTruth, all_of
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.polynomials import MAX_DEGREE, rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import ZERO, Add, Div, Mul, Neg, Pow, Sym, Term, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget, charge


def is_polynomial_with(term: Term, wanted: PolynomialIn, scope: AnswerScope) -> ConditionTruth:
    """A polynomial other than 0 that has the roots, each as often as it is listed."""
    name = wanted.name or only_letter(term)
    polynomial = _TermInOneVariable(term, name, scope.budget)
    roots = [scope.term_of(root) for root in wanted.roots]
    tests = [
        *(polynomial.has_root(root, count) for root, count in _counted(roots, scope.budget)),
        polynomial.is_zero.negated() if roots else ConditionTruth.YES,
        polynomial.has_degree(wanted.degree) if wanted.degree is not None else ConditionTruth.YES,
    ]
    return all_of((*(test for test in tests if test.is_failure), polynomial.is_polynomial, *tests))


def _counted(roots: list[Term], budget: WorkBudget) -> list[tuple[Term, int]]:
    """Equal roots together, however they are written."""
    groups: list[list[Term]] = []
    for root in roots:
        same = next((group for group in groups if same_value(group[0], root, budget)), None)
        if same is None:
            groups.append([root])
        else:
            same.append(root)
    return [(group[0], len(group)) for group in groups]


@dataclass(frozen=True, slots=True)
class _TermInOneVariable:
    term: Term
    name: str
    budget: WorkBudget

    @property
    def is_zero(self) -> ConditionTruth:
        return ConditionTruth.of(same_value(self.term, ZERO, self.budget).equal)

    @property
    def is_polynomial(self) -> ConditionTruth:
        if degree_by_form(self.term, self.name) is not None:
            return ConditionTruth.YES
        function = rational_function(self.term, self.name)
        if function is None:
            return ConditionTruth.OPEN  # (√x)^4 is one, sin x is none
        charge(function.work)
        return ConditionTruth.of(not function.top % function.bottom)

    def has_root(self, root: Term, count: int) -> ConditionTruth:
        slope = self.term
        for order in range(count):
            slope = self._slope(slope) if order else slope
            value = put_in(slope, {self.name: root})
            is_root = is_term(value) and same_value(value, ZERO, self.budget).equal
            if is_root is not True:
                return ConditionTruth.of(is_root)
        return ConditionTruth.YES

    def has_degree(self, degree: int) -> ConditionTruth:
        """By its derivatives: the one of the degree is a constant other than 0."""
        bound = degree_by_form(self.term, self.name)
        if bound is not None and bound < degree:
            return ConditionTruth.NO
        slope = self.term
        for _ in range(degree):
            slope = self._slope(slope)
        highest = same_value(slope, ZERO, self.budget).equal
        beyond = same_value(self._slope(slope), ZERO, self.budget).equal
        is_degree = ConditionTruth.of(beyond)
        # The degree of the polynomial 0 is that of a constant.
        return all_of(
            (is_degree, ConditionTruth.of(highest).negated() if degree else ConditionTruth.YES)
        )

    def _slope(self, term: Term) -> Term:
        try:
            return differentiate(term, self.name)
        except NotDifferentiable:
            raise UndecidedValue from None


def degree_by_form(term: Term, name: str) -> int | None:
    """An upper bound for the degree of sums, products and powers; None for other terms."""
    if name not in free_names(term):
        return 0
    match term:
        case Sym():
            return 1
        case Neg(part):
            return degree_by_form(part, name)
        case Add(parts):
            degrees = [degree_by_form(part, name) for part in parts]
            return None if None in degrees else max(filter(None, degrees), default=0)
        case Mul(parts):
            return _sum([degree_by_form(part, name) for part in parts])
        case Div(top, bottom) if name not in free_names(bottom):
            return degree_by_form(top, name)
        case Pow(base, exponent):
            count = rational_value(exponent)
            if count is None or count.denominator != 1 or not 0 <= count <= MAX_DEGREE:
                return None
            return _sum([degree_by_form(base, name)] * count.numerator)
    return None


def _sum(degrees: list[int | None]) -> int | None:
    known = [degree for degree in degrees if degree is not None]
    total = sum(known)
    return total if len(known) == len(degrees) and total <= MAX_DEGREE else None
