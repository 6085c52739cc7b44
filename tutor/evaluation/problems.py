"""Problems from a file of JSON Lines: Lemma's own export, GSM8K's and MATH's.

Each row is recognised by its fields. One that cannot be taken is named with its line and the
reason, and the others are taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tutor.grading import AnswerKey, InvalidKey, Kind, infer_key, read_key
from tutor.grading.multipart import LETTERS
from tutor.grading.parsing.boxes import find_boxes
from tutor.text_gate import UnacceptableText, accept_text

LONGEST = 20_000  # characters of one text
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Untakable(ValueError):
    """Why a row is no problem that a model can be asked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """code: its name in the file, or the number of its line. subject, level: "" where not told."""

    code: str
    line: int  # from 1
    statement: str
    key: AnswerKey
    choices: tuple[str, ...] = ()
    language: str = "en"
    subject: str = ""
    level: str = ""

    def to_dict(self) -> dict[str, Any]:
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return named | {"key": self.key.to_dict(), "choices": list(self.choices)}


@dataclass(frozen=True, slots=True)
class Rejection:
    line: int  # from 1
    reason: str


@dataclass(frozen=True)
class ProblemFile:
    """digest: SHA-256 of the file's bytes."""

    name: str
    digest: str
    problems: list[Problem] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def read_problems(path: Path) -> ProblemFile:
    """Raises OSError."""
    content = path.read_bytes()
    found = ProblemFile(path.name, sha256(content).hexdigest())
    first_line: dict[str, int] = {}
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            problem = read_row(line, number)
            if (earlier := first_line.setdefault(problem.code, number)) != number:
                raise Untakable(f"line {earlier} has the name {problem.code!r} too")  # noqa: TRY301
        except Untakable as error:
            found.rejections.append(Rejection(number, str(error)))
        else:
            found.problems.append(problem)
    return found


def read_row(line: bytes, number: int) -> Problem:
    """Raises Untakable."""
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise Untakable(f"not UTF-8 (byte {error.start + 1})") from error
    except (ValueError, RecursionError) as error:
        raise Untakable(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise Untakable(f"need a JSON object, got {line[:40]!r}")
    try:
        return _recognised(row)(row, number)
    except InvalidKey as error:
        raise Untakable(f"answer: {error}") from error


def _recognised(row: Mapping[str, Any]) -> Callable[[Mapping[str, Any], int], Problem]:
    if "statement" in row:
        return _from_exchange
    if "problem" in row:
        return _from_math
    if "question" in row:
        return _from_gsm8k
    names = ", ".join(sorted(row)[:8]) or "none"
    raise Untakable(f"need a field statement, problem or question, got {names}")


def _from_exchange(row: Mapping[str, Any], number: int) -> Problem:
    """Lemma's own format. Of a problem in parts the last one is judged, as in the tutor."""
    if str(row.get("parameters") or "").strip():
        raise Untakable("has parameters: export the problems with --variant 1")
    parts = _rows(row, "parts")
    asked = [_text(row, "statement")]
    asked += [_part(letter, part) for letter, part in zip(LETTERS, parts, strict=False)]
    judged = parts[-1] if parts else row
    key = judged.get("key")
    if not isinstance(key, dict):
        raise Untakable("key: need an object")
    choices = () if parts else _choices(row)
    found = read_key(key)
    if found.kind == Kind.CHOICE and not parts and len(choices) < 2:
        raise Untakable("choices: a key of kind choice needs at least two")
    return Problem(
        code=_text(row, "slug") if "slug" in row else str(number),
        line=number,
        statement="\n\n".join(asked),
        key=found,
        choices=choices,
        language=_text(row, "language") if "language" in row else _language(asked[0]),
        subject=_subject(row),
        level=str(row.get("level", "")),
    )


def _part(letter: str, part: Mapping[str, Any]) -> str:
    lettered = [f"({chr(ord('A') + n)}) {text}" for n, text in enumerate(_choices(part))]
    return "\n\n".join([f"{letter}) {_text(part, 'prompt')}", *lettered])


def _from_gsm8k(row: Mapping[str, Any], number: int) -> Problem:
    """Its answer is a worked solution, with the number after ####."""
    statement = _text(row, "question")
    worked = _text(row, "answer")
    _solution, mark, gold = worked.rpartition("####")
    if not mark:
        raise Untakable("answer: need the final number after ####")
    return Problem(
        str(number), number, statement, infer_key(gold.strip()), (), _language(statement)
    )


def _from_math(row: Mapping[str, Any], number: int) -> Problem:
    """Its answer stands by itself, or in the last \\boxed{} of the solution."""
    statement = _text(row, "problem")
    name = row.get("unique_id")
    return Problem(
        code=name if isinstance(name, str) and name else str(number),
        line=number,
        statement=statement,
        key=infer_key(_text(row, "answer") if "answer" in row else _boxed(_text(row, "solution"))),
        language=_language(statement),
        subject=str(row.get("subject") or row.get("type") or ""),
        level=str(row.get("level", "")).removeprefix("Level "),
    )


def _boxed(solution: str) -> str:
    boxes = find_boxes(solution)
    if not boxes:
        raise Untakable(r"solution: need its answer in \boxed{}")
    return boxes[-1].content


def _text(row: Mapping[str, Any], name: str) -> str:
    text = row.get(name)
    if not isinstance(text, str) or not text.strip():
        raise Untakable(f"{name}: need a text, got {text!r:.40}")
    try:
        return accept_text(text, limit=LONGEST)
    except UnacceptableText as error:
        raise Untakable(f"{name}: {error}") from error


def _rows(row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = row.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise Untakable(f"{name}: need a list of objects")
    return rows


def _choices(row: Mapping[str, Any]) -> tuple[str, ...]:
    choices = row.get("choices", [])
    if not isinstance(choices, list):
        raise Untakable("choices: need a list of texts")
    return tuple(_text({"choices": choice}, "choices") for choice in choices)


def _subject(row: Mapping[str, Any]) -> str:
    """The first skill's field, such as algebra of algebra.linear_equations."""
    skills: Iterable[Any] = row.get("skills") or []
    first = next(iter(skills), "")
    return first.partition(".")[0] if isinstance(first, str) else ""


def _language(statement: str) -> str:
    return "zh-hans" if _CHINESE.search(statement) else "en"
