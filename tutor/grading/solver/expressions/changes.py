"""What changed between two lines that have the same value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Bracketed,
    Call,
    Comparison,
    Div,
    Listing,
    Logic,
    Mul,
    Neg,
    Pow,
    Root,
    Term,
    Value,
    children,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.solver.expressions.terms import factors, regrouped, summands, total
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.term_builder import multiplied

MAX_COMPARING_WORK_S = 0.02


@dataclass(frozen=True, slots=True)
class Change:
    """around: the terms that hold it, the outermost first; without those that are equations."""

    before: Term
    after: Term
    around: tuple[Term, ...] = ()

    @property
    def is_number(self) -> bool:
        return not free_names(self.before) and not free_names(self.after)


def changes_between(before: Value, after: Value) -> list[Change] | None:
    """The smallest parts that were replaced, each by one of the same value.

    Empty where nothing but the order changed. None where the values differ, or may differ.
    """
    if is_term(before) and is_term(after):
        if not are_equal(before, after):
            return None
        return list(_changes(regrouped(before), regrouped(after), ()))
    if type(before) is not type(after) or not _is_same_frame(before, after):
        return None
    pairs = zip(children(before), children(after), strict=True)
    nested = [changes_between(*pair) for pair in pairs]
    if any(part is None for part in nested):
        return None
    return [change for part in nested if part is not None for change in part]


def are_equal(left: Term, right: Term) -> bool:
    if same_shape(left, right):
        return True
    left_value, right_value = rational_value(left), rational_value(right)
    if left_value is not None and right_value is not None:
        return left_value == right_value
    try:
        with WorkBudget(MAX_COMPARING_WORK_S) as budget:
            return same_value(left, right, budget).equal is True
    except (WorkBudgetSpent, RecursionError):
        return False


def _is_same_frame(before: Value, after: Value) -> bool:
    if len(children(before)) != len(children(after)):
        return False
    match before, after:
        case (Comparison(op), Comparison(other)) | (Logic(op), Logic(other)):
            return op == other
        case Bracketed(opening, _, closing), Bracketed(first, _, last):
            return (opening, closing) == (first, last)
        case Listing(), Listing():
            return True
    return False


def _changes(before: Term, after: Term, around: tuple[Term, ...]) -> Iterator[Change]:
    if same_shape(before, after):
        return
    inside = (*around, before)
    match before, after:
        case Neg(old), Neg(new):
            yield from _changes(old, new, around)
        case Add(), Add():
            yield from _in_parts(before, summands(before), summands(after), around)
        case Mul(), Mul():
            yield from _in_parts(before, factors(before), factors(after), around)
        case (Div(a, b), Div(c, d)) | (Pow(a, b), Pow(c, d)) | (Root(a, b), Root(c, d)) if (
            are_equal(a, c) and are_equal(b, d)
        ):
            yield from _changes(a, c, inside)
            yield from _changes(b, d, inside)
        case Call(name, olds), Call(other, news) if (
            name == other
            and len(olds) == len(news)
            and all(are_equal(*pair) for pair in zip(olds, news, strict=True))
        ):
            for old, new in zip(olds, news, strict=True):
                yield from _changes(old, new, inside)
        case BigOperator(kind, old, name, low, high), BigOperator() if (kind, name, low, high) == (
            after.kind,
            after.name,
            after.low,
            after.high,
        ) and are_equal(old, after.body):
            yield from _changes(old, after.body, inside)
        case _:
            yield Change(before, after, around)


def _in_parts(
    before: Term, olds: Sequence[Term], news: Sequence[Term], around: tuple[Term, ...]
) -> Iterator[Change]:
    """Of a sum or a product: without the parts that stayed, and part by part where that goes."""
    left, right = _without_common(list(olds), list(news))
    is_whole = len(left) == len(olds) and len(right) == len(news)
    inside = (*around, before)
    pairs = _paired(left, right)
    if pairs is not None:
        for old, new in pairs:
            yield from _changes(old, new, inside)
        return
    outer = around if is_whole else inside
    if isinstance(before, Add):
        yield Change(total(left), total(right), outer)
    else:
        yield Change(multiplied(left), multiplied(right), outer)


def _without_common(left: list[Term], right: list[Term]) -> tuple[list[Term], list[Term]]:
    rest = []
    for part in left:
        twin = next((other for other in right if same_shape(part, other)), None)
        if twin is None:
            rest.append(part)
        else:
            right.remove(twin)
    return rest, right


def _paired(left: Sequence[Term], right: Sequence[Term]) -> list[tuple[Term, Term]] | None:
    """Each part with the new part that has its value; None where that leaves some over."""
    if len(left) != len(right):
        return None
    waiting = list(right)
    pairs = []
    for part in left:
        twin = next((other for other in waiting if are_equal(part, other)), None)
        if twin is None:
            return None
        waiting.remove(twin)
        pairs.append((part, twin))
    return pairs
