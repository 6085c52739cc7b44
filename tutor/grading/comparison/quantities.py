"""Quantities: converted to the key's unit, then compared as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, Kind, Rule
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.numbers import may_be_percent, same_number
from tutor.grading.comparison.predicates import is_braces
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.quantities import percent_or_degrees
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Comparison,
    Const,
    Div,
    Listing,
    Matrix,
    Mul,
    Num,
    Quantity,
    Term,
    Unreadable,
    Value,
    is_term,
)
from tutor.grading.parsing.units import Unit, in_currency, read_label, read_unit
from tutor.grading.processes.work_budget import WorkBudget

_DEGREES, _RADIANS = (("deg", 1),), (("rad", 1),)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A number and its unit, if it has one."""

    amount: Term
    unit: Unit | None

    @property
    def is_in_degrees(self) -> bool:
        return self.unit is not None and self.unit.dimension == _DEGREES


def lacks_unit(key: AnswerKey) -> bool:
    """Whether any unit fits a key that asks for one: 5, but not 5 cm or 3:30 pm.

    Raises Unreadable.
    """
    if key.kind != Kind.QUANTITY or key.unit:
        return False
    measure = _measure(_without_name(key_value(key)))
    return measure is not None and measure.unit is None


def same_quantity(
    key: Value, response: Value, conventions: AnswerKey, budget: WorkBudget
) -> Equality:
    """In the key's unit. A key without a unit says that the unit may be left out or added."""
    key, response = _without_name(key), _without_name(response)
    if isinstance(key, Matrix):
        return Equality(False, Rule.UNITS)
    key_measure, response_measure = _measure(key), _measure(response)
    if key_measure is None:
        return Equality(False, Rule.UNITS)
    if response_measure is None:
        several = isinstance(response, Listing) or _is_set(response)
        code = FeedbackCode.ONE_VALUE_ASKED if several else FeedbackCode.NOT_A_QUANTITY
        return Equality(False, Rule.UNITS, Feedback(code))
    return _Comparer(key_measure, response_measure, conventions, budget).compare()


def _without_name(value: Value) -> Value:
    pair = definition(value) if isinstance(value, Comparison) else None
    return pair[1] if pair else value


def _is_set(value: Value) -> bool:
    return isinstance(value, Bracketed) and is_braces(value) and len(value.parts) > 1


def _measure(value: Value) -> _Measure | None:
    if isinstance(value, Quantity):
        return _Measure(value.amount, read_unit(value.unit) or read_label(value.unit))
    if not is_term(value):
        return None
    if pair := percent_or_degrees(value):
        return _Measure(pair[0], read_unit(pair[1]))
    return _Measure(value, None)


@dataclass(frozen=True, slots=True)
class _Comparer:
    key: _Measure
    response: _Measure
    conventions: AnswerKey
    budget: WorkBudget

    def compare(self) -> Equality:
        key_unit = self.key.unit
        response_unit = _in_scale(in_currency(self.response.unit, key_unit), key_unit)
        if key_unit is None and response_unit is None:
            return self._numbers(self.key.amount, self.response.amount)
        if key_unit is None or response_unit is None:
            if (angles := self._angles()) and self._numbers(*angles):
                return Equality(True, Rule.UNITS)
            if response_unit is not None:
                return self._with_added_unit(response_unit)
            assert key_unit is not None  # noqa: S101 - one of the two has a unit
            return self._without_unit(key_unit)
        if key_unit.dimension != response_unit.dimension:
            return self._of_other_dimension()
        converted = in_unit(self.response.amount, response_unit, key_unit)
        result = self._numbers(self.key.amount, converted)
        return Equality(result.equal, result.rule if result.equal is None else Rule.UNITS)

    def _numbers(self, key: Term, response: Term) -> Equality:
        return same_number(key, response, self.conventions, self.budget)

    def _angles(self) -> tuple[Term, Term] | None:
        """90° against π/2, and 30° where π/6 is the answer."""
        key, response = self.key, self.response
        if key.is_in_degrees and response.unit is None and rational_value(response.amount) is None:
            return Call("degrees", (key.amount,)), response.amount
        if response.is_in_degrees and key.unit is None and rational_value(key.amount) is None:
            return key.amount, Call("degrees", (response.amount,))
        return None

    def _with_added_unit(self, unit: Unit) -> Equality:
        """The response has a unit, the key has none."""
        amount = self.response.amount
        if not unit.dimension:  # a percentage where a number was asked for
            is_bare = self.conventions.unit_optional and may_be_percent(self.key.amount)
            if is_bare and self._numbers(self.key.amount, amount):
                return Equality(True, Rule.UNITS)
            amount = Mul((amount, Num(unit.number)))
        return self._numbers(self.key.amount, amount)

    def _without_unit(self, unit: Unit) -> Equality:
        """The key has a unit, the response has none."""
        result = self._numbers(self.key.amount, self.response.amount)
        if unit.number != 1:
            in_full = self._numbers(Mul((self.key.amount, Num(unit.number))), self.response.amount)
            if in_full and not unit.dimension:
                return in_full
            result = in_full or result
        if result and not self.conventions.unit_optional:
            return Equality(False, Rule.UNITS, Feedback(FeedbackCode.UNIT_MISSING))
        return result

    def _of_other_dimension(self) -> Equality:
        units = (self.key.unit, self.response.unit)
        dimensions = {unit.dimension for unit in units if unit is not None}
        if not all(unit.is_known for unit in units if unit is not None):
            raise Unreadable(FeedbackCode.UNREAD_UNIT)
        if dimensions != {_DEGREES, _RADIANS}:
            is_same = self._numbers(self.key.amount, self.response.amount).equal is True
            code = FeedbackCode.UNIT_MISFITS if is_same else FeedbackCode.OTHER_DIMENSION
            return Equality(False, Rule.UNITS, Feedback(code))
        result = self._numbers(_in_radians(self.key), _in_radians(self.response))
        return Equality(result.equal, Rule.UNITS)


def _in_scale(unit: Unit | None, scale: Unit | None) -> Unit | None:
    """37 C and 37 degrees are temperatures where the key is one."""
    if unit is None or scale is None or not scale.offset:
        return unit
    letters = {read_unit("C"): read_unit("°C"), read_unit("F"): read_unit("°F")}
    return scale if unit.dimension == _DEGREES else letters.get(unit, unit)


def in_unit(amount: Term, unit: Unit, target: Unit) -> Term:
    factor = unit.factor / target.factor
    shift = (unit.offset - target.offset) / target.factor
    scaled = amount if factor == 1 else Mul((amount, Num(factor)))
    return Add((scaled, Num(shift))) if shift else scaled


def _in_radians(angle: _Measure) -> Term:
    one_degree = Div(Const("pi"), Num(Fraction(180)))
    return Mul((angle.amount, one_degree)) if angle.is_in_degrees else angle.amount
