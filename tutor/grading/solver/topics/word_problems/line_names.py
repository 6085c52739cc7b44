"""Names what leads from one line of a problem in words to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Comparison,
    Div,
    Logic,
    Mul,
    Num,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.topics.word_problems.plan import decimal
from tutor.grading.working.quantities.stated import stated_quantities
from tutor.grading.working.quantities.unit_marks import unit_letters

MIN_DATA = 3
_DOT_PRODUCT = re.compile(r"\s*(\([^()]{1,60}\))\s*(?:·|\*|⋅|\\cdot)\s*(\([^()]{1,60}\))\s*")
_AMOUNT = re.compile(r"\s*\d{1,9}(?:\.\d{1,6})?\s*[^\d\s=+*()-]\S{0,12}\s*")


def name_formula(before: Value, after: Value) -> Iterator[Move]:
    """What explains a line better than the calculation in it."""
    yield from _put_in(before, after)
    yield from _mean(before, after)


def _put_in(before: Value, after: Value) -> Iterator[Move]:
    """U = 16 after U = 2(a + b), a = 3, b = 5."""
    match before, after:
        case Logic("and", (Comparison("=", title, body), *givens)), Comparison("=", same, value):
            pass
        case _:
            return
    if title != same or not is_term(body) or not is_term(value) or free_names(value):
        return
    values = [_given(given) for given in givens]
    if None in values or not isinstance(title, Sym):
        return
    numbers = dict(pair for pair in values if pair is not None)
    if free_names(body) != numbers.keys() or len(numbers) < len(givens):
        return
    whole: Term = body
    for name, number in numbers.items():
        whole = substitute(whole, Sym(name), number)
    if same_form(whole, value) or _same_number(whole, value):
        yield Move(MoveName.PUT_INTO_FORMULA)


def _given(line: Value) -> tuple[str, Term] | None:
    match line:
        case Comparison("=", Sym(name), number) if is_term(number) and not free_names(number):
            return name, number
    return None


def _same_number(first: Term, second: Term) -> bool:
    values = rational_value(first), rational_value(second)
    return None not in values and values[0] == values[1]


def _mean(before: Value, after: Value) -> Iterator[Move]:
    """6 after (3 + 5 + 10)/3."""
    match before:
        case Div(Add(parts), Num(count)) if len(parts) == count >= MIN_DATA:
            if is_term(after) and isinstance(after, Num) and _same_number(before, after):
                yield Move(MoveName.DIVIDE_SUM_BY_NUMBER)


def name_texts(before: str, after: str) -> Iterator[Move]:
    """Of lines that are no formulas: units, and vectors that are multiplied."""
    yield from _converted(before, after)
    yield from _dotted(before, after)


def _converted(before: str, after: str) -> Iterator[Move]:
    """150 min after 2.5 h."""
    if not (_AMOUNT.fullmatch(before) and _AMOUNT.fullmatch(after)):
        return
    quantities = [stated_quantities(text, unit_letters(text)) for text in (before, after)]
    if any(len(stated) != 1 for stated in quantities):
        return
    [first], [second] = quantities
    if not first.unit.dimension or first.unit.dimension != second.unit.dimension:
        return
    factor = first.unit.factor / second.unit.factor
    if factor == 1 or first.number * factor != second.number:
        return
    name, size = (MoveName.MULTIPLY_BY, factor) if factor > 1 else (MoveName.DIVIDE_BY, 1 / factor)
    yield Move(name, (typed(decimal(Fraction(size))),))


def _dotted(before: str, after: str) -> Iterator[Move]:
    """3·4 + (-2)·5 after (3, -2)·(4, 5)."""
    match = _DOT_PRODUCT.fullmatch(before)
    if match is None:
        return
    try:
        first, second, sum_of_products = map(read_expression, (match[1], match[2], after))
    except (Unreadable, RecursionError):
        return
    if not isinstance(first, Bracketed) or not isinstance(second, Bracketed):
        return
    pairs = list(zip(first.parts, second.parts, strict=False))
    terms = [(a, b) for a, b in pairs if is_term(a) and is_term(b)]
    if len(terms) < len(pairs) or len(first.parts) != len(second.parts) or len(pairs) < 2:
        return
    whole = Add(tuple(Mul(pair) for pair in terms))
    if same_form(whole, sum_of_products) or (
        is_term(sum_of_products) and _same_number(whole, sum_of_products)
    ):
        yield Move(MoveName.USE_DOT_PRODUCT)
