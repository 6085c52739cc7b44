"""Formulas that use the answers to earlier parts, as expressions that QTI 2.1 works out."""

from collections.abc import Mapping
from contextlib import suppress
from xml.etree.ElementTree import Element, SubElement

from tutor.grading import Unreadable
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Value,
    free_names,
)
from tutor.problems.interchange.portable import decimal_of
from tutor.problems.parts import Part

_CONSTANTS = ("pi", "e")
_OPERATORS = ("abs", "floor", "ceil")
_OF_SEVERAL = ("min", "max")


class NoExpression(ValueError):
    """QTI has no way to work it out."""


def expression_of(part: Part, responses: Mapping[str, str]) -> Element:
    """The formula of a part. responses: the names of those that are numbers, by their letters.

    Raises NoExpression.
    """
    return _expression(_read(part), responses)


def letters_of(part: Part) -> list[str]:
    """The names in the formula of a part. Raises NoExpression."""
    return sorted(free_names(_read(part)))


def _read(part: Part) -> Value:
    with suppress(Unreadable, RecursionError):  # stored past the checks
        return read_answer(part.carried, part.key.decimal_comma)
    raise NoExpression


def _expression(term: Value, responses: Mapping[str, str]) -> Element:
    match term:
        case Num(value) if decimal := decimal_of(value):
            return _number(decimal)
        case Num(value):
            return _of("divide", [_number(str(value.numerator)), _number(str(value.denominator))])
        case Const(name) if name in _CONSTANTS:
            return Element("mathConstant", name=name)
        case Sym(name) if name in responses:
            return Element("variable", identifier=responses[name])
    inner = [_expression(part, responses) for part in _parts(term)]
    match term:
        case Add():
            return _of("sum", inner)
        case Mul():
            return _of("product", inner)
        case Neg():
            return _of("product", [_number("-1"), *inner])
        case Div():
            return _of("divide", inner)
        case Pow():
            return _of("power", inner)
        case Root():
            return _of("power", [inner[0], _of("divide", [_number("1"), inner[1]])])
        case Call(name) if name in _OPERATORS:
            return _of("mathOperator", inner, {"name": name})
        case Call(name) if name in _OF_SEVERAL:
            return _of(name, inner)
    raise NoExpression


def _parts(term: Value) -> tuple[Value, ...]:
    match term:
        case Add(parts) | Mul(parts):
            return parts
        case Neg(part):
            return (part,)
        case Div(first, second) | Pow(first, second) | Root(first, second):
            return first, second
        case Call(_name, args):
            return args
    raise NoExpression


def _number(text: str) -> Element:
    element = Element("baseValue", baseType="float")
    element.text = text
    return element


def _of(name: str, parts: list[Element], attributes: Mapping[str, str] | None = None) -> Element:
    element = Element(name, dict(attributes or {}))
    element.extend(parts)
    return element


def not_empty(name: str) -> Element:
    """Whether a response was given."""
    element = Element("not")
    SubElement(SubElement(element, "isNull"), "variable", identifier=name)
    return element
