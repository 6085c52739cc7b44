"""Numbers in answers as every other system reads them: decimals with a point.

What was written otherwise, such as 3/4 or 1,5, is noted, so that it can come back as it was.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from tutor.grading import AnswerKey, Kind, Unreadable
from tutor.grading.multipart import LETTERS
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import is_term
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.interchange.calculations import plain
from tutor.problems.interchange.exportable import DECIMAL, NUMBER_FORMS, is_decimal
from tutor.problems.parts import InvalidParts, responses_in

MAX_PLACES = 12  # of a decimal that is written out
_DIGITS = 6  # of a number that has no end
_MAX_WORK_S = 0.2


@dataclass
class Portable:
    """written: how answers are written here, by how they are written there."""

    content: Content
    knows_commas: bool
    written: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Content, *, knows_commas: bool) -> "Portable":
        portable = cls(content, knows_commas)
        if content.parts:
            parts = tuple(
                replace(part, key=portable._key(part.key, f"{letter}) "))
                for letter, part in zip(LETTERS, content.parts, strict=False)
            )
            whole = replace(content, parts=parts, key=parts[-1].key)
        else:
            whole = replace(content, key=portable._key(content.key))
        keys = [part.key for part in whole.parts] or [whole.key]
        expected = tuple(portable._row(row, keys) for row in content.expected)
        portable.content = replace(whole, expected=expected)
        return portable

    def _key(self, key: AnswerKey, letter: str = "") -> AnswerKey:
        if not _is_number(key) or self._is_decimal(key.value):
            return key
        decimal, is_exact = _decimal(key.value, key)
        if not decimal or not (is_exact or key.tolerance):
            return key
        self.written[letter + decimal] = key.value
        return replace(key, value=decimal)

    def _row(self, row: Expected, keys: list[AnswerKey]) -> Expected:
        letter, answer, key = parted(row, keys)
        if not is_decimal(key) or row.is_every_other or self._is_decimal(answer):
            return row
        decimal, is_exact = _decimal(answer, key)
        if not decimal:
            return row
        if not is_exact and not row.tolerance:
            tolerance = f"{Decimal(1).scaleb(Decimal(decimal).as_tuple().exponent):f}"  # type: ignore[arg-type]
            self.written[f"{letter}{decimal}±{tolerance}"] = answer
            return replace(row, answer=letter + decimal, tolerance=tolerance)
        self.written[letter + decimal] = answer
        return replace(row, answer=letter + decimal)

    def _is_decimal(self, text: str) -> bool:
        return bool(DECIMAL.fullmatch(text)) and (self.knows_commas or "," not in text)


def as_here(written: dict[str, str], row: Expected) -> Expected:
    """An expected answer as it was written before it left, by `Portable.written`."""
    rounded = written.get(f"{row.answer}±{row.tolerance}")
    if rounded is not None:
        return replace(row, answer=_with_letter(row.answer, rounded), tolerance="")
    here = written.get(row.answer)
    return row if here is None else replace(row, answer=_with_letter(row.answer, here))


def _with_letter(before: str, answer: str) -> str:
    is_of_part = before[1:3] == ") " and before[0] in LETTERS
    return before[:3] + answer if is_of_part else answer


def parted(row: Expected, keys: list[AnswerKey]) -> tuple[str, str, AnswerKey]:
    """The letter of its part, the answer, and the key of that part."""
    if len(keys) > 1:
        with suppress(InvalidParts):  # stored past the checks
            responses = responses_in(row.answer, len(keys))
            index = len(responses) - 1
            return f"{LETTERS[index]}) ", responses[-1], keys[index]
    return "", row.answer, keys[0]


def _is_number(key: AnswerKey) -> bool:
    is_number = key.kind in (Kind.NUMBER, Kind.QUANTITY)
    return is_number and key.form in NUMBER_FORMS and not key.relative


def _decimal(text: str, key: AnswerKey) -> tuple[str, bool]:
    """The number as a decimal, and whether it is exact; empty where it is no such number."""
    value = _value(text, key)
    if value is None:
        return "", False
    if exact := decimal_of(value):
        return exact, True
    with localcontext(prec=_DIGITS):
        rounded = Decimal(value.numerator) / Decimal(value.denominator)
    return (plain(rounded), False) if abs(rounded) > Decimal("1e-6") else ("", False)


def decimal_of(value: Fraction) -> str:
    """Empty where it has no end, or too many places."""
    for places in range(MAX_PLACES + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return plain(Decimal(scaled.numerator).scaleb(-places))
    return ""


def _value(text: str, key: AnswerKey) -> Fraction | None:
    with suppress(Unreadable, WorkBudgetSpent, RecursionError), WorkBudget(_MAX_WORK_S):
        value = read_answer(text.removesuffix(key.unit), key.decimal_comma)
        number = rational_value(value) if is_term(value) else None
        return number if number is not None and abs(number) < 10**MAX_PLACES else None
    return None
