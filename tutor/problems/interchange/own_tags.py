"""What another system has no place for travels in tags, such as `lemma:level=2`."""

import re
from collections.abc import Iterable
from typing import Any

from tutor.grading import Kind, Verdict
from tutor.problems.content import LINE_LIMIT
from tutor.problems.records import ProblemRecord

PREFIX = "lemma:"
_LEVELS = tuple("12345")
_SKILL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")
_SWITCHES = ("name_optional", "any_letters", "decimal_comma", "positive_letters", "ties_to_even")


def own_tags(record: ProblemRecord) -> list[str]:
    """The tags of a problem: its skills, and what has no other place."""
    content = record.content
    pairs = [("level", str(content.level)), ("language", content.language)]
    if content.key.kind == Kind.TEXT:
        pairs.append(("kind", "text"))
    pairs += [
        (name, "yes" if value else "no")
        for name, value in content.key.to_dict().items()
        if name in _SWITCHES
    ]
    pairs += [(f"test.{test.verdict}", test.answer) for test in content.tests]
    pairs += [(name, getattr(record, name)) for name in ("source", "licence")]
    return [*record.skills, *(f"{PREFIX}{name}={value}" for name, value in pairs if value)]


def fits(record: ProblemRecord) -> bool:
    """Whether no tag is longer than other systems take."""
    return all(len(tag) <= LINE_LIMIT and "\n" not in tag for tag in own_tags(record))


def read_tags(tags: Iterable[str], language: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of a record that tags tell, and options of its key."""
    fields: dict[str, Any] = {"level": 3, "language": language, "skills": [], "tests": []}
    options: dict[str, Any] = {}
    for tag in tags:
        if not tag.startswith(PREFIX):
            continue
        name, _sign, value = tag.removeprefix(PREFIX).partition("=")
        if name == "level" and value in _LEVELS:
            fields["level"] = int(value)
        elif name in ("language", "source", "licence"):
            fields[name] = value
        elif name.removeprefix("test.") in list(Verdict):
            fields["tests"].append({"answer": value, "verdict": name.removeprefix("test.")})
        elif name in _SWITCHES:
            options[name] = value == "yes"
        elif name == "kind":
            options[name] = value
    return fields, options


def skill_of(tag: str) -> str:
    """The name of a skill that a tag of another system is; empty where it cannot be one."""
    name = re.sub(r"[\s-]+", "_", tag.strip().lower())
    return name if _SKILL.match(name) else ""
