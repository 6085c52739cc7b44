"""The answers of a question that Moodle is told, each with its share and its feedback."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from tutor.grading import AnswerKey, Kind
from tutor.problems.expected import Expected


@dataclass(frozen=True)
class ToldChoice:
    """text: of the choice. percent: of the points, as Moodle writes it."""

    text: str
    percent: str
    feedback: str


def typed_answers(key: AnswerKey, expected: Iterable[Expected]) -> list[Expected]:
    """The right answer first. Where stars stand for any text, those of a word are escaped."""
    rows = list(expected)
    right = Expected(key.value, percent=100, tolerance=key.tolerance or "")
    own = [row for row in rows if row.is_right and row.answer == key.value][:1]
    told = [replace(right, feedback=row.feedback) for row in own] or [right]
    told += [row for row in rows if row not in own]
    if key.kind != Kind.TEXT:
        return told
    return [
        row if row.is_every_other else replace(row, answer=row.answer.replace("*", "\\*"))
        for row in told
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
