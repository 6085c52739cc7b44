"""Calculating with numbers: brackets first, then powers, products, sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    children,
    free_names,
    is_term,
    rebuild,
    walk,
)
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.factorials import cancel_factorials
from tutor.grading.solver.expressions.fractions import (
    fraction_product,
    fraction_sum,
    inverted_division,
    is_fraction,
    is_mixed_number,
    reduce,
)
from tutor.grading.solver.expressions.rewriting import Rewrite
from tutor.grading.solver.expressions.shapes import same_shape
from tutor.grading.solver.expressions.terms import (
    factors,
    flattened,
    has_decimals,
    number,
    product,
    quotient,
    regrouped,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.moves import Move, MoveName

LARGEST = 10**12  # of the numbers that are worked out
_VALUES = ("factorial", "binomial", "permutations", "abs", "gcd", "lcm", "floor", "ceil")


def arithmetic(term: Term) -> Iterator[Rewrite]:
    """The next step of the calculation, or of those within a term with letters."""
    term = regrouped(term)
    rewrite = _evaluation(term) if not free_names(term) else _within_letters(term)
    if rewrite is not None:
        yield Rewrite(flattened(rewrite.term), rewrite.move)


def _evaluation(term: Term) -> Rewrite | None:
    """Of a term without letters; None where it is a number or goes no further."""
    if is_final(term):
        return None
    for stage in (
        _mixed_numbers,
        _brackets,
        cancel_factorials,
        _powers,
        _products,
        _sum,
        _quotient,
    ):
        rewrite = stage(term)
        if rewrite is not None:
            return rewrite
    return None


def is_final(term: Term) -> bool:
    """Whether it is a number that needs no more work, such as 7, -3/4, 0.5 or 2 1/4."""
    _, term = without_sign(term)
    if is_mixed_number(term):
        return reduce(term.parts[1]) is None
    return isinstance(term, Num) or (is_fraction(term) and reduce(term) is None)


# Brackets


def _mixed_numbers(term: Term) -> Rewrite | None:
    """2 1/4 within a calculation."""
    changed = _inside(term, _improper)
    is_whole_term = is_mixed_number(term)
    if is_whole_term or same_shape(changed, term):
        return None
    return Rewrite(changed, Move(MoveName.MIXED_TO_FRACTION))


def _improper(term: Term) -> Term:
    value = rational_value(term)
    return number(value) if value is not None and is_mixed_number(term) else term


def _inside(term: Term, change) -> Term:  # type: ignore[no-untyped-def]
    changed: Term = rebuild(
        term, lambda part: change(_inside(part, change)) if is_term(part) else part
    )
    return changed


def _brackets(term: Term) -> Rewrite | None:
    """All sums that stand in brackets, a step further."""
    moves: list[Move] = []

    def visit(part: Term, around: Term, index: int) -> Term:
        if not is_term(part):
            return part
        if isinstance(part, Add):
            rewrite = _evaluation(part)
            if rewrite is None:
                return part
            is_done = is_final(rewrite.term)
            own = move_of_bracket(around, index, is_whole=around == term)
            moves.append(own if is_done else rewrite.move)
            return rewrite.term
        return _with_children(part, visit)

    changed = _with_children(term, visit)
    if not moves:
        return None
    names = {move.name for move in moves}
    if names == {MoveName.NUMERATOR_FIRST, MoveName.DENOMINATOR_FIRST}:
        return Rewrite(changed, Move(MoveName.HALVES_FIRST))
    first = min(moves, key=lambda move: _PRIORITY.get(move.name, 9))
    if first.name == MoveName.BRACKET_FIRST and moves.count(first) > 1:
        first = Move(MoveName.BRACKETS_FIRST)
    return Rewrite(changed, first)


def _with_children(term: Term, visit) -> Term:  # type: ignore[no-untyped-def]
    parts = iter([visit(part, term, index) for index, part in enumerate(children(term))])
    changed: Term = rebuild(term, lambda _: next(parts))
    return changed


def move_of_bracket(around: Term, index: int, *, is_whole: bool) -> Move:
    """is_whole: whether nothing stands around the term that holds the bracket."""
    match around, index:
        case Div(), 0 if is_whole:
            return Move(MoveName.NUMERATOR_FIRST)
        case Div(), 1 if is_whole:
            return Move(MoveName.DENOMINATOR_FIRST)
        case Pow(), 1:
            return Move(MoveName.EXPONENT_FIRST)
        case Root(), 0:
            return Move(MoveName.UNDER_ROOT_FIRST)
    return Move(MoveName.BRACKET_FIRST)


_PRIORITY = {
    MoveName.POWER_FIRST: 0,
    MoveName.BRACKET_FIRST: 1,
    MoveName.UNDER_ROOT_FIRST: 1,
    MoveName.EXPONENT_FIRST: 2,
    MoveName.NUMERATOR_FIRST: 3,
    MoveName.DENOMINATOR_FIRST: 4,
}


# Powers, roots and the like


def _powers(term: Term) -> Rewrite | None:
    changed, names = _worked_out(term)
    if not names:
        return None
    is_alone = len(names) == 1 and not isinstance(without_sign(term)[1], Add | Mul | Div)
    name = names[0]
    if name == MoveName.POWER and not is_alone:
        name = MoveName.POWER_FIRST if len(names) == 1 else _name_of_powers(term)
    return Rewrite(changed, Move(name))


def _name_of_powers(term: Term) -> MoveName:
    exponents = {whole_value(part.exponent) for part in walk(term) if isinstance(part, Pow)}
    return MoveName.SQUARES if exponents == {2} else MoveName.POWERS_FIRST


def _worked_out(term: Term) -> tuple[Term, list[MoveName]]:
    """The term with its innermost powers, roots and factorials as numbers."""
    names: list[MoveName] = []

    def visit(part: Term) -> Term:
        inner: Term = rebuild(part, lambda p: visit(p) if is_term(p) else p)
        if not same_shape(inner, part):
            return inner
        name = _name_of_value(part)
        value = rational_value(part) if name else None
        if name is None or value is None or _is_long(value):
            return inner
        names.append(name)
        return number(value, decimal=has_decimals(part))

    return visit(term), names


def _name_of_value(term: Term) -> MoveName | None:
    match term:
        case Pow(_, exponent) if (value := whole_value(exponent)) is not None and value >= 0:
            return MoveName.POWER
        case Root():
            return MoveName.WORK_OUT_ROOT
        case Call("factorial"):
            return MoveName.FACTORIALS
        case Call("binomial" | "permutations"):
            return MoveName.BINOMIAL
        case Call(name) if name in _VALUES:
            return MoveName.WORK_OUT
    return None


def _is_long(value: Fraction) -> bool:
    return max(abs(value.numerator), value.denominator) >= LARGEST


# Products and quotients


def _products(term: Term) -> Rewrite | None:
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
            return Rewrite(product([*parts[:index], inverted, *parts[index + 1 :]]), _RECIPROCAL)
    numbers = [part for part in parts if rational_value(part) is not None]
    others = [part for part in parts if rational_value(part) is None]
    if len(numbers) < 2:
        return None
    if others and (reduced := [reduce(part) for part in numbers]) and any(reduced):
        simpler = [new or old for old, new in zip(numbers, reduced, strict=True)]
        return Rewrite(product([*simpler, *others]), Move(MoveName.CANCEL))
    first = numbers[0]
    if isinstance(first, Div) and not has_decimals(term):
        value = rational_value(first)
        if value is not None and value.denominator == 1:
            rest = [number(value), *numbers[1:], *others]
            return Rewrite(product(rest), Move(MoveName.DIVIDE))
    if any(is_fraction(part) for part in numbers) and not has_decimals(term):
        joined = fraction_product(numbers)
        if joined is None:
            return None
        return Rewrite(product([joined, *others]), Move(MoveName.MULTIPLY_FRACTIONS))
    value = rational_value(Mul(tuple(numbers)))
    if value is None or _is_long(value):
        return None
    whole_number = number(value, decimal=has_decimals(term))
    return Rewrite(product([whole_number, *others]), Move(MoveName.MULTIPLY))


_RECIPROCAL = Move(MoveName.MULTIPLY_BY_RECIPROCAL)


def _divided(term: Div) -> Rewrite | None:
    inverted = inverted_division(term)
    if inverted is not None:
        return Rewrite(inverted, _RECIPROCAL)
    top, bottom = _multiplied_half(term.top), _multiplied_half(term.bottom)
    if top is not None or bottom is not None:
        whole = quotient(top or term.top, bottom or term.bottom)
        return Rewrite(whole, Move(MoveName.MULTIPLY))
    value = rational_value(term)
    is_exact = value is not None and (value.denominator == 1 or has_decimals(term))
    if value is None or not is_exact or _is_long(value):
        return None
    return Rewrite(number(value, decimal=True), Move(MoveName.DIVIDE))


def _multiplied_half(term: Term) -> Term | None:
    sign, core = without_sign(term)
    rewrite = _multiplied(core) if isinstance(core, Mul) else None
    if rewrite is None:
        return None
    return rewrite.term if sign > 0 else Neg(rewrite.term)


# Sums


def _sum(term: Term) -> Rewrite | None:
    parts = summands(term)
    numbers = [part for part in parts if rational_value(part) is not None]
    others = [part for part in parts if rational_value(part) is None]
    if len(numbers) < 2:
        return None
    if any(is_fraction(without_sign(part)[1]) for part in numbers) and not has_decimals(term):
        rewrite = fraction_sum(numbers)
        return rewrite and Rewrite(total([rewrite.term, *others]), rewrite.move)
    value = rational_value(total(numbers))
    if value is None or _is_long(value):
        return None
    whole = number(value, decimal=has_decimals(term))
    return Rewrite(total([whole, *others]), move_of_sum(numbers))


def move_of_sum(parts: list[Term]) -> Move:
    negative = sum(isinstance(part, Neg) for part in parts[1:])
    return Move(MoveName.SUBTRACT if negative == len(parts) - 1 else MoveName.ADD)


def _quotient(term: Term) -> Rewrite | None:
    sign, core = without_sign(term)
    reduced = reduce(core)
    if reduced is None:
        return None
    return Rewrite(reduced if sign > 0 else Neg(reduced), Move(MoveName.CANCEL))


# Calculations within a term with letters


def _within_letters(term: Term) -> Rewrite | None:
    """3·(-4) in 2k + 3·(-4); the numbers of a sum are like terms, which is another topic."""
    if isinstance(term, Mul):
        numbers = [part for part in term.parts if not free_names(part)]
        others = [part for part in term.parts if free_names(part)]
        if len(numbers) > 1:
            rewrite = _evaluation(Mul(tuple(numbers)))
            return rewrite and Rewrite(product([rewrite.term, *others]), rewrite.move)
    moves: list[Move] = []

    def visit(part: Term, around: Term, index: int) -> Term:
        if not is_term(part):
            return part
        rewrite = _within_letters(part) if free_names(part) else _of_part(part, around)
        if rewrite is None:
            return part
        moves.append(rewrite.move)
        return rewrite.term

    changed = _with_children(term, visit)
    return Rewrite(changed, moves[0]) if moves else None


def _of_part(part: Term, around: Term) -> Rewrite | None:
    """A fraction stays in a sum or a product, where it may be on the way to another one."""
    rewrite = _evaluation(part)
    if rewrite is not None and isinstance(around, Add):
        return Rewrite(rewrite.term, in_a_sum(rewrite.move, summands(around)))
    return rewrite


# Names


def name_arithmetic(change: Change) -> Iterator[Move]:
    """Of a calculation that somebody carried out."""
    if not change.is_number or not _is_worked_out(change.after):
        return
    around = change.around[-1] if change.around else None
    _, before = without_sign(change.before)
    is_simple = all(_is_simple(part) for part in children(before) if is_term(part))
    match before:
        case Add() if is_simple:
            yield _name_of_sum(change.before, change.around)
        case Pow() if is_simple:
            yield Move(MoveName.POWER if around is None else MoveName.POWER_FIRST)
        case Mul() | Div() if is_simple:
            name = MoveName.MULTIPLY if isinstance(before, Mul) else MoveName.DIVIDE
            yield in_a_sum(Move(name), summands(around)) if isinstance(around, Add) else Move(name)
        case Root():
            yield Move(MoveName.WORK_OUT_ROOT)
        case Call("factorial"):
            yield Move(MoveName.FACTORIALS)
        case Call("binomial" | "permutations"):
            yield Move(MoveName.BINOMIAL)
        case _ if _has_factorials(before):
            yield Move(MoveName.FACTORIALS)
        case Add() | Mul() | Div() | Pow() | Call():
            yield Move(MoveName.WORK_OUT)


def _name_of_sum(part: Term, around: Sequence[Term]) -> Move:
    if around:
        for index, child in enumerate(children(around[-1])):
            if is_term(child) and without_sign(child)[1] == without_sign(part)[1]:
                return move_of_bracket(around[-1], index, is_whole=len(around) == 1)
        if free_names(around[-1]):
            return Move(MoveName.COLLECT_LIKE_TERMS)  # the numbers of a sum with letters
    return move_of_sum(summands(part))


def _has_factorials(term: Term) -> bool:
    return any(
        (isinstance(part, Call) and part.name == "factorial") or _has_factorials(part)
        for part in children(term)
        if is_term(part)
    )


def _is_worked_out(term: Term) -> bool:
    _, core = without_sign(term)
    return isinstance(core, Num) or is_fraction(core)


def _is_simple(term: Term) -> bool:
    _, core = without_sign(term)
    if isinstance(core, Mul):
        return False
    return isinstance(core, Num) or is_fraction(core)
