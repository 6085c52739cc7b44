"""A refuted line beside what came before it: where the name of its mistake is sought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, takewhile

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Logic,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    rebuild,
)
from tutor.grading.processes.once import cached_property
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.definitions import Definitions
from tutor.grading.steps.expression_slips import are_same
from tutor.grading.working.claim_reader import Claim

MAX_PREMISES = 5
MAX_FAR_PREMISES = 12
MAX_TERMS = 3
# Where hardly any factor of a school equation is zero.
_POINTS = ((23, 7, 11, 19), (31, 5, 13, 37), (29, 17, 41, 43))
Samples = tuple[Fraction, ...]


@dataclass(frozen=True)
class Scene:
    """statement, text: of the problem, and the whole line.

    premises: equations and inequalities that were known, the latest first. terms: expressions that
    the line may go on from, the latest first. slip: the name that the mistake has so far.
    """

    statement: str
    text: str
    claim: Claim
    premises: tuple[Value, ...]
    terms: tuple[Term, ...]
    slip: Slip
    definitions: Definitions
    budget: WorkBudget

    @property
    def sides(self) -> tuple[Term, ...]:
        value = self.claim.value
        alone = (value,) if value is not None and is_term(value) else ()
        return tuple(term for term in self.claim.terms or alone if term is not None)

    @property
    def goes_on(self) -> bool:
        """Whether the line begins with =, so that its first side is the latest term."""
        return bool(self.claim.sides) and self.claim.terms[0] is None

    @property
    def comparison(self) -> Comparison | None:
        """The claim, or the first link of a chain of terms; the first of alternatives."""
        if len(self.claim.terms) < 2 or None in self.claim.terms[:2]:
            return _of_terms(self.claim.value)
        left, right = self.claim.terms[:2]
        return Comparison(self.claim.operators[0], left, right)  # type: ignore[arg-type]

    @cached_property
    def pairs(self) -> tuple[tuple[Term, Term], ...]:
        """A term, and what the line makes of it, where it may be something else."""
        return tuple(pair for pair in self._all_pairs if not _looks_same(*pair))

    @property
    def _all_pairs(self) -> Iterator[tuple[Term, Term]]:
        yield from pairwise(self.sides)
        first = self.sides[:1]
        is_named = any(isinstance(side, Call) or free_names(side) for side in first)
        for term in dict.fromkeys((*self.terms[:MAX_TERMS], *self.terms[-1:])):
            yield from ((term, side) for side in (self.sides[:2] if is_named else first))
        if not self.terms and not is_named:
            yield from ((body, side) for body in self._calculations for side in first)

    @property
    def _calculations(self) -> Iterator[Term]:
        """7 - 3·2 of A = 7 - 3·2, which "= 4·2" goes on from."""
        for premise in self.comparisons:
            match premise:
                case Comparison("=", Sym(), right) if is_term(right) and not free_names(right):
                    yield right

    @property
    def comparisons(self) -> Iterator[Comparison]:
        """The premises that are comparisons of two terms."""
        for premise in self.premises[:MAX_PREMISES]:
            if (comparison := _of_terms(premise)) is not None:
                yield comparison

    @property
    def all_comparisons(self) -> Iterator[Comparison]:
        """Those of many lines before, too, such as an equation of the problem."""
        for premise in self.premises[:MAX_FAR_PREMISES]:
            if (comparison := _of_terms(premise)) is not None:
                yield comparison

    def are_same(self, left: Term, right: Term) -> bool:
        pairs = list(takewhile(lambda pair: None not in pair, _values_at_points(left, right)))
        if pairs and any(a != b for a, b in pairs):
            return False
        return len(pairs) == len(_POINTS) or are_same(left, right, self.budget)


def _of_terms(value: Value | None) -> Comparison | None:
    """The first of alternatives."""
    if isinstance(value, Logic) and value.op == "or":
        return _of_terms(value.parts[0])
    if isinstance(value, Comparison) and is_term(value.left) and is_term(value.right):
        return value
    return None


def values_of(*terms: Term) -> list[Samples] | None:
    """The values of terms at a few points; None where one has no rational value there."""
    rows: list[Samples] = []
    for values in _values_at_points(*terms):
        known = tuple(value for value in values if value is not None)
        if len(known) < len(terms):
            return None
        rows.append(known)
    return list(zip(*rows, strict=True)) or None


@dataclass(frozen=True, slots=True)
class Probe:
    """Numbers for the letters of some terms, where one look tells most unequal terms apart."""

    numbers: Mapping[str, Num]

    @classmethod
    def of(cls, *terms: Term, point: int = 0) -> Probe | None:
        """None for too many letters."""
        names = sorted(frozenset[str]().union(*map(free_names, terms)))
        if len(names) > len(_POINTS[point]):
            return None
        return cls({n: Num(Fraction(v)) for n, v in zip(names, _POINTS[point], strict=False)})

    def value(self, term: Term) -> Fraction | None:
        return rational_value(_put_in(term, self.numbers))


def _values_at_points(*terms: Term) -> Iterator[tuple[Fraction | None, ...]]:
    names = sorted(frozenset[str]().union(*map(free_names, terms)))
    if len(names) > len(_POINTS[0]):
        return
    for point in _POINTS:
        numbers = {name: Num(Fraction(n)) for name, n in zip(names, point, strict=False)}
        yield tuple(rational_value(_put_in(term, numbers)) for term in terms)


def _put_in(term: Term, numbers: Mapping[str, Num]) -> Term:
    if isinstance(term, Sym):
        return numbers.get(term.name, term)
    changed: Term = rebuild(term, lambda part: _put_in(part, numbers))
    return changed


def _looks_same(left: Term, right: Term) -> bool:
    probe = Probe.of(left, right)
    value = probe.value(left) if probe else None
    return value is not None and probe is not None and value == probe.value(right)


def difference(equation: Comparison) -> Term:
    return Add((equation.left, Neg(equation.right)))  # type: ignore[arg-type]


def are_proportional(left: Term, right: Term) -> bool:
    """Whether one is a multiple of the other, by a number that is not zero."""
    if not free_names(left) or not free_names(right):
        return False
    ratios = set()
    for value, other in _values_at_points(left, right):
        if not value or not other:
            return False
        ratios.add(value / other)
        if len(ratios) > 1:
            return False
    return bool(ratios)


def ratio_of(values: Samples, others: Samples) -> Fraction | None:
    """The number by which the others are multiplied; None where there is no such number."""
    if 0 in others:
        return None
    ratios = {value / other for value, other in zip(values, others, strict=True)}
    return ratios.pop() if len(ratios) == 1 else None
