"""Wrong signs in the answer itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Bracketed,
    Comparison,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    Neg,
    Pow,
    Quantity,
    SetOperation,
    Term,
    Value,
    children,
    free_names,
    is_term,
    rebuild,
)

MAX_CHANGED = 4  # summands whose signs may be wrong together
_MEMBERS = (Listing, Bracketed)


def sign_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = expand_plus_minus(question.right)
    if isinstance(right, Quantity):
        right = right.amount
    if is_term(right):
        yield from _in_term(right)
    elif isinstance(right, Comparison | Logic):
        yield from _in_statement(right)
    elif isinstance(right, SetOperation) or _is_interval(question, right):
        yield from (MistakenAnswer(v, MistakeName.SIGN_ERROR) for v in _mirrored(right))
    elif isinstance(right, _MEMBERS):
        yield from _in_members(right, question)


def _in_term(term: Term) -> Iterator[MistakenAnswer]:
    if isinstance(term, Matrix):
        yield from _in_matrix(term)
        return
    squared = _squared_difference(term)
    if squared is not None:
        yield MistakenAnswer(squared, MistakeName.DIFFERENCE_OF_SQUARES)
    factored = _with_factor_signs(term)
    if factored is not None:
        yield MistakenAnswer(factored, MistakeName.FACTOR_SIGNS_SWAPPED)
    for changed in _with_exponent_sign(term):
        yield MistakenAnswer(changed, MistakeName.SIGN_OF_EXPONENT)
    yield MistakenAnswer(Neg(term), MistakeName.SIGN_ERROR)
    for changed in with_other_signs(term):
        yield MistakenAnswer(changed, MistakeName.SIGN_ERROR)


def with_other_signs(term: Term) -> Iterator[Term]:
    """The term with other signs in one of its sums, those with one other sign first."""
    if isinstance(term, Add):
        for count in range(1, min(len(term.parts), MAX_CHANGED)):
            for chosen in combinations(range(len(term.parts)), count):
                yield Add(
                    tuple(
                        _negated(part) if index in chosen else part
                        for index, part in enumerate(term.parts)
                    )
                )
    for index, part in enumerate(children(term)):
        if is_term(part):
            for changed in with_other_signs(part):
                yield _with_part(term, index, changed)


def _negated(term: Term) -> Term:
    return term.part if isinstance(term, Neg) else Neg(term)


def _with_part(term: Term, number: int, part: Term) -> Term:
    indices = iter(range(len(children(term))))
    changed: Term = rebuild(term, lambda old: part if next(indices) == number else old)
    return changed


def _with_factor_signs(term: Term) -> Term | None:
    """(x + 2)(x + 3) for (x - 2)(x - 3); None without two brackets."""
    if not isinstance(term, Mul):
        return None
    sums = [part for part in term.parts if isinstance(part, Add) and free_names(part)]
    if len(sums) < 2:
        return None
    return Mul(tuple(_with_last_sign(part) if part in sums else part for part in term.parts))


def _squared_difference(term: Term) -> Term | None:
    """(a - 2b)² for (a - 2b)(a + 2b), also with a factor before; None for other products."""
    match term:
        case Mul((*factors, Add() as first, Add() as second)) if first == _with_last_sign(second):
            difference = first if isinstance(first.parts[-1], Neg) else second
            return Mul((*factors, difference, difference))
    return None


def _with_last_sign(term: Term) -> Term:
    if not isinstance(term, Add) or len(term.parts) != 2:
        return term
    first, last = term.parts
    return Add((first, _negated(last)))


def _with_exponent_sign(term: Term) -> Iterator[Term]:
    """10^4 for 10^-4, and 8 for 1/8 where it is 2^-3"""
    if isinstance(term, Pow) and rational_value(term.exponent) is not None:
        yield Pow(term.base, _negated(term.exponent))
    elif isinstance(term, Mul | Div | Neg):
        for index, part in enumerate(children(term)):
            if is_term(part):
                for changed in _with_exponent_sign(part):
                    yield _with_part(term, index, changed)


def _in_matrix(matrix: Matrix) -> Iterator[MistakenAnswer]:
    entries = [(r, c) for r, row in enumerate(matrix.rows) for c in range(len(row))]
    for chosen in ([entry] for entry in entries):
        yield MistakenAnswer(_with_signs_at(matrix, chosen), MistakeName.SIGN_ERROR)
    yield MistakenAnswer(_with_signs_at(matrix, entries), MistakeName.SIGN_ERROR)


def _with_signs_at(matrix: Matrix, chosen: list[tuple[int, int]]) -> Matrix:
    rows = [
        tuple(
            _negated(entry) if (r, c) in chosen and is_term(entry) else entry
            for c, entry in enumerate(row)
        )
        for r, row in enumerate(matrix.rows)
    ]
    return Matrix(tuple(rows))


def _in_statement(value: Comparison | Logic) -> Iterator[MistakenAnswer]:
    """x ≤ 3 for x ≤ -3, y = 3x + 1 for y = 3x - 1"""
    if isinstance(value, Logic):
        parts = value.parts
        if all(isinstance(part, Comparison) for part in parts):
            changed = tuple(_with_right_sign(part) for part in parts)
            yield MistakenAnswer(Logic(value.op, changed), MistakeName.SIGN_ERROR)
        return
    if not is_term(value.right):
        return
    yield MistakenAnswer(_with_right_sign(value), MistakeName.SIGN_ERROR)
    for side in with_other_signs(value.right):
        yield MistakenAnswer(Comparison(value.op, value.left, side), MistakeName.SIGN_ERROR)


def _with_right_sign(value: Value) -> Value:
    if isinstance(value, Comparison) and is_term(value.right):
        return Comparison(value.op, value.left, _negated(value.right))
    return value


def _is_interval(question: Question, value: Value) -> bool:
    if question.key.kind != "interval" or not isinstance(value, Bracketed):
        return False
    return value.opening in ("(", "[", "]")


def _mirrored(value: Value) -> Iterator[Value]:
    """(-3, 1) for (-1, 3)"""
    mirrored = _mirror(value)
    if mirrored is not None:
        yield mirrored
    if isinstance(value, Bracketed) and len(value.parts) == 2:
        low, high = value.parts
        if is_term(low) and is_term(high):
            yield Bracketed(value.opening, (_negated(low), high), value.closing)
            yield Bracketed(value.opening, (low, _negated(high)), value.closing)


def _mirror(value: Value) -> Value | None:
    match value:
        case Bracketed(opening, (low, high), closing) if is_term(low) and is_term(high):
            turned = {"(": ")", "[": "]", ")": "(", "]": "["}
            ends = (_negated(high), _negated(low))
            return Bracketed(turned.get(closing, closing), ends, turned.get(opening, opening))
        case SetOperation(op, left, right):
            first, second = _mirror(left), _mirror(right)
            if first is not None and second is not None:
                return SetOperation(op, second, first)
    return None


def _in_members(value: Listing | Bracketed, question: Question) -> Iterator[MistakenAnswer]:
    parts = value.parts
    if not all(is_term(part) for part in parts):
        return
    terms = [part for part in parts if is_term(part)]
    if question.key.ordered:
        yield from _sorted_without_signs(value, terms)
    is_set = isinstance(value, Bracketed) and value.opening in ("{", "{set")
    name = MistakeName.SIGN_ERROR
    if is_set:
        is_factor = all(rational_value(term) is not None for term in terms)
        name = MistakeName.FACTOR_SIGNS_AS_SOLUTIONS if is_factor else MistakeName.SIGN_OF_B_LOST
    yield MistakenAnswer(with_members(value, [_negated(term) for term in terms]), name)
    for index, term in enumerate(terms):
        if term == ZERO:
            continue
        others = [*terms[:index], _negated(term), *terms[index + 1 :]]
        yield MistakenAnswer(with_members(value, others), MistakeName.SIGN_ERROR)
        for changed in with_other_signs(term):
            others = [*terms[:index], changed, *terms[index + 1 :]]
            yield MistakenAnswer(with_members(value, others), MistakeName.SIGN_ERROR)


def _sorted_without_signs(
    value: Listing | Bracketed, terms: list[Term]
) -> Iterator[MistakenAnswer]:
    """0, 2, -3, -7 for -7, -3, 0, 2"""
    numbers = [rational_value(term) for term in terms]
    pairs = [
        (abs(number), term)
        for number, term in zip(numbers, terms, strict=True)
        if number is not None
    ]
    if len(pairs) < len(terms):
        return
    pairs.sort(key=lambda pair: pair[0])
    rising = [term for _, term in pairs]
    for order in (rising, rising[::-1]):
        yield MistakenAnswer(with_members(value, order), MistakeName.SIGN_IGNORED)


def with_members(value: Listing | Bracketed, members: list[Term]) -> Value:
    """The same list, set or point with other entries."""
    if isinstance(value, Listing):
        return Listing(tuple(members), value.either)
    return Bracketed(value.opening, tuple(members), value.closing)
