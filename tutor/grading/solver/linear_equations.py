"""Linear equations in several letters, as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.parsing.tree import Sym, Term, Value
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.sums import as_term, collected, expanded, negated
from tutor.grading.solving.linear_systems import LinearSystem


@dataclass(frozen=True, slots=True)
class LinearEquation:
    """position: its number among the equations of the statement; None for a later one."""

    relation: Relation
    coefficients: dict[str, Fraction]  # with everything on the left
    position: int | None = None

    @classmethod
    def of(cls, value: Value, position: int | None = None) -> LinearEquation | None:
        relation = Relation.of(value)
        if relation is None or not relation.is_equation:
            return None
        whole = [*relation.left, *negated(relation.right)]
        coefficients: dict[str, Fraction] = {}
        for part in collected(inner for outer in whole for inner in expanded(outer)):
            match part.powers:
                case ((Sym(name), 1),):
                    coefficients[name] = part.coefficient
                case ():
                    pass
                case _:
                    return None
        return cls(relation, coefficients, position)

    @property
    def value(self) -> Value:
        return self.relation.value

    @property
    def whole(self) -> Term:
        return as_term([*self.relation.left, *negated(self.relation.right)])

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.coefficients)

    @property
    def is_ordered(self) -> bool:
        """Whether its letters are on the left and a number is on the right."""
        return all(part.is_number for part in self.relation.right) and all(
            len(part.powers) == 1 and isinstance(part.powers[0][0], Sym)
            for part in self.relation.left
        )

    @property
    def size(self) -> Fraction:
        """Smaller for an equation that is easier to calculate with."""
        parts = [part for side in self.relation.sides for part in side]
        return sum((abs(part.coefficient) for part in parts), Fraction(len(parts)))


def are_independent(first: LinearEquation, second: LinearEquation) -> bool:
    names = sorted(first.names | second.names)
    alone = LinearSystem.of([first.whole], names)
    both = LinearSystem.of([first.whole, second.whole], names)
    return alone is not None and both is not None and len(both.rows) > len(alone.rows)


def follows(equation: LinearEquation, known: list[Term]) -> bool:
    names = sorted(equation.names)
    system = LinearSystem.of(known, names)
    own = LinearSystem.of([equation.whole], names)
    return system is not None and own is not None and system.implies(own)


def say_the_same(first: Value, second: Value, names: Sequence[str]) -> bool:
    """Whether both say the same."""
    pair = [LinearEquation.of(value) for value in (first, second)]
    known = [equation for equation in pair if equation is not None]
    return len(known) == 2 and not are_independent(known[0], known[1])
