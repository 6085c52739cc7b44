"""The values of several names that stand apart in a text: x = 3, y como suman 4, y = 1."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.grading.comparison.shown_working import are_equal
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.sentences.answer_shapes import (
    DEFINITION,
    EQUALS,
    ORDER,
    AnswerShape,
    is_near,
    number_in,
    shape_of,
)
from tutor.grading.sentences.clauses import TypedStatement, statements_of
from tutor.grading.sentences.doubts import is_doubtful

MIN_NAMES = 2
_NAME = re.compile(r"[a-z](?:_?\{?\d\}?)?")
_NAMED = re.compile(  # y must be
    r"(?<![A-Za-z\\])([a-z](?:_?\{?\d\}?)?)"
    r" (?:is|are|equals|must be|has to be|ist|gleich|ist gleich|est|vaut|doit être|es|vale"
    r"|debe ser|tiene que ser|[是为]|等于)\s?\Z"
)
_LETTER = r"[^\W\d_\u4e00-\u9fff]"
_SPOKEN_OF = re.compile(rf"(?<!{_LETTER}){_LETTER}{{2,}}+\s?\Z")
_IS_ORDER = re.compile(ORDER)


def values_of_names(text: str, decimal_comma: bool) -> tuple[str, ...]:
    """x = 3 and y = 1; () where a name has two values, or another statement is not fulfilled."""
    if text.count("=") < MIN_NAMES - 1 or is_doubtful(text):
        return ()
    statements = statements_of(decimal_points(text) if decimal_comma else text)
    named = [_definition_in(statement) for statement in statements]
    if len(named) < MIN_NAMES or not named[-1]:
        return ()
    values: dict[str, str] = {}
    for name, value in filter(None, named):
        if not _is_same(values.setdefault(name, value), value):
            return ()
    others = [each for each, name in zip(statements, named, strict=True) if not name]
    if len(values) < MIN_NAMES or not all(_agrees(other, values) for other in others):
        return ()
    pairs = (f"{name} = {value}" for name, value in values.items())
    return tuple(pair.replace(".", ",") if decimal_comma else pair for pair in pairs)


def _definition_in(statement: TypedStatement) -> tuple[str, str] | None:
    """x and 3 of "x = 3", and y and 2 of "y must be 2"."""
    defined = DEFINITION.fullmatch(statement.text)
    if defined and _NAME.fullmatch(defined[1]) and number_in(defined[2]) is not None:
        return defined[1], defined[2].strip()
    named = _NAMED.search(statement.before)
    is_number = shape_of(statement.text) == AnswerShape.NUMBER
    if named and is_number and number_in(statement.text) is not None:
        return named[1], statement.text
    return None


def _is_same(value: str, other: str) -> bool:
    number = number_in(value)
    return number is not None and is_near(number, number_in(other))


def _agrees(statement: TypedStatement, values: Mapping[str, str]) -> bool:
    """Whether it is fulfilled by the values, or a number or a term that is spoken of."""
    if shape_of(statement.text) == AnswerShape.RELATION:
        return _is_fulfilled(statement.text, values)
    words = _SPOKEN_OF.search(statement.before)
    return bool(words) and shape_of(statement.text) in (AnswerShape.NUMBER, AnswerShape.EXPRESSION)


def _is_fulfilled(equation: str, values: Mapping[str, str]) -> bool:
    if _IS_ORDER.search(equation):
        return False
    return are_equal([_with_values(side, values) for side in EQUALS.split(equation)])


def _with_values(side: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        side = re.sub(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z_])", f"({value})", side)
    return side.strip()
