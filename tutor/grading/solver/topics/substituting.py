"""Equations that a new letter makes quadratic: u = 2^x, u = cos x, u = x²."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    Num,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.exponentials import MAX_POWER, Exponential, power_term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.sums import Summand, power
from tutor.grading.solver.topics.cases import is_value, joined

_LETTERS = ("u", "z", "t", "v")
MAX_EXPONENT = 4  # of the new letter


@dataclass(frozen=True, slots=True)
class Substitution:
    """The equation in the new letter, and what the letter stands for."""

    letter: str
    meaning: Term
    value: Value


def steps(position: Position) -> Iterator[Step]:
    if position.goal.kind != GoalKind.SOLVE or position.current is None:
        return
    if back := _substituted_back(position):
        yield Step(back, Move(MoveName.SUBSTITUTE_BACK))
        return
    relation = Relation.of(position.current)
    if relation is None or not relation.is_equation or not position.unknown:
        return
    substitution = substitution_in(relation, position.unknown)
    if substitution is not None:
        move = Move(MoveName.SUBSTITUTE, (substitution.letter, typed(substitution.meaning)))
        yield Step(substitution.value, move)


def substitution_in(relation: Relation, name: str) -> Substitution | None:
    """None where no new letter makes the equation simpler."""
    return _of_powers(relation, name) or _of_exponentials(relation, name)


def _new_letter(name: str) -> str:
    return next(letter for letter in _LETTERS if letter != name)


def _of_powers(relation: Relation, name: str) -> Substitution | None:
    """Of one term to different powers: cos² x and cos x, x⁴ and x², x and √x."""
    powers = _powers_of_one_term(relation, name)
    exponents = {exponent for _, exponent in powers.values()}
    if len(exponents) < 2 or min(exponents) < 1:
        return None
    common = gcd(*exponents)
    base = next(iter(powers.values()))[0]
    if max(exponents) // common > MAX_EXPONENT or (isinstance(base, Sym) and common == 1):
        return None
    letter = _new_letter(name)

    def changed(part: Summand) -> Summand:
        if part not in powers:
            return part
        return Summand(part.coefficient, ((Sym(letter), powers[part][1] // common),))

    value = relation.changed(lambda side: [changed(part) for part in side]).value
    return Substitution(letter, power(base, common), value)


def _powers_of_one_term(relation: Relation, name: str) -> dict[Summand, tuple[Term, int]]:
    """Those of the summands with the unknown; empty where one of them is of another term."""
    parts = [part for side in relation.sides for part in side]
    moving = {part: _own_power(part, name) for part in parts if part.has_any(frozenset([name]))}
    powers = {part: power for part, power in moving.items() if power is not None}
    bases = {base for base, _ in powers.values()}
    roots = [base for base in bases if isinstance(base, Root) and base.inner == Sym(name)]
    if len(roots) == 1 and roots[0].index == _TWO:  # x is the square of √x
        powers = {
            part: (roots[0], 2 * n) if base == Sym(name) else (base, n)
            for part, (base, n) in powers.items()
        }
    has_one_base = len({base for base, _ in powers.values()}) == 1
    return powers if has_one_base and len(powers) == len(moving) else {}


_TWO = Num(Fraction(2))


def _own_power(part: Summand, name: str) -> tuple[Term, int] | None:
    """The power with the unknown, where it stands alone beside a number."""
    return (
        part.powers[0] if len(part.powers) == 1 and name in free_names(part.powers[0][0]) else None
    )


def _of_exponentials(relation: Relation, name: str) -> Substitution | None:
    """4^x - 6·2^x + 8 = 0, with u = 2^x."""
    powers = _powers_of_one_base(relation, name)
    slopes = {power.slope.numerator for power in powers.values()}
    common = gcd(*slopes)
    if len(slopes) < 2 or min(slopes) < 0 or max(slopes) // common > MAX_EXPONENT:
        return None
    letter = _new_letter(name)

    def changed(part: Summand) -> Summand:
        if part not in powers:
            return part
        power = powers[part]
        factor = Fraction(1) if power.base is None else power.base**power.shift.numerator
        exponent = power.slope.numerator // common
        return Summand(part.coefficient * factor, ((Sym(letter), exponent),))

    first = next(iter(powers.values()))
    meaning = power_term(first.base_term, Fraction(common), Fraction(0), name)
    value = relation.changed(lambda side: [changed(part) for part in side]).value
    return Substitution(letter, meaning, value)


def _powers_of_one_base(relation: Relation, name: str) -> dict[Summand, Exponential]:
    """Those of the summands with the unknown; empty where one of them is something else."""
    parts = [part for side in relation.sides for part in side]
    moving = {part: _exponential(part, name) for part in parts if part.has_any(frozenset([name]))}
    powers = {part: power for part, power in moving.items() if power and _is_whole(power)}
    has_one_base = len({power.base for power in powers.values()}) == 1
    return powers if has_one_base and len(powers) == len(moving) else {}


def _is_whole(power: Exponential) -> bool:
    """Whether it is a whole power of the base times a number: 4·2^(3x), not √2·2^x or e·e^x."""
    is_whole = power.slope.denominator == power.shift.denominator == 1
    has_number = power.base is not None or not power.shift
    return is_whole and has_number and abs(power.shift) <= MAX_POWER


def _exponential(part: Summand, name: str) -> Exponential | None:
    """Of (2^x)², 4^x or 2^(x + 1) beside a number."""
    own = _own_power(part, name)
    whole = None if own is None else Exponential.of(own[0], name)
    if own is None or whole is None:
        return None
    return replace(whole, slope=whole.slope * own[1], shift=whole.shift * own[1])


def _substituted_back(position: Position) -> Value | None:
    """2^x = 2 or 2^x = 4, for u = 2 or u = 4."""
    current = position.current
    cases = current.parts if isinstance(current, Logic) and current.op == "or" else (current,)
    if not all(case is not None and is_value(case) for case in cases):
        return None
    letter = next(iter(free_names(cases[0]))) if cases[0] is not None else ""
    if letter in position.goal.unknowns or len(free_names(current or Sym(""))) != 1:
        return None
    meaning = _meaning(letter, position)
    if meaning is None:
        return None
    return joined(
        [Comparison("=", meaning, case.right) for case in cases if isinstance(case, Comparison)]
    )


def _meaning(letter: str, position: Position) -> Term | None:
    """What a student's letter stands for, as it was named or as the equation shows."""
    for value in reversed(position.known):
        parts = value.parts if isinstance(value, Logic) and value.op == "and" else (value,)
        for part in parts:
            match part:
                case Comparison("=", Sym(name), term) if name == letter and is_term(term):
                    if free_names(term):
                        return term
    for value in reversed(position.known):
        names = free_names(value)
        relation = Relation.of(value)
        if relation is not None and len(names) == 1 and letter not in names:
            substitution = substitution_in(relation, next(iter(names)))
            if substitution is not None:
                return substitution.meaning
    return None
