"""Compares two versions of a problem: which words of which fields were added or removed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.parts import Part

_TOKEN = re.compile(r"\s+|\\[A-Za-z]+|\w+|.", re.DOTALL)
MAX_TOKENS = 4_000  # of both texts; beyond it, lines are compared instead of words


@dataclass(frozen=True)
class TextSegment:
    """op: "same", "added" or "removed"."""

    op: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    field: str
    segments: list[TextSegment]


def field_changes(old: Content, new: Content) -> list[FieldChange]:
    """The fields that changed, in the order of the form."""
    before, after = _texts(old), _texts(new)
    return [
        FieldChange(name, list(_segments(before[name], after[name])))
        for name in before
        if before[name] != after[name]
    ]


def _texts(content: Content) -> dict[str, str]:
    return {
        "title": content.title,
        "language": content.language,
        "level": str(content.level),
        "statement": content.statement,
        "choices": "\n".join(content.choices),
        "key": "" if content.parts else key_in_words(content.key),
        "drawing": content.drawing,
        "parts": "\n\n".join(part_in_words(part) for part in content.parts),
        "parameters": content.parameters,
        "hints": "\n\n".join(content.hints),
        "solution": content.solution,
        "expected": "\n".join(map(expected_in_words, content.expected)),
        "tests": "\n".join(f"{row.answer} → {row.verdict}" for row in content.tests),
    }


def expected_in_words(row: Expected) -> str:
    within = f" ± {row.tolerance}" if row.tolerance else ""
    share = f" ({row.percent} %)" if row.percent else ""
    return f"{row.answer}{within}{share} → {row.feedback}"


def part_in_words(part: Part) -> str:
    share = _("share of the points")
    lines = [part.prompt, *part.choices, key_in_words(part.key), f"{share}: {part.share}"]
    if part.drawing:
        lines.append(part.drawing)
    if part.carried:
        formula = _("formula that uses earlier parts")
        percent = _("points if it follows from wrong answers, in percent")
        lines += [f"{formula}: {part.carried}", f"{percent}: {part.carried_percent}"]
    return "\n".join([*lines, *part.hints])


def key_in_words(key: AnswerKey) -> str:
    options = key.to_dict()
    first = f"{options.pop('value')} ({options.pop('kind')})"
    return ", ".join([first, *(f"{name}: {_shown(value)}" for name, value in options.items())])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _segments(old: str, new: str) -> Iterator[TextSegment]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > MAX_TOKENS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for op, i, j, k, n in matcher.get_opcodes():
        if op == "equal":
            yield TextSegment("same", "".join(before[i:j]))
            continue
        if i < j:
            yield TextSegment("removed", "".join(before[i:j]))
        if k < n:
            yield TextSegment("added", "".join(after[k:n]))
