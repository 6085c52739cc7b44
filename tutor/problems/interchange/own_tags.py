"""What another system has no place for travels in tags, such as `lemma:level=2`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.grading import AnswerKey, Form, Kind, Verdict
from tutor.grading.multipart import LETTERS
from tutor.problems.content import LINE_LIMIT, Content
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord

PREFIX = "lemma:"
_LEVELS = tuple("12345")
_SKILL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")
_SWITCHES = (
    *("name_optional", "any_letters", "decimal_comma", "positive_letters", "ties_to_even"),
    *("constant_optional", "ordered", "relative", "unit_optional"),
)
_TEXTS = ("kind", "form", "equation", "unit", "tolerance")
_NATIVE_KINDS = (Kind.NUMBER, Kind.CHOICE)  # which every system tells apart
_FIELDS = ("language", "source", "licence", "category", "drawing")
_OF_PART = re.compile(rf"([{LETTERS}])\.(\w+)\Z")
_BECOMES = "→"

Fields = dict[str, Any]


@dataclass
class OwnTags:
    """fields: of a record. options: of its key, or of the keys of its parts by their letters.

    parts: the other columns of the parts, by their letters. worked_out: the letters of those
    whose answer is worked out from earlier ones. written: how answers are written here, by how the
    other system has them. parameters: their lines. datasets: the digest of the numbers that were
    drawn from them. hints: how many of all hints are those of the whole problem.
    """

    fields: Fields
    options: dict[str, Fields] = field(default_factory=dict)
    parts: dict[str, Fields] = field(default_factory=dict)
    worked_out: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    datasets: str = ""
    hints: int = 0
    has_any: bool = False

    def take(self, name: str, value: str) -> None:
        self.has_any = True
        if of_part := _OF_PART.match(name):
            self._take_of_part(of_part[1], of_part[2], value)
        elif name == "level" and value in _LEVELS:
            self.fields["level"] = int(value)
        elif name in _FIELDS:
            self.fields[name] = value
        elif name.removeprefix("test.") in list(Verdict):
            verdict = name.removeprefix("test.")
            self.fields["tests"].append({"answer": value, "verdict": verdict})
        else:
            self._take_form(name, value)

    def _take_form(self, name: str, value: str) -> None:
        if name == "written":
            there, _sign, here = value.partition(_BECOMES)
            self.written[there] = here
        elif name == "parameters":
            self.parameters.append(value)
        elif name == "datasets":
            self.datasets = value
        elif name == "hints" and _is_count(value):
            self.hints = int(value)
        else:
            self._take_option("", name, value)

    def _take_of_part(self, letter: str, name: str, value: str) -> None:
        if name in ("drawing", "carried"):
            self.parts.setdefault(letter, {})[name] = value
        elif name == "carried_percent" and _is_count(value):
            self.parts.setdefault(letter, {})[name] = int(value)
        elif name == "worked_out":
            self.worked_out.add(letter)
        else:
            self._take_option(letter, name, value)

    def _take_option(self, letter: str, name: str, value: str) -> None:
        options = self.options.setdefault(letter, {})
        if name in _SWITCHES:
            options[name] = value == "yes"
        elif name in _TEXTS:
            options[name] = value
        elif name == "places" and _is_count(value):
            options[name] = int(value)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4


def own_tags(
    record: ProblemRecord,
    *,
    native: Iterable[str] = (),
    written: Mapping[str, str] | None = None,
) -> list[str]:
    """The tags of a problem: its skills, and what has no other place.

    native: names for which the other system has a place of its own. written: see OwnTags.
    """
    content, native = record.content, set(native)
    pairs = [("level", str(content.level)), ("language", content.language)]
    pairs += _pairs_of_parts(content, native) if content.parts else _key_pairs(content.key, native)
    pairs += [(f"test.{test.verdict}", test.answer) for test in content.tests]
    pairs += [("written", f"{there}{_BECOMES}{here}") for there, here in (written or {}).items()]
    texts = {name: getattr(record, name) for name in ("source", "licence", "category")}
    pairs += [(name, text) for name, text in texts.items() if name not in native]
    pairs.append(("drawing", content.drawing))
    return [*record.skills, *tags_of(pairs)]


def tags_of(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{PREFIX}{name}={value}" for name, value in pairs if value]


def _pairs_of_parts(content: Content, native: set[str]) -> Iterator[tuple[str, str]]:
    for letter, part in zip(LETTERS, content.parts, strict=False):
        pairs = [*_key_pairs(part.key, native), ("drawing", part.drawing), *_carried_pairs(part)]
        yield from ((f"{letter}.{name}", value) for name, value in pairs)


def _carried_pairs(part: Part) -> Iterator[tuple[str, str]]:
    if part.carried:
        yield "carried", part.carried
        yield "carried_percent", str(part.carried_percent)
        yield "worked_out", "" if part.key.value.strip() else "yes"


def _key_pairs(key: AnswerKey, native: set[str]) -> Iterator[tuple[str, str]]:
    for name, value in key.to_dict().items():
        if name in _SWITCHES and name not in native:
            yield name, "yes" if value else "no"
        elif name == "places" or (name in _TEXTS and not _is_native(name, key, native)):
            yield name, str(value)


def _is_native(name: str, key: AnswerKey, native: set[str]) -> bool:
    """Whether the other system, or every one, has a place for it."""
    if name in native:
        return True
    if name == "kind":
        return key.kind in _NATIVE_KINDS
    return name == "form" and key.form == Form.FREE_TEXT


def fits(tags: Iterable[str]) -> bool:
    """Whether no tag is longer than other systems take."""
    return all(len(tag) <= LINE_LIMIT and "\n" not in tag for tag in tags)


def read_tags(tags: Iterable[str], language: str) -> OwnTags:
    own = OwnTags({"level": 3, "language": language, "tests": []})
    for tag in tags:
        if tag.startswith(PREFIX):
            name, _sign, value = tag.removeprefix(PREFIX).partition("=")
            own.take(name, value)
    return own


def skill_of(tag: str) -> str:
    """The name of a skill that a tag of another system is; empty where it cannot be one."""
    name = re.sub(r"[\s-]+", "_", tag.strip().lower())
    return name if _SKILL.match(name) else ""
