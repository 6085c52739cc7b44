"""Reads what stands behind "is": a property of the answer, or the value that it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tutor.grading.conditions.expressions import read_expression
from tutor.grading.conditions.faults import ConditionFault, InvalidCondition
from tutor.grading.conditions.pieces import split_at_commas
from tutor.grading.conditions.syntax import (
    DivisibleBy,
    FactorOf,
    MultipleOf,
    NumberClass,
    PerpendicularTo,
    PolynomialIn,
    Property,
    SameAs,
    WrittenExpression,
)
from tutor.grading.numeric.polynomials import MAX_DEGREE
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import is_term

_NUMBER_CLASSES = {
    **{number_class.value: number_class for number_class in NumberClass},
    "an integer": NumberClass.WHOLE,
    "an even number": NumberClass.EVEN,
    "an odd number": NumberClass.ODD,
    "a prime number": NumberClass.PRIME,
    "a prime": NumberClass.PRIME,
    "a positive number": NumberClass.POSITIVE,
    "a negative number": NumberClass.NEGATIVE,
}
_RELATED: tuple[tuple[re.Pattern[str], Callable[[WrittenExpression], Property]], ...] = (
    (re.compile(r"(?:a )?multiple of (\S.*)"), MultipleOf),
    (re.compile(r"parallel to (\S.*)"), MultipleOf),
    (re.compile(r"divisible by (\S.*)"), DivisibleBy),
    (re.compile(r"(?:a )?(?:factor|divisor) of (\S.*)"), FactorOf),
    (re.compile(r"(?:perpendicular|orthogonal) to (\S.*)"), PerpendicularTo),
    (re.compile(r"(?:equal to|the same as) (\S.*)"), SameAs),
)
_POLYNOMIAL = re.compile(r"(?:a )?polynomial(?: in ([A-Za-z]))?(?: of degree (\S.*))?")
_ROOTS = re.compile(r"(?:the )?(?:roots?|zeros?) (\S.*)")
_OF_DEGREE = re.compile(r" of degree ")


def read_property(text: str) -> Property:
    """Raises InvalidCondition."""
    if number_class := _NUMBER_CLASSES.get(text):
        return number_class
    if match := _POLYNOMIAL.fullmatch(text):
        return PolynomialIn(match[1] or "", degree=_degree(match[2]) if match[2] else None)
    for pattern, related in _RELATED:
        if match := pattern.fullmatch(text):
            return related(read_expression(match[1]))
    return SameAs(_value(text))


def is_polynomial(text: str) -> bool:
    return bool(_POLYNOMIAL.fullmatch(text))


def first_roots(text: str) -> str:
    """The roots in "roots 1, 2"; empty where the text says none."""
    match = _ROOTS.fullmatch(text)
    return match[1] if match else ""


def with_roots(polynomial: PolynomialIn, texts: Sequence[str]) -> PolynomialIn:
    """The last of the texts may end with the degree. Raises InvalidCondition."""
    *texts, last = texts
    last, *degrees = _OF_DEGREE.split(last)
    parts = [part for text in (*texts, last) for part in split_at_commas(text) if part]
    degree = _degree(degrees[0]) if degrees else polynomial.degree
    return PolynomialIn(polynomial.name, tuple(map(read_expression, parts)), degree)


def _value(text: str) -> WrittenExpression:
    try:
        return read_expression(text)
    except InvalidCondition as error:
        if error.fault == ConditionFault.UNKNOWN_WORD:
            raise InvalidCondition(ConditionFault.UNKNOWN_PROPERTY, text=text) from error
        raise


def _degree(text: str) -> int:
    value = read_expression(text).value
    degree = rational_value(value) if is_term(value) else None
    if degree is None or degree.denominator != 1 or not 0 <= degree <= MAX_DEGREE:
        raise InvalidCondition(ConditionFault.NO_DEGREE, text=text, limit=MAX_DEGREE)
    return degree.numerator
