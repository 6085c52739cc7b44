"""Equations and inequalities as sides, with the same done to each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    Term,
    Value,
    Words,
    has_decimals,
    is_term,
)
from tutor.grading.solver.step import GoalKind, Position
from tutor.grading.solver.sums import (
    Sum,
    Summand,
    as_term,
    bracket,
    collected,
    summands,
    times,
)
from tutor.grading.solving.inequalities import TURNED

NO_SOLUTION = Words("no solution")


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides with a relation sign, or three as in 1 < 2x < 5; each a sum.

    decimals: whether numbers are written with a decimal point where they can.
    """

    sides: tuple[Sum, ...]
    operators: tuple[str, ...]
    decimals: bool = False

    @classmethod
    def of(cls, value: Value | None) -> Self | None:
        """None for anything but one relation between terms, or two that share their middle."""
        match value:
            case Comparison(op, left, right) if op in TURNED:
                terms: tuple[Value, ...] = (left, right)
                operators: tuple[str, ...] = (op,)
            case Logic("and", (Comparison(op, left, middle), Comparison(second, again, right))) if (
                middle == again and op in TURNED and second in TURNED
            ):
                terms, operators = (left, middle, right), (op, second)
            case _:
                return None
        sides = tuple(_summands(term) for term in terms if is_term(term))
        return cls(sides, operators, has_decimals(value)) if len(sides) == len(terms) else None

    @property
    def value(self) -> Value:
        terms = [as_term(side, decimals=self.decimals) for side in self.sides]
        parts = tuple(
            Comparison(op, left, right)
            for op, left, right in zip(self.operators, terms, terms[1:], strict=False)
        )
        return parts[0] if len(parts) == 1 else Logic("and", parts)

    @property
    def is_equation(self) -> bool:
        return self.operators == ("=",)

    @property
    def is_chain(self) -> bool:
        return len(self.sides) > 2

    @property
    def left(self) -> Sum:
        return self.sides[0]

    @property
    def right(self) -> Sum:
        return self.sides[-1]

    @property
    def swapped(self) -> Self:
        operators = tuple(TURNED[op] for op in reversed(self.operators))
        return replace(self, sides=self.sides[::-1], operators=operators)

    def changed(self, change: Callable[[Sum], Sum]) -> Self:
        return replace(self, sides=tuple(change(side) for side in self.sides))

    def plus(self, *parts: Summand) -> Self:
        """With the same added to each side; like terms are added."""
        return self.changed(lambda side: collected([*side, *parts]))

    def times(self, factor: Summand) -> Self:
        """With each side multiplied; the signs turn for a negative number."""
        product = self.changed(lambda side: times(side, factor))
        if factor.is_number and factor.coefficient < 0:
            return replace(product, operators=tuple(TURNED[op] for op in self.operators))
        return product

    def over(self, factor: Summand) -> Self:
        """With each side divided; a sum that the factor does not divide becomes a bracket."""
        inverse = factor.to_power(-1)

        def divided(side: Sum) -> Sum:
            parts = times(side, inverse)
            is_whole = all(part.coefficient.denominator == 1 and not part.divisor for part in parts)
            if len(side) < 2 or is_whole:
                return collected(parts)
            return [bracket(side).times(inverse)]

        quotient = self.changed(divided)
        if factor.is_number and factor.coefficient < 0:
            return replace(quotient, operators=tuple(TURNED[op] for op in self.operators))
        return quotient

    def sides_with(self, unknown: Term) -> list[int]:
        """The numbers of the sides in which it occurs."""
        return [
            number
            for number, side in enumerate(self.sides)
            if any(summand.contains(unknown) for summand in side)
        ]

    def term(self, number: int) -> Term:
        return as_term(self.sides[number], decimals=self.decimals)


def relation_to_solve(position: Position) -> tuple[Relation | None, str]:
    """The current line, where it is to be solved for one letter, and this letter."""
    name = position.unknown if position.goal.kind == GoalKind.SOLVE else ""
    return (Relation.of(position.current) if name else None), name


def _summands(term: Term) -> Sum:
    """Without those that are zero, so that a side that is zero is empty."""
    return [part for part in summands(term) if part.coefficient]
