"""Identities in the range of their letters that the problem states: |x - 3| = 3 - x for x < 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from flint import arb

from tutor.grading.numeric.equivalence import overlap, same_value
from tutor.grading.numeric.intervals import BASE_BITS, Ball, ball, precision
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
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

MAX_CONDITIONS = 6
_ONE, _TWO = Num(Fraction(1)), Num(Fraction(2))
_OTHERS = tuple(map(Fraction, (1, 2, 5, 3)))  # values whose squares are put in
_TURNED = {">": "<", ">=": "<="}


def compare_in_range(
    left: Term, right: Term, conditions: Sequence[Value], budget: WorkBudget
) -> ClaimResult | None:
    """Whether both have the same value wherever the conditions hold.

    None where these say nothing of a letter, or are not those of a range: a < b < 0, 1 < x < 3.
    """
    names = free_names(left) | free_names(right)
    terms, is_whole = _terms_in_range(conditions, budget)
    if names.isdisjoint(terms):
        return None
    before, after = _with(left, terms), _with(right, terms)
    is_same = same_value(before, after, budget).equal
    if is_same:
        return proved(ClaimRelation.EQUAL)
    witness = _where_they_differ(left, right, terms, budget) if is_whole and not is_same else None
    if witness is None:
        return unchecked(ClaimRelation.EQUAL)
    return refuted(ClaimRelation.EQUAL, witness)


def _terms_in_range(
    conditions: Sequence[Value], budget: WorkBudget
) -> tuple[dict[str, Term], bool]:
    """For each letter with a range a term that takes its values: 3 - x² for x < 3.

    Also whether they take no others: of 0 < a < b < 1 it is not kept that a is below b.
    Without any letters for conditions that contradict each other.
    """
    pairs = list(_pairs(conditions))[:MAX_CONDITIONS]
    terms: dict[str, Term] = {}
    for name in sorted({part.name for pair in pairs for part in pair if isinstance(part, Sym)}):
        low = _innermost([a for a, b in pairs if b == Sym(name) and not free_names(a)], budget, 1)
        high = _innermost([b for a, b in pairs if a == Sym(name) and not free_names(b)], budget, -1)
        if low is not None and high is not None and not _is_below(low, high, budget):
            return {}, False
        if low is not None or high is not None:
            terms[name] = _between(name, low, high)
    is_whole = True
    for small, large in pairs:
        match small, large:
            case Sym(less), Sym(more) if less not in terms:
                terms[less] = Add((terms.get(more, large), Neg(Pow(small, _TWO))))
            case Sym(less), Sym(more) if more not in terms:
                terms[more] = Add((terms[less], Pow(large, _TWO)))
            case Sym(), Sym():
                is_whole = False
    return terms, is_whole


def _innermost(bounds: Sequence[Term], budget: WorkBudget, side: int) -> Term | None:
    """The greatest of several lower bounds, or for the side -1 the least of upper ones."""
    best: Term | None = None
    for bound in bounds:
        if best is None or _is_below(*((best, bound) if side > 0 else (bound, best)), budget):
            best = bound
    return best


def _pairs(conditions: Sequence[Value]) -> Iterator[tuple[Term, Term]]:
    """The smaller and the larger side of each inequality between letters and numbers."""
    for part in (part for condition in conditions for part in walk(condition)):
        if not isinstance(part, Comparison) or part.op not in ("<", "<=", ">", ">="):
            continue
        left, right = part.left, part.right
        if not is_term(left) or not is_term(right):
            continue
        if all(isinstance(side, Sym) or not free_names(side) for side in (left, right)):
            yield (right, left) if part.op in _TURNED else (left, right)


def _between(name: str, low: Term | None, high: Term | None) -> Term:
    square = Pow(Sym(name), _TWO)
    if low is not None and high is not None:
        share = Div(square, Add((_ONE, square)))
        return Add((low, Mul((Add((high, Neg(low))), share))))
    if low is not None:
        return Add((low, square))
    assert high is not None  # noqa: S101 - a letter here has one bound
    return Add((high, Neg(square)))


def _is_below(low: Term, high: Term, budget: WorkBudget) -> bool:
    with precision(BASE_BITS):
        first, last = value_at(low, {}, budget), value_at(high, {}, budget)
    return isinstance(first, arb) and isinstance(last, arb) and bool(first < last)


def _with(term: Term, terms: Mapping[str, Term]) -> Term:
    """With the letters put in at once: the new letters have the names of the old ones."""
    for name in terms:
        term = substitute(term, Sym(name), Sym(f"{name}_range"))
    for name, other in terms.items():
        term = substitute(term, Sym(f"{name}_range"), other)
    return term


def _where_they_differ(
    left: Term, right: Term, terms: Mapping[str, Term], budget: WorkBudget
) -> Witness | None:
    names = sorted(free_names(left) | free_names(right) | terms.keys())[:MAX_CONDITIONS]
    shown = free_names(left) | free_names(right)
    with precision(BASE_BITS):
        for squared in product(_OTHERS[: 4 if len(names) < 3 else 2], repeat=len(names)):
            budget.check()
            inner = {name: ball(v) for name, v in zip(names, squared, strict=True)}
            point = _values({name: terms.get(name, Sym(name)) for name in names}, inner, budget)
            values = _values({"left": left, "right": right}, point, budget)
            if len(values) < 2 or overlap(values["left"], values["right"]):
                continue
            texts = {name: written(point[name]) for name in sorted(shown)}
            return Witness(texts, written(values["left"]), written(values["right"]))
    return None


def _values(
    terms: Mapping[str, Term], point: Mapping[str, Ball], budget: WorkBudget
) -> dict[str, Ball]:
    """Of the terms that have one there."""
    values = {name: value_at(term, point, budget) for name, term in terms.items()}
    return {name: value for name, value in values.items() if value is not None}
