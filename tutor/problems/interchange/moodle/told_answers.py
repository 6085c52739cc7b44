"""The answers of a question that Moodle is told, each with its share and its feedback."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from string import ascii_uppercase

from tutor.grading import AnswerKey, Unreadable, Verdict, grade_response
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.typed import typed
from tutor.problems.expected import FULL, Expected
from tutor.problems.interchange.exportable import is_as_text, is_decimal


@dataclass(frozen=True)
class ToldChoice:
    """text: of the choice. percent: of the points, as Moodle writes it."""

    text: str
    percent: str
    feedback: str


def typed_answers(key: AnswerKey, expected: Iterable[Expected]) -> list[Expected]:
    """The right answer first. Where stars stand for any text, those of a word are escaped.

    An answer that is compared letter by letter is there in each of its usual spellings.
    """
    told = with_right_one(key, expected)
    if is_decimal(key):
        return told
    if is_as_text(key):
        told[1:1] = [replace(told[0], answer=text) for text in _spellings(key)]
    return [
        row if row.is_every_other else replace(row, answer=row.answer.replace("*", "\\*"))
        for row in told
    ]


def with_right_one(key: AnswerKey, expected: Iterable[Expected]) -> list[Expected]:
    """The right answer first, with its sentence and its tolerance."""
    rows = list(expected)
    right = Expected(key.value, percent=FULL, tolerance=key.tolerance or "")
    own = [row for row in rows if row.is_right and row.answer == key.value][:1]
    told = [replace(right, feedback=row.feedback) for row in own] or [right]
    return told + [row for row in rows if row not in own]


def _spellings(key: AnswerKey) -> list[str]:
    """Other ways to type the same answer: without the commands of TeX, and without spaces.

    Not those that would be read otherwise, as 80,160 for 80, 160.
    """
    texts = [key.value]
    with suppress(Unreadable, OverflowError, TypeError, RecursionError):
        texts.append(typed(read_answer(key.value, key.decimal_comma)))
    texts += ["".join(text.split()) for text in texts]
    return [
        text
        for text in list(dict.fromkeys(texts))[1:]
        if grade_response(text, key).verdict == Verdict.CORRECT
    ]


def letters_in(key: AnswerKey) -> set[str]:
    """Of the right choices."""
    return set(re.findall("[A-Z]", key.value))


def told_choices(
    key: AnswerKey, choices: Sequence[str], expected: Iterable[Expected]
) -> list[ToldChoice]:
    rows = {row.answer.strip(): row for row in expected}
    letters = ascii_uppercase[: len(choices)]
    return [
        ToldChoice(text, share, rows[letter].feedback if letter in rows else "")
        for letter, text, share in zip(letters, choices, _shares(key, letters, rows), strict=False)
    ]


def _shares(key: AnswerKey, letters: str, rows: dict[str, Expected]) -> list[str]:
    """The percent of each choice; a wrong one takes all points where several are right."""
    if key.shares:
        return key.shares.split()
    right = letters_in(key)
    if len(right) > 1:
        share = f"{100 / len(right):.7g}"
        return [share if letter in right else "-100" for letter in letters]
    percents = {letter: row.percent for letter, row in rows.items()} | dict.fromkeys(right, 100)
    return [str(percents.get(letter, 0)) for letter in letters]
