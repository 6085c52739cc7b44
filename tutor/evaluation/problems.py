"""Reads problems from a file of JSON Lines: Lemma's own export, GSM8K or MATH.

A row's fields tell its format. Rows that cannot be used are listed with their line and the reason;
the others are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tutor.figures import in_words_of
from tutor.grading import AnswerKey, InvalidKey, Kind, infer_key, read_key
from tutor.grading.multipart import LETTERS
from tutor.grading.parsing.boxes import find_boxes
from tutor.text_gate import UnacceptableText, accept_text

MAX_LENGTH = 20_000  # characters of one text
_CHINESE = re.compile("[\u4e00-\u9fff]")


class UnusableRow(ValueError):
    """Says why a row cannot be used."""


@dataclass(frozen=True, slots=True)
class EvaluationProblem:
    """A problem that a model is asked.

    code: its name in the file, or the number of its line. subject, level: "" if unknown.
    """

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
class RejectedRow:
    line: int  # from 1
    reason: str


@dataclass(frozen=True)
class ProblemFile:
    """digest: SHA-256 of the file's bytes."""

    name: str
    digest: str
    problems: list[EvaluationProblem] = field(default_factory=list)
    rejections: list[RejectedRow] = field(default_factory=list)


def read_problems(path: Path) -> ProblemFile:
    """Raises OSError."""
    content = path.read_bytes()
    file = ProblemFile(path.name, sha256(content).hexdigest())
    first_line: dict[str, int] = {}
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            problem = read_row(line, number)
            if (earlier := first_line.setdefault(problem.code, number)) != number:
                raise UnusableRow(f"line {earlier} has the name {problem.code!r} too")  # noqa: TRY301
        except UnusableRow as error:
            file.rejections.append(RejectedRow(number, str(error)))
        else:
            file.problems.append(problem)
    return file


def read_row(line: bytes, number: int) -> EvaluationProblem:
    """Raises UnusableRow."""
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise UnusableRow(f"not UTF-8 (byte {error.start + 1})") from error
    except (ValueError, RecursionError) as error:
        raise UnusableRow(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise UnusableRow(f"need a JSON object, got {line[:40]!r}")
    try:
        return _reader_of(row)(row, number)
    except InvalidKey as error:
        raise UnusableRow(f"answer: {error}") from error


def _reader_of(row: Mapping[str, Any]) -> Callable[[Mapping[str, Any], int], EvaluationProblem]:
    if "statement" in row:
        return _from_exchange
    if "problem" in row:
        return _from_math
    if "question" in row:
        return _from_gsm8k
    names = ", ".join(sorted(row)[:8]) or "none"
    raise UnusableRow(f"need a field statement, problem or question, got {names}")


def _from_exchange(row: Mapping[str, Any], number: int) -> EvaluationProblem:
    """Lemma's own format. Of a problem with parts, the last one is graded, as in the tutor."""
    if str(row.get("parameters") or "").strip():
        raise UnusableRow("has parameters: export the problems with --variant 1")
    parts = _rows(row, "parts")
    texts = [_text(row, "statement")]
    texts += [_part(letter, part) for letter, part in zip(LETTERS, parts, strict=False)]
    graded = parts[-1] if parts else row
    key = graded.get("key")
    if not isinstance(key, dict):
        raise UnusableRow("key: need an object")
    choices = () if parts else _choices(row)
    answer_key = read_key(key)
    if answer_key.kind == Kind.CHOICE and not parts and len(choices) < 2:
        raise UnusableRow("choices: a key of kind choice needs at least two")
    return EvaluationProblem(
        code=_text(row, "slug") if "slug" in row else str(number),
        line=number,
        statement=in_words_of("\n\n".join(texts)),
        key=answer_key,
        choices=choices,
        language=_text(row, "language") if "language" in row else _language(texts[0]),
        subject=_subject(row),
        level=str(row.get("level", "")),
    )


def _part(letter: str, part: Mapping[str, Any]) -> str:
    lettered = [f"({chr(ord('A') + n)}) {text}" for n, text in enumerate(_choices(part))]
    return "\n\n".join([f"{letter}) {_text(part, 'prompt')}", *lettered])


def _from_gsm8k(row: Mapping[str, Any], number: int) -> EvaluationProblem:
    """The answer is a worked solution with the final number after ####."""
    statement = _text(row, "question")
    worked = _text(row, "answer")
    _solution, mark, gold = worked.rpartition("####")
    if not mark:
        raise UnusableRow("answer: need the final number after ####")
    return EvaluationProblem(
        str(number), number, statement, infer_key(gold.strip()), (), _language(statement)
    )


def _from_math(row: Mapping[str, Any], number: int) -> EvaluationProblem:
    """The answer is a field of its own, or the last \\boxed{} of the solution."""
    statement = _text(row, "problem")
    name = row.get("unique_id")
    return EvaluationProblem(
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
        raise UnusableRow(r"solution: need its answer in \boxed{}")
    return boxes[-1].content


def _text(row: Mapping[str, Any], name: str) -> str:
    text = row.get(name)
    if not isinstance(text, str) or not text.strip():
        raise UnusableRow(f"{name}: need a text, got {text!r:.40}")
    try:
        return accept_text(text, limit=MAX_LENGTH)
    except UnacceptableText as error:
        raise UnusableRow(f"{name}: {error}") from error


def _rows(row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = row.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(item, dict) for item in rows):
        raise UnusableRow(f"{name}: need a list of objects")
    return rows


def _choices(row: Mapping[str, Any]) -> tuple[str, ...]:
    choices = row.get("choices", [])
    if not isinstance(choices, list):
        raise UnusableRow("choices: need a list of texts")
    return tuple(_text({"choices": choice}, "choices") for choice in choices)


def _subject(row: Mapping[str, Any]) -> str:
    """The first skill's area: algebra of algebra.linear_equations."""
    skills: Iterable[Any] = row.get("skills") or []
    first = next(iter(skills), "")
    return first.partition(".")[0] if isinstance(first, str) else ""


def _language(statement: str) -> str:
    return "zh-hans" if _CHINESE.search(statement) else "en"
