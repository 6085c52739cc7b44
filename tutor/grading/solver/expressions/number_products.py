"""Products, quotients, sums and factorials of numbers, a step at a time."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Term,
)
from tutor.grading.solver.expressions.number_fractions import (
    BY_RECIPROCAL,
    fraction_product,
    fraction_sum,
    inverted_division,
    is_fraction,
    is_mixed_number,
    reduce,
)
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    factors,
    has_decimals,
    number,
    product,
    quotient,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

LARGEST = 10**12  # of the numbers that are worked out
MAX_FACTORS = 8  # of a factorial that is written out


def is_final(term: Term) -> bool:
    """Whether it is a number that needs no more work, such as 7, -3/4, 0.5 or 2 1/4."""
    _, term = without_sign(term)
    if is_mixed_number(term):
        return reduce(term.parts[1]) is None
    return isinstance(term, Num) or (is_fraction(term) and reduce(term) is None)


def is_long(value: Fraction) -> bool:
    return max(abs(value.numerator), value.denominator) >= LARGEST


def work_out_products(term: Term) -> Rewrite | None:
    """Those in all summands at once."""
    parts = summands(term)
    if len(parts) > 1 and _have_one_denominator(parts):
        return None
    steps = [_product_step(part) for part in parts]
    if len(parts) == 1:
        return steps[0]
    moves = [step.move for step in steps if step is not None]
    if not moves:
        return None
    changed = [step.term if step else part for part, step in zip(parts, steps, strict=True)]
    return Rewrite(total(changed), in_a_sum(moves[0], parts))


def _have_one_denominator(parts: list[Term]) -> bool:
    """10/10 - 2/10 is on its way to one fraction."""
    cores = [without_sign(part)[1] for part in parts]
    bottoms = {whole_value(core.bottom) for core in cores if isinstance(core, Div)}
    return all(map(is_fraction, cores)) and len(bottoms) == 1


def in_a_sum(move: Move, parts: list[Term]) -> Move:
    """The move of a product, with what it comes before: multiply before adding."""
    subtracts = any(isinstance(part, Neg) for part in parts)
    match move.name:
        case MoveName.MULTIPLY | MoveName.MULTIPLY_FRACTIONS:
            before = MoveName.MULTIPLY_BEFORE_SUBTRACTING, MoveName.MULTIPLY_BEFORE_ADDING
        case MoveName.DIVIDE:
            before = MoveName.DIVIDE_BEFORE_SUBTRACTING, MoveName.DIVIDE_BEFORE_ADDING
        case _:
            return move
    return Move(before[0] if subtracts else before[1])


def _product_step(term: Term) -> Rewrite | None:
    sign, core = without_sign(term)
    match core:
        case Mul():
            rewrite = _multiplied(core)
        case Div():
            rewrite = _divided(core)
        case _:
            return None
    if rewrite is None:
        return None
    return rewrite if sign > 0 else Rewrite(product([Neg(rewrite.term)]), rewrite.move)


def _multiplied(term: Mul) -> Rewrite | None:
    parts = factors(term)
    for index, part in enumerate(parts):
        inverted = inverted_division(part) if isinstance(part, Div) else None
        if inverted is not None:
            return Rewrite(product([*parts[:index], inverted, *parts[index + 1 :]]), BY_RECIPROCAL)
    numbers = [part for part in parts if rational_value(part) is not None]
    others = [part for part in parts if rational_value(part) is None]
    if len(numbers) < 2:
        return None
    if others and (reduced := [reduce(part) for part in numbers]) and any(reduced):
        simpler = [new or old for old, new in zip(numbers, reduced, strict=True)]
        return Rewrite(product([*simpler, *others]), Move(MoveName.CANCEL))
    multiplied = _multiplied_numbers(numbers, is_decimal=has_decimals(term))
    if multiplied is None:
        return None
    results, move = multiplied
    return Rewrite(product([*results, *others]), Move(move))


def _multiplied_numbers(
    numbers: list[Term], *, is_decimal: bool
) -> tuple[list[Term], MoveName] | None:
    """Fewer or simpler factors; None where the product is too long."""
    first = numbers[0]
    if isinstance(first, Div) and not is_decimal:
        value = rational_value(first)
        if value is not None and value.denominator == 1:
            return [number(value), *numbers[1:]], MoveName.DIVIDE
    if any(is_fraction(part) for part in numbers) and not is_decimal:
        joined = fraction_product(numbers)
        return None if joined is None else ([joined], MoveName.MULTIPLY_FRACTIONS)
    value = rational_value(Mul(tuple(numbers)))
    if value is None or is_long(value):
        return None
    return [number(value, decimal=is_decimal)], MoveName.MULTIPLY


def _divided(term: Div) -> Rewrite | None:
    inverted = inverted_division(term)
    if inverted is not None:
        return Rewrite(inverted, BY_RECIPROCAL)
    top, bottom = _multiplied_half(term.top), _multiplied_half(term.bottom)
    if top is not None or bottom is not None:
        whole = quotient(top or term.top, bottom or term.bottom)
        return Rewrite(whole, Move(MoveName.MULTIPLY))
    value = rational_value(term)
    is_exact = value is not None and (value.denominator == 1 or has_decimals(term))
    if value is None or not is_exact or is_long(value):
        return None
    return Rewrite(number(value, decimal=True), Move(MoveName.DIVIDE))


def _multiplied_half(term: Term) -> Term | None:
    sign, core = without_sign(term)
    rewrite = _multiplied(core) if isinstance(core, Mul) else None
    if rewrite is None:
        return None
    return rewrite.term if sign > 0 else Neg(rewrite.term)


def add_up(term: Term) -> Rewrite | None:
    """A sum of numbers alone; those beside roots and letters are like terms."""
    parts = summands(term)
    if len(parts) < 2 or any(rational_value(part) is None for part in parts):
        return None
    if any(is_fraction(without_sign(part)[1]) for part in parts) and not has_decimals(term):
        return fraction_sum(parts)
    value = rational_value(term)
    if value is None or is_long(value):
        return None
    return Rewrite(number(value, decimal=has_decimals(term)), move_of_sum(parts))


def move_of_sum(parts: list[Term]) -> Move:
    negative = sum(isinstance(part, Neg) for part in parts[1:])
    return Move(MoveName.SUBTRACT if negative == len(parts) - 1 else MoveName.ADD)


def reduce_whole(term: Term) -> Rewrite | None:
    sign, core = without_sign(term)
    reduced = reduce(core)
    if reduced is None:
        return None
    return Rewrite(reduced if sign > 0 else Neg(reduced), Move(MoveName.CANCEL))


def cancel_factorials(term: Term) -> Rewrite | None:
    """The largest factorial below goes; the others are written out. None for other fractions."""
    if not isinstance(term, Div):
        return None
    above = _factorial_of(term.top)
    below = [value for part in factors(term.bottom) if (value := _factorial_of(part)) is not None]
    if above is None or not below or len(below) != len(factors(term.bottom)):
        return None
    largest = max(below)
    below.remove(largest)
    if not 0 < above - largest <= MAX_FACTORS or any(value > MAX_FACTORS for value in below):
        return None
    top = product(number(value) for value in range(above, largest, -1))
    bottom = product(number(n) for value in below for n in range(value, 0, -1))
    return Rewrite(quotient(top, bottom), Move(MoveName.CANCEL))


def _factorial_of(term: Term) -> int | None:
    match term:
        case Call("factorial", (inner,)):
            return whole_value(inner)
    return None
