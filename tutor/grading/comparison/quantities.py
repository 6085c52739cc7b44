"""Quantities: converted to the key's unit, then compared as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, Rule
from tutor.grading.comparison.numbers import may_be_percent, same_number
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.quantities import percent_or_degrees
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Const,
    Div,
    Matrix,
    Mul,
    Num,
    Quantity,
    Term,
    Value,
    is_term,
)
from tutor.grading.parsing.units import Unit, read_label, read_unit
from tutor.grading.processes.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Measured:
    equal: bool | None
    rule: Rule
    feedback: str = ""


WRONG_KIND = Measured(False, Rule.UNITS, "The answer is a number with a unit.")


def same_quantity(
    key: Value, response: Value, conventions: AnswerKey, deadline: Deadline
) -> Measured:
    """The key's unit counts; what the key has no unit for may be left out or added."""
    key, response = _unnamed(key), _unnamed(response)
    if isinstance(key, Matrix):
        return Measured(False, Rule.UNITS)
    ours, theirs = _split(key), _split(response)
    if ours is None or theirs is None:
        return WRONG_KIND
    (amount, unit), (said, said_unit) = ours, theirs
    if unit is None or said_unit is None:
        return _one_sided(amount, unit, said, said_unit, conventions, deadline)
    if unit.dimension != said_unit.dimension:
        return _by_label(amount, unit, said, said_unit, conventions, deadline)
    factor = said_unit.factor / unit.factor
    converted = said if factor == 1 else Mul((said, Num(factor)))
    found = same_number(amount, converted, conventions, deadline)
    return Measured(found.equal, found.rule if found.equal is None else Rule.UNITS)


def _unnamed(value: Value) -> Value:
    pair = definition(value) if isinstance(value, Comparison) else None
    return pair[1] if pair else value


def _split(value: Value) -> tuple[Term, Unit | None] | None:
    if isinstance(value, Quantity):
        unit = read_unit(value.unit) or read_label(value.unit)
        return value.amount, unit
    if not is_term(value):
        return None
    if sign := percent_or_degrees(value):
        return sign[0], read_unit(sign[1])
    return value, None


def _one_sided(
    amount: Term,
    unit: Unit | None,
    said: Term,
    said_unit: Unit | None,
    conventions: AnswerKey,
    deadline: Deadline,
) -> Measured:
    if unit is None and said_unit is None:
        found = same_number(amount, said, conventions, deadline)
        return Measured(found.equal, found.rule)
    if angle := _angle(amount, unit, said, said_unit):
        found = same_number(*angle, conventions, deadline)
        if found:
            return Measured(True, Rule.UNITS)
    if said_unit is not None:
        if not said_unit.dimension:  # a percentage where a number was asked for
            bare = conventions.unit_optional and may_be_percent(amount)
            if bare and same_number(amount, said, conventions, deadline):
                return Measured(True, Rule.UNITS)
            said = Mul((said, Num(said_unit.number)))
        found = same_number(amount, said, conventions, deadline)
        return Measured(found.equal, found.rule)
    found = same_number(amount, said, conventions, deadline)
    if unit is not None and unit.number != 1:
        whole = same_number(Mul((amount, Num(unit.number))), said, conventions, deadline)
        if whole and not unit.dimension:
            return Measured(True, whole.rule)
        found = whole if whole else found
    if found and not conventions.unit_optional:
        return Measured(False, Rule.UNITS, "The number is right, but its unit is missing.")
    return Measured(found.equal, found.rule)


def _angle(
    amount: Term, unit: Unit | None, said: Term, said_unit: Unit | None
) -> tuple[Term, Term] | None:
    """90° against π/2, and 30° where π/6 is the answer."""
    degrees = (("deg", 1),)
    if unit and unit.dimension == degrees and said_unit is None and rational_value(said) is None:
        return Call("degrees", (amount,)), said
    if (
        said_unit
        and said_unit.dimension == degrees
        and unit is None
        and rational_value(amount) is None
    ):
        return amount, Call("degrees", (said,))
    return None


def _by_label(
    amount: Term,
    unit: Unit,
    said: Term,
    said_unit: Unit,
    conventions: AnswerKey,
    deadline: Deadline,
) -> Measured:
    radians = {(("rad", 1),), (("deg", 1),)}
    if {unit.dimension, said_unit.dimension} == radians:
        pi = Div(Const("pi"), Num(Fraction(180)))
        ours, theirs = (
            Mul((value, pi)) if dimension.dimension[0][0] == "deg" else value
            for value, dimension in ((amount, unit), (said, said_unit))
        )
        found = same_number(ours, theirs, conventions, deadline)
        return Measured(found.equal, Rule.UNITS)
    return Measured(False, Rule.UNITS, "The unit measures something else than what was asked for.")
