"""Several numbers as one answer, such as (1, 2): a field for each, in one order or in any."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import permutations

from tutor.grading import AnswerKey, Form, Kind, Unreadable
from tutor.grading.multipart import LETTERS
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Bracketed, Listing, is_term
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.interchange.portable import Portable, decimal_of, parted
from tutor.problems.interchange.qti.own_markup import SEPARATOR

_MOST, _MOST_IN_ANY_ORDER = 6, 3


def with_several_numbers(portable: Portable) -> set[str]:
    """The letters of the parts, or an empty one, whose answer is now a row of decimals."""
    content = portable.content
    keys = [part.key for part in content.parts] or [content.key]
    rows = [parted(row, keys) for row in content.expected]
    letters = [f"{letter}) " for letter in LETTERS[: len(keys)]] if content.parts else [""]
    changed: dict[str, dict[str, str]] = {}
    for letter, key in zip(letters, keys, strict=True):
        answers = [answer for row_letter, answer, _key in rows if row_letter == letter]
        if texts := _rows_of_decimals(key, [key.value, *answers]):
            changed[letter] = texts
            portable.written |= {letter + there: here for here, there in texts.items()}
    portable.content = _replaced(content, changed, rows)
    return {letter[:1] for letter in changed}


def orders(numbers: str, key: AnswerKey) -> Iterator[tuple[str, ...]]:
    """The orders in which these numbers are the answer."""
    row = tuple(numbers.split(SEPARATOR))
    yield from [row] if _is_ordered(key) else dict.fromkeys(permutations(row))


def _is_ordered(key: AnswerKey) -> bool:
    return key.kind == Kind.TUPLE or key.ordered


def _rows_of_decimals(key: AnswerKey, answers: Iterable[str]) -> dict[str, str]:
    """Each answer as a row of decimals; empty where one is none."""
    if key.kind not in (Kind.TUPLE, Kind.LIST, Kind.SET) or key.form != Form.ANY or key.tolerance:
        return {}
    texts = {answer: _decimals(answer, key) for answer in answers if answer.strip() != "*"}
    counts = {len(row) for row in texts.values()}
    most = _MOST if _is_ordered(key) else _MOST_IN_ANY_ORDER
    fits = len(counts) == 1 and 2 <= counts.pop() <= most
    return {answer: SEPARATOR.join(row) for answer, row in texts.items()} if fits else {}


def _decimals(text: str, key: AnswerKey) -> list[str]:
    with suppress(Unreadable, RecursionError):
        value = read_answer(text, key.decimal_comma)
        if isinstance(value, Bracketed | Listing):
            numbers = [rational_value(part) if is_term(part) else None for part in value.parts]
            decimals = ["" if number is None else decimal_of(number) for number in numbers]
            return decimals if all(decimals) else []
    return []


def _replaced(
    content: Content,
    changed: dict[str, dict[str, str]],
    rows: list[tuple[str, str, AnswerKey]],
) -> Content:
    expected = tuple(
        _row(own, letter, changed.get(letter, {}).get(answer))
        for own, (letter, answer, _key) in zip(content.expected, rows, strict=True)
    )
    if not content.parts:
        value = changed.get("", {}).get(content.key.value, content.key.value)
        return replace(content, key=replace(content.key, value=value), expected=expected)
    parts = tuple(
        replace(part, key=replace(part.key, value=texts.get(part.key.value, part.key.value)))
        for letter, part in zip(LETTERS, content.parts, strict=False)
        for texts in [changed.get(f"{letter}) ", {})]
    )
    return replace(content, parts=parts, key=parts[-1].key, expected=expected)


def _row(row: Expected, letter: str, text: str | None) -> Expected:
    return row if text is None else replace(row, answer=letter + text)
