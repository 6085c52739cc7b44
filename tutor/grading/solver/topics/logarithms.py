"""Logarithmic equations: combined, compared, or rewritten as a power."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Call, Comparison, Const, Mul, Num, Pow, Term, free_names
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import Relation, relation_to_solve
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import Sum, Summand, as_product, bracket, number, single, summands
from tutor.grading.solver.topics.linear import addition_move

LOGARITHMS = frozenset(["ln", "log", "lg", "lb"])
_BASES = {"log": Fraction(10), "lg": Fraction(10), "lb": Fraction(2)}
MAX_EXPONENT = 20


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or not relation.is_equation:
        return
    parts = [part for side in relation.sides for part in side]
    logs = [part for part in parts if _logarithm(part)]
    moving = [part for part in parts if part.has_any(frozenset([name]))]
    has_one_base = len({_base(part) for part in logs}) == 1
    if not moving or not has_one_base or any(part not in logs for part in moving):
        return
    if in_front := _with_exponent_in_front(relation, name):
        yield in_front
        return
    if len(logs) == 1:
        yield from _rewritten(relation, name)
    elif any(abs(part.coefficient) != 1 for part in logs):
        yield from _with_exponents(relation)
    elif step := _with_side_combined(relation) or _with_arguments_compared(relation):
        yield step
    else:
        yield from _brought_together(relation)


def _with_side_combined(relation: Relation) -> Step | None:
    """log(x(x + 3)) = 1 for log x + log(x + 3) = 1."""
    for side in (0, 1):
        if len(relation.sides[side]) > 1 and all(map(_logarithm, relation.sides[side])):
            combined = [_combined(relation.sides[side])]
            sides = (combined, relation.right) if side == 0 else (relation.left, combined)
            value = replace(relation, sides=sides).value
            return Step(value, Move(MoveName.COMBINE_LOGARITHMS))
    return None


def _with_arguments_compared(relation: Relation) -> Step | None:
    """2x = x + 3 for log 2x = log(x + 3)."""
    if not all(len(side) == 1 and _logarithm(side[0]) for side in relation.sides):
        return None
    arguments = [_call(side[0]).args[0] for side in relation.sides]
    return Step(Comparison("=", *arguments), Move(MoveName.COMPARE_ARGUMENTS))


def _with_exponent_in_front(relation: Relation, name: str) -> Step | None:
    """x·log 2 = log 20 for log(2^x) = log 20."""
    changed = [_lowered(side, name) for side in relation.sides]
    if None not in changed or changed == [None, None]:
        return None  # with the unknown in both exponents the arguments are compared
    left, right = (
        relation.term(number) if term is None else term for number, term in enumerate(changed)
    )
    return Step(Comparison("=", left, right), Move(MoveName.EXPONENT_IN_FRONT))


def _lowered(side: Sum, name: str) -> Term | None:
    """Of a side that is the logarithm of a power with the unknown in its exponent alone."""
    if len(side) != 1 or side[0].coefficient != 1 or not _logarithm(side[0]):
        return None
    call = _call(side[0])
    match call.args[0]:
        case Pow(base, exponent) if name in free_names(exponent) - free_names(base):
            return Mul((exponent, replace(call, args=(base, *call.args[1:]))))
    return None


def _logarithm(part: Summand) -> bool:
    match part.powers:
        case ((Call(name), 1),):
            return name in LOGARITHMS
    return False


def _call(part: Summand) -> Call:
    call = part.powers[0][0]
    assert isinstance(call, Call)  # noqa: S101 - asked only of logarithms
    return call


def _base(part: Summand) -> tuple[str, tuple[Term, ...]]:
    call = _call(part)
    return call.name, call.args[1:]


def _rewritten(relation: Relation, name: str) -> Iterator[Step]:
    """log_3(x - 2) = 2 as x - 2 = 9."""
    side = 0 if any(map(_logarithm, relation.left)) else 1
    whole = relation if side == 0 else relation.swapped
    if len(whole.left) != 1 or whole.left[0].coefficient != 1 or name in free_names(whole.term(1)):
        return
    call = _call(whole.left[0])
    power = _power(call, whole.term(1))
    yield Step(Comparison("=", call.args[0], power), Move(MoveName.REWRITE_AS_POWER))


def _power(call: Call, exponent: Term) -> Term:
    base = _BASES.get(call.name)
    base_term: Term = Const("e") if call.name == "ln" else number(base or Fraction(10))
    if len(call.args) > 1:
        base_term, base = call.args[1], rational_value(call.args[1])
    value = rational_value(exponent)
    if call.name != "ln" and base is not None and value is not None and abs(value) <= MAX_EXPONENT:
        exact = rational_value(Pow(base_term, exponent))
        if exact is not None:
            return number(exact)
    if call.name == "ln" and value in (0, 1):
        return number(Fraction(1)) if value == 0 else base_term
    return Pow(base_term, exponent)


def _with_exponents(relation: Relation) -> Iterator[Step]:
    """2 ln x as ln x²."""

    def changed(part: Summand) -> Summand:
        size = abs(part.coefficient)
        if not _logarithm(part) or size == 1 or size.denominator != 1 or size > MAX_EXPONENT:
            return part
        call = _call(part)
        argument = single(call.args[0]).to_power(size.numerator)
        if isinstance(call.args[0], Num):
            argument = Summand(Fraction(call.args[0].value ** size.numerator))
        inner = Call(call.name, (as_product(argument), *call.args[1:]))
        return Summand(part.coefficient / size, ((inner, 1),))

    result = relation.changed(lambda side: [changed(part) for part in side])
    yield Step(result.value, Move(MoveName.MOVE_FACTOR_INTO_EXPONENT))


def _combined(side: Sum) -> Summand:
    """One logarithm of the product and quotient of the arguments."""
    factors = []
    for part in side:
        factor = bracket(summands(_call(part).args[0]))
        factors.append(factor if part.coefficient > 0 else factor.to_power(-1))
    call = _call(side[0])
    argument = as_product(reduce(Summand.times, factors))
    return Summand(Fraction(1), ((Call(call.name, (argument, *call.args[1:])), 1),))


def _brought_together(relation: Relation) -> Iterator[Step]:
    """The logarithms on the left, the numbers on the right."""
    for side, is_wrong in ((1, _logarithm), (0, lambda part: not _logarithm(part))):
        for part in relation.sides[side]:
            if is_wrong(part):
                opposite = replace(part, coefficient=-part.coefficient)
                yield Step(relation.plus(opposite).value, addition_move(opposite, relation))
                return
