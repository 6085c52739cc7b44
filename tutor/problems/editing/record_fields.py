"""What the form holds as the fields of an exchange record, and back."""

import re
from typing import Any

from tutor.grading import AnswerKey, Form
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.parts import Part

_SWITCHES = (
    "relative",
    "unit_optional",
    "constant_optional",
    "name_optional",
    "any_letters",
    "ordered",
    "decimal_comma",
    "ignore_case",
    "positive_letters",
    "ties_to_even",
)
_OPTIONAL_TEXTS = ("unit", "equation", "tolerance", "shares", "condition")
_TEXTS_OF_ROW = tuple(name for name in _OPTIONAL_TEXTS if name != "tolerance")
_EMPTY_LINE = re.compile(r"\n\s*\n")
ON_BY_DEFAULT = {"name_optional", "ignore_case"}


def key_fields(data: dict[str, Any]) -> dict[str, Any]:
    """The form's cleaned data as the fields of an answer key, without what is the default."""
    key: dict[str, Any] = {name: data[name] for name in ("kind", "value")}
    key["form"] = data["form"] or Form.ANY.value
    for name in _OPTIONAL_TEXTS:
        if data[name]:
            key[name] = data[name]
    if data["places"] is not None:
        key["places"] = data["places"]
    return key | {name: data[name] for name in _SWITCHES if data[name] != (name in ON_BY_DEFAULT)}


def expected_fields(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The rows of the form as the expected answers of an exchange record."""
    return [
        {
            "answer": row["answer"],
            "feedback": row["feedback"],
            "percent": _whole(row["percent"] or "0"),
            "tolerance": row["tolerance"],
        }
        for row in rows
    ]


def part_fields(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The rows of the form as the parts of an exchange record."""
    return [_part_fields(row) for row in rows]


def _part_fields(row: dict[str, str]) -> dict[str, Any]:
    key: dict[str, Any] = {name: row[name] for name in ("kind", "value")}
    key["form"] = row["form"] or Form.ANY.value
    key |= {name: row[name].strip() for name in _OPTIONAL_TEXTS if row[name].strip()}
    if row["places"].strip():
        key["places"] = _whole(row["places"])
    key |= {
        name: row[name] == "yes"
        for name in _SWITCHES
        if (row[name] == "yes") != (name in ON_BY_DEFAULT)
    }
    part: dict[str, Any] = {name: row[name] for name in ("prompt", "carried", "drawing")}
    part["key"] = key
    numbers = [name for name in ("share", "carried_percent") if row[name].strip()]
    part |= {name: _whole(row[name]) for name in numbers}
    part["choices"] = [line.strip() for line in row["choices"].splitlines() if line.strip()]
    part["hints"] = [text.strip() for text in _EMPTY_LINE.split(row["hints"]) if text.strip()]
    return part


def _whole(text: str) -> int | str:
    """What is no whole number stays a text, which the record refuses."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else text


def part_row(part: Part) -> dict[str, Any]:
    """The inverse of `part_fields`, for one part."""
    key = part.key
    return {
        "prompt": part.prompt,
        **{name: getattr(key, name) for name in ("kind", "value", *_TEXTS_OF_ROW, "form")},
        **{name: "yes" if getattr(key, name) else "" for name in _SWITCHES},
        "places": "" if key.places is None else str(key.places),
        "tolerance": key.tolerance or "",
        "share": str(part.share),
        "carried": part.carried,
        "carried_percent": str(part.carried_percent) if part.carried else "",
        "choices": "\n".join(part.choices),
        "hints": "\n\n".join(part.hints),
        "drawing": part.drawing,
    }


def expected_row(row: Expected) -> dict[str, str]:
    """The inverse of `expected_fields`, for one row."""
    percent = str(row.percent) if row.percent else ""
    return {
        "answer": row.answer,
        "feedback": row.feedback,
        "percent": percent,
        "tolerance": row.tolerance,
    }


def content_fields(content: Content) -> dict[str, Any]:
    key = content.key
    return {
        **{name: getattr(content, name) for name in ("title", "language", "level", "statement")},
        **{name: getattr(content, name) for name in ("solution", "parameters", "drawing")},
        **({} if content.parts else _key_initial(key)),
        "parts": [part_row(part) for part in content.parts],
        "choices": [{"text": text} for text in content.choices],
        "hints": [{"text": text} for text in content.hints],
        "expected": [expected_row(row) for row in content.expected],
        "tests": [{"answer": row.answer, "verdict": row.verdict} for row in content.tests],
    }


def _key_initial(key: AnswerKey) -> dict[str, Any]:
    return {
        **{name: getattr(key, name) for name in ("kind", "value", *_TEXTS_OF_ROW)},
        **{name: getattr(key, name) for name in ("form", "places")},
        **{name: getattr(key, name) for name in _SWITCHES},
        "tolerance": key.tolerance or "",
    }
