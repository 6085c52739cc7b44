"""Do two equations, or two inequalities in several letters, have the same solutions?"""

from __future__ import annotations

import random
from fractions import Fraction

from flint import arb, fmpq

from tutor.grading.balls import BASE_BITS, Ball, Undefined, precision
from tutor.grading.deadline import Deadline
from tutor.grading.equivalence import UNKNOWN, Answer, _is_complex, difference, meet, sample
from tutor.grading.evaluate import Evaluator
from tutor.grading.polynomials import quotient, zeros
from tutor.grading.solving import holds
from tutor.grading.terms import (
    Logic,
    Mul,
    Num,
    Relation,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    replace,
    walk,
)

LINES = 4  # along which the zeros of two equations are compared, for each letter
GRID = 48
TRIES = 60


def one_side(value: Value) -> Term | None:
    """What an equation, or several joined by or, says is zero."""
    if isinstance(value, Relation) and value.op == "=" and _terms(value):
        return difference(value.left, value.right)  # type: ignore[arg-type]
    if isinstance(value, Logic) and value.op == "or":
        factors = [one_side(part) for part in value.parts]
        if all(factor is not None for factor in factors):
            return Mul(tuple(factor for factor in factors if factor is not None))
    return None


def _terms(value: Relation) -> bool:
    return is_term(value.left) and is_term(value.right)


def same_equation(ours: Value, theirs: Value, deadline: Deadline) -> Answer:
    left, right = one_side(ours), one_side(theirs)
    if left is None or right is None:
        return UNKNOWN
    names = free_names(left) | free_names(right)
    if not names or free_names(left) != free_names(right):
        return Answer(False if names else None, "equations")
    ratio = constant_ratio(left, right, deadline)
    if ratio:
        return Answer(True, "equations")
    return Answer(_same_zeros(left, right, sorted(names), deadline), "equations")


def constant_ratio(left: Term, right: Term, deadline: Deadline) -> int:
    """1 or -1 when one is a positive or negative multiple of the other (1 for complex ones)."""
    names = sorted(free_names(left) | free_names(right))
    real = not any(_is_complex(part) for term in (left, right) for part in walk(term))
    ratios: list[Ball] = []
    with precision(BASE_BITS):
        for _, point in sample(names, left, right):
            deadline.check()
            try:
                values = [
                    Evaluator(point, deadline, real=real).value(term) for term in (left, right)
                ]
                if values[1].contains(0) if isinstance(values[1], arb) else False:
                    continue
                ratios.append(values[0] / values[1])
            except (Undefined, OverflowError):
                continue
            if not ratios[-1].is_finite():
                ratios.pop()
            elif not meet(ratios[0], ratios[-1]):
                return 0
        if len(ratios) < 3 or (isinstance(ratios[0], arb) and ratios[0].contains(0)):
            return 0
    return -1 if isinstance(ratios[0], arb) and ratios[0] < 0 else 1


def _same_zeros(left: Term, right: Term, names: list[str], deadline: Deadline) -> bool | None:
    """Along random lines in the direction of every letter."""
    dice = random.Random("/".join(names))  # noqa: S311 - repeatable, not secret
    sure = True
    with precision(BASE_BITS):
        for name in names * (LINES if len(names) > 1 else 1):
            deadline.check()
            fixed = {other: _small_number(dice) for other in names if other != name}
            found = _same_on_line(_at(left, fixed), _at(right, fixed), name, deadline)
            if found is False:
                return False
            sure = sure and found is True
    return True if sure else None


def _small_number(dice: random.Random) -> Num:
    return Num(Fraction(dice.randrange(1, 63), 64) * dice.choice((1, 1, 3, -1)))


def _at(term: Term, fixed: dict[str, Num]) -> Term:
    for name, number in fixed.items():
        term = replace(term, Sym(name), number)
    return term


def _same_on_line(left: Term, right: Term, name: str, deadline: Deadline) -> bool | None:
    ours, theirs = quotient(left, name), quotient(right, name)
    if ours is not None and theirs is not None:
        return bool(zeros(ours, distinct=False) == zeros(theirs, distinct=False))
    one, other = _crossings(left, name, deadline), _crossings(right, name, deadline)
    if not one and not other:
        return None
    if not (_vanishes(right, name, one, deadline) and _vanishes(left, name, other, deadline)):
        return False
    return len(one) == len(other) or None


def _crossings(term: Term, name: str, deadline: Deadline) -> list[arb]:
    """Where the sign changes between -6 and 6, to a hundred bits."""
    found: list[arb] = []
    before: tuple[Fraction, int] | None = None
    for step in range(-GRID, GRID + 1):
        at = Fraction(step, 8) + Fraction(1, 97)
        sign = _sign(term, name, at, deadline)
        if sign and before and before[1] == -sign:
            root = _bisected(term, name, before, at, deadline)
            if root is not None:
                found.append(root)
        before = (at, sign) if sign else None
    return found


def _sign(term: Term, name: str, at: Fraction, deadline: Deadline) -> int:
    point = {name: arb(fmpq(at.numerator, at.denominator))}
    try:
        value = Evaluator(point, deadline, real=True).value(term)
    except (Undefined, KeyError, OverflowError):
        return 0
    if not isinstance(value, arb):
        return 0
    return (value > 0) - (value < 0)


def _bisected(
    term: Term, name: str, low: tuple[Fraction, int], high: Fraction, deadline: Deadline
) -> arb | None:
    """None at a pole, where the sign changes too."""
    start, sign = low
    size = abs(high - start)
    for _ in range(60):
        middle = (start + high) / 2
        found = _sign(term, name, middle, deadline)
        if found == 0:
            break
        start, high = (middle, high) if found == sign else (start, middle)
    middle = (start + high) / 2
    width = abs(high - start) if abs(high - start) < size else Fraction(0)
    root = arb(fmpq(middle.numerator, middle.denominator), float(width))
    steps = [middle + Fraction(1, 2**power) for power in (40, 20)]
    try:
        near, far = (
            abs(
                Evaluator({name: arb(fmpq(x.numerator, x.denominator))}, deadline, real=True).value(
                    term
                )
            )
            for x in steps
        )
    except (Undefined, OverflowError):
        return None
    return root if near < far else None


def _vanishes(term: Term, name: str, roots: list[arb], deadline: Deadline) -> bool:
    for root in roots:
        try:
            value = Evaluator({name: root}, deadline, real=True).value(term)
        except (Undefined, KeyError, OverflowError):
            return False
        if not (isinstance(value, arb) and value.contains(0)):
            return False
    return True


def same_inequality(ours: Value, theirs: Value, deadline: Deadline) -> Answer:
    """Several letters: a positive multiple is the same; a point in one alone refutes."""
    if isinstance(ours, Relation) and isinstance(theirs, Relation):
        one, other = _upwards(ours), _upwards(theirs)
        if one and other and one[1] == other[1] and constant_ratio(one[0], other[0], deadline) > 0:
            return Answer(True, "inequalities")
    names = sorted(free_names(ours) | free_names(theirs))
    dice = random.Random("/".join(names))  # noqa: S311 - repeatable, not secret
    with precision(BASE_BITS):
        for _ in range(TRIES):
            deadline.check()
            point = {name: arb(fmpq(dice.randrange(-512, 512), 64)) for name in names}
            one_holds, other_holds = (holds(v, point, deadline) for v in (ours, theirs))
            if None not in (one_holds, other_holds) and one_holds != other_holds:
                return Answer(False, "inequalities")
    return Answer(None, "inequalities")


def _upwards(relation: Relation) -> tuple[Term, str] | None:
    """f and > for f > 0, whichever way it was written; None when it is no inequality."""
    if not _terms(relation):
        return None
    left, right = relation.left, relation.right
    if relation.op in (">", ">="):
        return difference(left, right), relation.op  # type: ignore[arg-type]
    if relation.op in ("<", "<="):
        return difference(right, left), ">" + relation.op[1:]  # type: ignore[arg-type]
    return None
