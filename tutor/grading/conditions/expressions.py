"""Reads the expressions of a condition, in which the answer stands as a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.conditions.faults import ConditionFault, InvalidCondition
from tutor.grading.conditions.pieces import split_at_commas, split_at_signs
from tutor.grading.conditions.syntax import Point, Subject, WrittenExpression, symbol_of
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.names import CONSTANTS, FUNCTIONS, ROOTS
from tutor.grading.parsing.tree import Unreadable, free_names

_SUBJECT = r"(?:the )?(?:(second|third) )?(derivative of )?(?:the )?answer"
_ALONE = re.compile(_SUBJECT, re.IGNORECASE)
_IN_EXPRESSION = re.compile(rf"(?<![A-Za-z\\]){_SUBJECT}(?![A-Za-z])", re.IGNORECASE)
_AT_POINT = re.compile(rf"\( *{_SUBJECT} +at ", re.IGNORECASE)
_ORDINALS = {"second": 2, "third": 3}
_WORD = re.compile(r"\\[A-Za-z]+|[A-Za-z]{2,}")
_KNOWN_WORDS = frozenset((*FUNCTIONS, *CONSTANTS, *ROOTS))
_LETTER = re.compile("[A-Za-z]")


def mentions_answer(expression: WrittenExpression, names: Sequence[str] = ()) -> bool:
    """Whether it depends on the answer, or on one of its named entries."""
    return bool(expression.subjects) or bool(free_names(expression.value) & set(names))


def read_expression(text: str) -> WrittenExpression:
    """Raises InvalidCondition."""
    subjects: list[Subject] = []
    plain = _IN_EXPRESSION.sub(
        lambda match: _symbol(subjects, _subject(match)), _with_values_at_points(text, subjects)
    )
    _check_words(plain)
    try:
        value = read_answer(plain)
    except Unreadable as error:
        fault = ConditionFault.UNREAD_EXPRESSION
        raise InvalidCondition(fault, text=text, reason=str(error)) from error
    return WrittenExpression(text, value, tuple(subjects))


def read_subject(text: str, point: Point) -> WrittenExpression:
    """The answer or a derivative of it, at a point. Raises InvalidCondition."""
    match = _ALONE.fullmatch(text)
    if match is None:
        raise InvalidCondition(ConditionFault.INCOMPLETE, text=text)
    return WrittenExpression(text, symbol_of(0), (_subject(match, point),))


def read_point(text: str) -> tuple[Point, str]:
    """The letters with their values, and the comparison that follows the last of them.

    Raises InvalidCondition.
    """
    point: list[tuple[str, WrittenExpression]] = []
    items = split_at_commas(text)
    rest = ""
    for item in items:
        sides, signs = split_at_signs(item)
        is_value = len(sides) > 1 and signs[0] == "=" and _LETTER.fullmatch(sides[0])
        if rest or not is_value:
            raise InvalidCondition(ConditionFault.NO_POINT, text=text)
        point.append((sides[0], _value_at(sides[1])))
        rest = " ".join(f"{sign} {side}" for sign, side in zip(signs[1:], sides[2:], strict=True))
    return tuple(point), rest


def _value_at(text: str) -> WrittenExpression:
    value = read_expression(text)
    if value.subjects:
        raise InvalidCondition(ConditionFault.NO_POINT, text=text)
    return value


def _with_values_at_points(text: str, subjects: list[Subject]) -> str:
    """With a symbol in place of each (answer at x = 2)."""
    while match := _AT_POINT.search(text):
        end = _end_of_bracket(text, match.start())
        point, rest = read_point(text[match.end() : end - 1])
        if rest:
            raise InvalidCondition(ConditionFault.NO_POINT, text=text[match.start() : end])
        symbol = _symbol(subjects, _subject(match, point))
        text = f"{text[: match.start()]}({symbol}){text[end:]}"
    return text


def _end_of_bracket(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if not depth:
            return index + 1
    raise InvalidCondition(ConditionFault.OPEN_BRACKET, text=text)


def _subject(match: re.Match[str], point: Point = ()) -> Subject:
    ordinal, derivative = match[1], match[2]
    if ordinal and not derivative:
        raise InvalidCondition(ConditionFault.UNKNOWN_WORD, word=ordinal)
    return Subject(_ORDINALS.get((ordinal or "").lower(), 1) if derivative else 0, point)


def _symbol(subjects: list[Subject], subject: Subject) -> str:
    subjects.append(subject)
    _name, number = symbol_of(len(subjects) - 1).name.split("_")
    return f"x_{{{number}}}"


def _check_words(text: str) -> None:
    for match in _WORD.finditer(text):
        word = match[0]
        if not word.startswith("\\") and word not in _KNOWN_WORDS:
            raise InvalidCondition(ConditionFault.UNKNOWN_WORD, word=word)
