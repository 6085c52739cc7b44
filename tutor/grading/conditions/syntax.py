"""The trees of conditions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from tutor.grading.parsing.tree import Sym, Value

_FIRST_SUBJECT = 9_001


def symbol_of(index: int) -> Sym:
    """What stands in an expression for its subject at `index`; no author writes it."""
    return Sym(f"x_{_FIRST_SUBJECT + index}")


@dataclass(frozen=True, slots=True)
class WrittenExpression:
    """text: as it was written. subjects: what `symbol_of` their indices stands for."""

    text: str
    value: Value
    subjects: tuple[Subject, ...] = ()


Point: TypeAlias = tuple[tuple[str, WrittenExpression], ...]  # letters and their values


@dataclass(frozen=True, slots=True)
class Subject:
    """The answer, its derivatives, and its value at a point."""

    derivatives: int = 0
    point: Point = ()


class NumberClass(Enum):
    NUMBER = "a number"
    WHOLE = "a whole number"
    EVEN = "even"
    ODD = "odd"
    PRIME = "prime"
    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class SameAs:
    value: WrittenExpression


@dataclass(frozen=True, slots=True)
class MultipleOf:
    value: WrittenExpression


@dataclass(frozen=True, slots=True)
class DivisibleBy:
    value: WrittenExpression


@dataclass(frozen=True, slots=True)
class FactorOf:
    value: WrittenExpression


@dataclass(frozen=True, slots=True)
class PerpendicularTo:
    value: WrittenExpression


@dataclass(frozen=True, slots=True)
class PolynomialIn:
    """name: of its variable; empty for the only letter of the answer. degree: None for any."""

    name: str
    roots: tuple[WrittenExpression, ...] = ()
    degree: int | None = None


Property: TypeAlias = (
    "NumberClass | SameAs | MultipleOf | DivisibleBy | FactorOf | PerpendicularTo | PolynomialIn"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """op: = != < <= > or >=."""

    text: str
    op: str
    left: WrittenExpression
    right: WrittenExpression


@dataclass(frozen=True, slots=True)
class HasProperty:
    text: str
    subject: WrittenExpression
    property: Property


@dataclass(frozen=True, slots=True)
class HoldsAt:
    """The answer is an equation or an inequality that holds at the point."""

    text: str
    point: Point


@dataclass(frozen=True, slots=True)
class LiesOn:
    """The coordinates of the subject fulfil the relation, whose letters are in their order."""

    text: str
    subject: WrittenExpression
    relation: WrittenExpression


@dataclass(frozen=True, slots=True)
class DiffersByConstant:
    text: str
    subject: WrittenExpression
    function: WrittenExpression


@dataclass(frozen=True, slots=True)
class WithNames:
    """The answer has as many entries as there are names, and they fulfil the condition."""

    text: str
    names: tuple[str, ...]
    condition: TestTree


@dataclass(frozen=True, slots=True)
class Negated:
    text: str
    part: TestTree


@dataclass(frozen=True, slots=True)
class AllHold:
    parts: tuple[TestTree, ...]


@dataclass(frozen=True, slots=True)
class AnyHolds:
    parts: tuple[TestTree, ...]


Clause: TypeAlias = "Compared | HasProperty | HoldsAt | LiesOn | DiffersByConstant | WithNames"
TestTree: TypeAlias = "Clause | Negated | AllHold | AnyHolds"
