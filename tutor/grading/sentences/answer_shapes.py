"""The last statement of a text as a shape with values, by which another one is compared with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from tutor.grading.comparison.shown_working import value_of
from tutor.grading.parsing.natural.languages import fold_languages

ORDER = r"(?:[<>]|\\(?:[lg]eq?|[lg]t|in)(?![a-z]))"
NAME = r"\\?[A-Za-z]{1,7}(?:_?\{?\d{1,3}\}?)?'{0,2}(?:\([a-z]\))?"
EQUALS = re.compile(r"(?<![<>!=~])=(?![=>])|\\approx(?![a-z])")
DEFINITION = re.compile(rf"\s?({NAME})\s?=(?!=)([^=<>]{{1,80}})")
_RELATION = re.compile(rf"=|\\approx(?![a-z])|{ORDER}")
_RATIO = re.compile(r"[\d.,]{1,12}(?:\s?:\s?[\d.,]{1,12}){1,4}")
_BRACKETED = re.compile(r"\\?[(\[{\]][^(),;|]*[,;|][^()]*\\?[)\]}\[]")
_POINT = r"\([^(),;|]{1,40}[,;|][^()]{1,40}\)"
_POINTS = re.compile(rf"{_POINT}(?:\s?(?:[,;]|and|und|et|y)?\s?{_POINT}){{1,8}}")
_LETTER = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])|(?<=\d)[a-z](?![A-Za-z])")
_CALLED = re.compile(r"(?<![A-Za-z\\])[fgh]'{0,2}\s?\(")
_INDEX = re.compile(r"_?\{?\d{1,3}\}?\Z")
_MULTIPLE = re.compile(  # 4x and f(2): no number with its unit
    r"(?<=[\d)])\s?[abcknpquvwxyz](?![A-Za-z\d(])|(?<![A-Za-z\\])[a-zABD-OQ-Z]'{0,3}\("
)
_TIMES = re.compile(r"(?<=\d) ?x ?(?=\d)")
_SOLUTION_SET = re.compile(r"(?:[SL]|\\mathbb ?\{?L\}?) ?= ?\\?\{([^{}]{1,80}?)\\?\}")
_JOINED = re.compile(r"[,;；]|(?<=\s)(?:and|und|et|y|or|oder|ou)(?=\s)(?!\s?=)")
_EXACT = 1e-9  # of its size


class AnswerShape(Enum):
    """What a statement looks like; two of one shape may both be answers."""

    RELATION = 1
    RATIO = 2
    BRACKETS = 3
    EXPRESSION = 4
    NUMBER = 5


@dataclass(frozen=True, slots=True)
class Final:
    """The last statement of a text. values: each with its name, "" where it has none."""

    text: str
    shape: AnswerShape
    values: tuple[tuple[str, float | None], ...]

    def values_of(self, name: str) -> list[float | None]:
        """Those that have this name, whatever its index, or none."""
        return [value for own, value in self.values if not own or stem(own) == stem(name)]

    def has_coordinate(self, name: str, number: float) -> bool:
        """Whether (2, 3) agrees with x = 2. A name that is no axis may be anything."""
        axis = "xyz".find(name)
        points = [re.split("[,;|]", point) for point in re.findall(r"\(([^()]*)\)", self.text)]
        if axis < 0 or not self.text.startswith("(") or any(len(p) <= axis for p in points):
            return True
        return any(is_near(number, number_in(point[axis].strip(" ()[]{}\\"))) for point in points)


def final_of(text: str) -> Final:
    plain = text.strip()
    shape = shape_of(plain.strip(" ="))
    values = () if shape == AnswerShape.BRACKETS else tuple(_values(plain))
    if shape == AnswerShape.RELATION and len(values) == 1 and values[0][1] is not None:
        shape = AnswerShape.NUMBER  # x = 4 is another answer than 5
    return Final(plain, shape, values)


def _values(text: str) -> Iterator[tuple[str, float | None]]:
    """Each with its name; in "x = 2 or -5" both are named x."""
    elements = _SOLUTION_SET.fullmatch(text)
    name = ""
    for part in _JOINED.split(elements[1] if elements else text.strip(" =:")):
        if part.strip():
            own, number = _value(part.strip())
            name = own or name
            yield name, number


def _value(text: str) -> tuple[str, float | None]:
    """The name and the number of V = 2 · 3 = 6."""
    first, *sides = EQUALS.split(text)
    if not sides:
        return "", number_in(text)
    is_name = re.fullmatch(rf"\s?{NAME}\s?", first) and number_in(first) is None
    return first.strip() if is_name else "", number_in(sides[-1])


def number_in(text: str) -> float | None:
    """The value of a calculation, perhaps with a unit; None for 4x and f(2)."""
    plain = _TIMES.sub("*", fold_languages(text.strip()))
    return None if _MULTIPLE.search(plain) else value_of(plain)


def shape_of(text: str) -> AnswerShape:
    if _RELATION.search(text):
        return AnswerShape.RELATION
    if _RATIO.fullmatch(text):
        return AnswerShape.RATIO
    if _BRACKETED.fullmatch(text) or _POINTS.fullmatch(text):
        return AnswerShape.BRACKETS
    is_number = not _LETTER.search(text) or number_in(text) is not None
    return AnswerShape.NUMBER if is_number else AnswerShape.EXPRESSION


def letters_of(equation: str) -> set[str]:
    """The single letters, without the f of f(x)."""
    return set(_LETTER.findall(_CALLED.sub("", equation)))


def stem(name: str) -> str:
    """x for x_1."""
    return _INDEX.sub("", name)


def is_near(number: float, other: float | None) -> bool:
    return other is not None and abs(number - other) <= _EXACT * max(abs(number), abs(other))
