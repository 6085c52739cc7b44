"""Usual mistakes in calculations with numbers: the point, the base of a per cent, the order, …"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
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
    has_part,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import Slip


def slip_in_calculation(
    left: Term, right: Term, numbers: Collection[Fraction], budget: WorkBudget
) -> Slip:
    """The mistake by which the right side comes out of the left one.

    numbers: those of the statement, of which a per cent may have been taken.
    """
    for slip, variant in _variants(left):
        budget.check()
        if same_value(variant, right, budget).equal:
            return slip
    for part in walk(right):
        match part:
            case Pow(Call("ln" | "lg" | "log" | "lb") as log, Num() as factor):
                if same_value(left, _replaced(right, part, Mul((factor, log))), budget).equal:
                    return Slip.POWER_OF_LOG
    before, after = rational_value(left), rational_value(right)
    if before is None or after is None:
        return Slip.NONE
    if _is_percent_of_other(left, after, numbers):
        return Slip.PERCENT_BASE
    is_moved = _is_point_moved(before, after) and not _has_power(right)
    is_moved = is_moved and not isinstance(right, Add)
    if is_moved or _are_digits_added(left, right):
        return Slip.DECIMAL_PLACE
    return Slip.NONE


def _variants(term: Term) -> Iterator[tuple[Slip, Term]]:
    for variant in (*_left_to_right(term), *without_brackets(term)):
        yield Slip.ORDER_OF_OPERATIONS, variant
    for part in walk(term):
        match part:
            case Pow(base, exponent) if rational_value(exponent) == 2 and _is_negative(base):
                yield Slip.NEGATIVE_SQUARE, _replaced(term, part, Neg(part))
            case Pow(base, exponent) if rational_value(exponent) in (2, 3):
                product = Mul((base, exponent))
                doubled = rational_value(exponent) == 2
                slip = Slip.DOUBLED_FOR_SQUARED if doubled else Slip.POWER_AS_PRODUCT
                yield slip, _replaced(term, part, product)
                yield Slip.SQUARE_FORGOTTEN, _replaced(term, part, base)
            case Root(inner, index) if rational_value(index) == 2:
                yield Slip.ROOT_AS_DIVISION, _replaced(term, part, Div(inner, index))
                yield Slip.ROOT_FORGOTTEN, _replaced(term, part, inner)
            case Call("degrees", (inner,)):
                yield Slip.DEGREES_RADIANS, _replaced(term, part, inner)


def _replaced(whole: Term, old: Term, new: Term) -> Term:
    result: Term = substitute(whole, old, new)
    return result


def _left_to_right(term: Term) -> Iterator[Term]:
    """2 + 3·4 as (2 + 3)·4, with every sum before a product or quotient."""
    if not isinstance(term, Add):
        return
    for index in range(1, len(term.parts)):
        before, part, after = term.parts[:index], term.parts[index], term.parts[index + 1 :]
        sign = Neg if isinstance(part, Neg) else None
        inner = part.part if isinstance(part, Neg) else part
        for first, changed in _leftmost(inner):
            begun = Add((*before, sign(first) if sign else first))
            yield _summed(changed(begun), after)


def _leftmost(term: Term) -> Iterator[tuple[Term, Callable[[Term], Term]]]:
    """What may be the first factor of a product or quotient, and the term with another there."""
    match term:
        case Mul((first, *rest)):
            yield first, lambda begun: Mul((begun, *rest))
            for part, changed in _leftmost(first):
                yield part, lambda begun, changed=changed: Mul((changed(begun), *rest))  # type: ignore[misc]
        case Div(top, bottom):
            yield top, lambda begun: Div(begun, bottom)
            for part, changed in _leftmost(top):
                yield part, lambda begun, changed=changed: Div(changed(begun), bottom)  # type: ignore[misc]


def _is_negative(term: Term) -> bool:
    value = rational_value(term)
    return value is not None and value < 0


def without_brackets(term: Term) -> Iterator[Term]:
    """(a + b)h/2 as a + bh/2, h(a + b) as ha + b, 48:(2 + 4) as 48:2 + 4"""
    match term:
        case Div(Mul((Add(first), *rest)), bottom):
            yield Add((*first[:-1], Div(Mul((first[-1], *rest)), bottom)))
        case Div(Add(first), bottom):
            yield Add((*first[:-1], Div(first[-1], bottom)))
        case Div(top, Add((first, *rest))):
            yield Add((Div(top, first), *rest))
        case Mul(parts):
            for index, part in enumerate(parts):
                if isinstance(part, Add):
                    before, after = parts[:index], parts[index + 1 :]
                    heads, last = part.parts[:-1], part.parts[-1]
                    begun = Mul((*before, heads[0])) if before else heads[0]
                    ended = Mul((last, *after)) if after else last
                    yield Add((begun, *heads[1:], ended))


def _summed(first: Term, rest: tuple[Term, ...]) -> Term:
    return Add((first, *rest)) if rest else first


def _is_percent_of_other(left: Term, after: Fraction, numbers: Collection[Fraction]) -> bool:
    """240·(1 - 20 %) = 200: the per cent of another number was taken."""
    for part in walk(left):
        if isinstance(part, Mul) and len(part.parts) == 2:
            for amount, factor in (part.parts, part.parts[::-1]):
                base, ratio = rational_value(amount), rational_value(factor)
                if base is None or ratio is None or ratio <= 0 or part != left:
                    continue
                if any(base + other * (ratio - 1) == after for other in numbers if other != base):
                    return True
    return False


def _is_point_moved(before: Fraction, after: Fraction) -> bool:
    if not before or not after:
        return False
    ratio = abs(after / before)
    return ratio in {Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4)}


def _has_power(term: Term) -> bool:
    """10^5, of which an exponent went wrong and no point"""
    return has_part(term, Pow)


def _are_digits_added(left: Term, right: Term) -> bool:
    """3.2 + 0.45 = 0.77: added as if the points did not matter."""
    if not isinstance(left, Add) or not isinstance(right, Num):
        return False
    numbers = [part.part if isinstance(part, Neg) else part for part in left.parts]
    if not all(isinstance(part, Num) for part in numbers):
        return False
    texts = [part.text for part in numbers if isinstance(part, Num)]
    if not any("." in text for text in texts):
        return False
    signs = [-1 if isinstance(part, Neg) else 1 for part in left.parts]
    digits = [int(text.replace(".", "") or 0) for text in texts if _is_plain(text)]
    if len(digits) != len(texts) or not _is_plain(right.text):
        return False
    total = sum(sign * number for sign, number in zip(signs, digits, strict=True))
    return total == int(right.text.replace(".", "") or 0)


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and text.isascii()
