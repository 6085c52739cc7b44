"""Problems as a table for spreadsheets: a row each, with numbered columns for lists."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from tutor.grading import InvalidKey, Kind, infer_key
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.problems.asked_form import with_asked_forms
from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import beginning, slug_of
from tutor.problems.interchange.imported import (
    DECIMAL_WITH_COMMA,
    MAX_PROBLEMS,
    ImportedProblem,
    UnusableFile,
    in_words,
    on_line,
    too_many,
)
from tutor.problems.interchange.questions import answer_alone
from tutor.problems.records import ProblemRecord

_WORD = re.compile(r"[\u4e00-\u9fff]|(?<!\\)\b[^\W\d_]{2,}")
_CALCULATES = re.compile(r"(?:[A-Za-z0-9] ?[-+*/^=(){}<>\[\]]|[-+*/^=(){}<>\[\]] ?[A-Za-z0-9])")
BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
_TEXTS = (
    *("slug", "title", "statement", "parameters", "drawing", "solution", "language"),
    *("source", "licence", "category"),
)
_KEY_TEXTS = ("kind", "answer", "form", "unit", "equation", "tolerance", "shares", "condition")
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
_LISTS = ("choice", "hint")
_ROWS = {
    "expected": {
        "answer": "wrong",
        "feedback": "feedback",
        "percent": "percent",
        "tolerance": "within",
    },
    "tests": {"answer": "test", "verdict": "verdict"},
}
_PLAIN = (*_TEXTS, *_KEY_TEXTS, *_SWITCHES, "level", "places", "skills", "parts")
_NUMBERED = (*_LISTS, "wrong", "feedback", "percent", "within", "test", "verdict")
_TEMPLATE_COLUMNS = (
    *("title", "statement", "kind", "answer", "unit", "tolerance", "choice_1", "choice_2"),
    *("hint_1", "wrong_1", "feedback_1", "percent_1", "solution", "skills", "level"),
)
_COLUMN = re.compile(rf"({'|'.join(_PLAIN)})|({'|'.join(_NUMBERED)})_([1-9]\d?)")
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]|'")  # as a formula, and the mark against it
_FORMULA = re.compile(r"\s*[=@＝＠]")
_YES, _NO = {"yes", "true", "1", "是"}, {"no", "false", "0", "否"}
_SEPARATORS = ",;\t"
_WITH_COMMAS = (Kind.NUMBER, Kind.QUANTITY)


def read_table(data: bytes, language: str, *, writes_commas: bool = False) -> list[ImportedProblem]:
    """Raises UnusableFile. writes_commas: 2,5 is a number, where no column says otherwise."""
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = _rows(reader)
    _line, header = next(rows, (0, []))
    columns = [cell.strip() for cell in header]
    _check(columns)
    problems: list[ImportedProblem] = []
    for line, cells in rows:
        if len(problems) == MAX_PROBLEMS:
            raise too_many()
        problems.append(_imported(line, cells, columns, language, writes_commas))
    return problems


def names_columns(data: bytes) -> bool:
    """Whether the first line names columns of such a table, and nothing else."""
    line = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4_000].splitlines()[:1]
    cells = re.split("[,;\t]", line[0].decode("utf-8", "replace") if line else "")
    return all(not cell.strip() or _COLUMN.fullmatch(cell.strip(' "')) for cell in cells)


def _decoded(data: bytes) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = _("Line %(line)d is not in UTF-8. Save the file as “CSV UTF-8”.")
        raise UnusableFile(problem % {"line": line}) from error
    if "\0" in text:
        raise UnusableFile(_("This is not a text file: it has NUL characters in it."))
    return text


def _rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line where it begins."""
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problem = _("Lemma cannot read line %(line)d. A quotation mark may be missing.")
        raise UnusableFile(problem % {"line": line}) from error


def _check(columns: list[str]) -> None:
    known = [column for column in columns if column]
    for column in known:
        if not _COLUMN.fullmatch(column):
            problem = _("There is no column “%(name)s”. The columns are %(all)s.")
            numbered = [f"{name}_1 …" for name in _NUMBERED]
            values = {"name": column[:40], "all": ", ".join([*_PLAIN, *numbered])}
            raise UnusableFile(problem % values)
        if known.count(column) > 1:
            raise UnusableFile(_("Two columns are called “%(name)s”.") % {"name": column})


def _imported(
    line: int, cells: list[str], columns: list[str], language: str, writes_commas: bool
) -> ImportedProblem:
    location = on_line(line)
    row = {
        column: cell
        for column, cell in zip(columns, cells, strict=False)
        if column and cell.strip()
    }
    title = row.get("title", "")[:200]
    if any(cells[len(columns) :]):
        return ImportedProblem(location, title, reason=_("there are more cells than columns"))
    try:
        row = {column: _unmarked(column, cell) for column, cell in row.items()}
        fields = _fields(row, language)
        if writes_commas:
            _read_commas(fields.get("key", {}))
        record = ProblemRecord.from_dict(_completed(fields))
        if "form" not in columns:
            record = replace(record, content=with_asked_forms(record.content))
    except InvalidRecord as error:
        return ImportedProblem(location, title, reason=in_words(error))
    title = record.content.title
    names_kind = "kind" in row or "parts" in row
    return ImportedProblem(location, title, record, is_named="slug" in row, names_kind=names_kind)


def _read_commas(key: dict[str, Any]) -> None:
    """Make 7,5 a number in a key that does not say otherwise."""
    is_number = key.get("kind", Kind.NUMBER.value) in _WITH_COMMAS
    if is_number and DECIMAL_WITH_COMMA.fullmatch(key.get("value", "").strip()):
        key.setdefault("kind", Kind.NUMBER.value)
        key.setdefault("decimal_comma", True)


def _completed(fields: dict[str, Any]) -> dict[str, Any]:
    """With a title, a slug, the kind of the answer and a solution, where the table has none."""
    key = fields.get("key", {})
    if key.get("value") and "kind" not in key:
        key["kind"] = _kind_of(key["value"], fields["choices"]).value
    if fields.get("statement"):
        fields.setdefault("title", beginning(fields["statement"]))
    if fields.get("title"):
        fields.setdefault("slug", slug_of(fields["title"]))
    if key.get("value") and key.get("kind") in list(Kind):
        fields.setdefault("solution", answer_alone(fields))
    return fields


def _kind_of(value: str, choices: list[str]) -> Kind:
    if choices:
        return Kind.CHOICE
    try:
        kind = infer_key(value).kind
    except InvalidKey:
        return Kind.TEXT
    if kind == Kind.TEXT and _is_broken(value):
        reason = _("Lemma cannot read “%(answer)s”; if it is a word, its kind is text")
        raise InvalidRecord("key", reason % {"answer": value})
    return Kind.TEXT if kind == Kind.CHOICE else kind


def _is_broken(value: str) -> bool:
    """Whether what cannot be read, such as 5x+, was meant as a calculation: it has no word."""
    words = {word.lower() for word in _WORD.findall(value)}
    return bool(_CALCULATES.search(value)) and words <= KNOWN_FUNCTIONS


def _unmarked(column: str, cell: str) -> str:
    """Without the mark that our export sets before what a spreadsheet would run."""
    if _FORMULA.match(cell):
        raise InvalidRecord(column, _("begins like a formula; write ' before it if it is text"))
    cell = cell.replace("\r\n", "\n")
    return cell[1:] if cell[0] == "'" and _RUNS.match(cell[1:]) else cell


def _fields(row: dict[str, str], language: str) -> dict[str, Any]:
    fields: dict[str, Any] = {name: row[name] for name in _TEXTS if name in row}
    fields.setdefault("language", language)
    key: dict[str, Any] = {name: row[name] for name in _KEY_TEXTS if name in row}
    if "answer" in key:
        key["value"] = key.pop("answer")
    key |= {name: _switch(name, row[name]) for name in _SWITCHES if name in row}
    if "places" in row:
        key["places"] = _whole("places", row["places"])
    if "level" in row:
        fields["level"] = _whole("level", row["level"])
    if "parts" in row:
        fields["parts"] = _json(row["parts"])
    if key or "parts" not in row:
        fields["key"] = key
    fields["skills"] = row.get("skills", "").split()
    fields["choices"] = _numbered("choice", row)
    fields["hints"] = _numbered("hint", row)
    return fields | {name: _rows_of(columns, row) for name, columns in _ROWS.items()}


def _rows_of(columns: dict[str, str], row: dict[str, str]) -> list[dict[str, Any]]:
    rows = []
    for n in range(1, 100):
        cells: dict[str, Any] = {
            name: row[f"{column}_{n}"] for name, column in columns.items() if f"{column}_{n}" in row
        }
        if "percent" in cells:
            cells["percent"] = _whole(f"percent_{n}", cells["percent"])
        rows += [cells] if cells else []
    return rows


def _numbered(name: str, row: dict[str, str]) -> list[str]:
    return [row[f"{name}_{n}"] for n in range(1, 100) if f"{name}_{n}" in row]


def _switch(name: str, cell: str) -> bool:
    word = cell.strip().lower()
    if word not in _YES | _NO:
        raise InvalidRecord(name, _("need yes or no, got “%(cell)s”") % {"cell": cell[:40]})
    return word in _YES


def _json(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError) as error:  # also of a number with too many digits
        raise InvalidRecord("parts", f"is not JSON: {error}") from error


def _whole(name: str, cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", cell.strip()):
        raise InvalidRecord(name, _("need a whole number, got “%(cell)s”") % {"cell": cell[:40]})
    return int(cell)


def template_table() -> str:
    """A table to fill in: its columns, and an example of each usual kind."""
    empty = dict.fromkeys(_TEMPLATE_COLUMNS, "")
    file = io.StringIO(newline="")
    file.write(BOM)
    writer = csv.DictWriter(file, _TEMPLATE_COLUMNS)
    writer.writeheader()
    writer.writerows(empty | row for row in _examples())
    return file.getvalue()


def _examples() -> list[dict[str, str]]:
    return [
        {
            "title": _("A sum"),
            "statement": _("What is \\(2 + 2\\)?"),
            "answer": "4",
            "hint_1": _("Count on from 2."),
            "wrong_1": "22",
            "feedback_1": _("You wrote the digits side by side."),
        },
        {
            "title": _("A length"),
            "statement": _("How long is half a metre?"),
            "kind": "quantity",
            "answer": "50",
            "unit": "cm",
            "tolerance": "0.5",
        },
        {
            "title": _("An even number"),
            "statement": _("Which number is even?"),
            "answer": "B",
            "choice_1": "3",
            "choice_2": "4",
            "solution": _("4 is twice 2, so the answer is \\(\\boxed{B}\\)."),
        },
    ]


def write_table(records: Iterable[ProblemRecord]) -> str:
    rows = [_cells(record) for record in records]
    used = {column for row in rows for column in row}
    columns = sorted(used, key=_order)
    file = io.StringIO(newline="")
    file.write(BOM)
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_marked(row.get(column, "")) for column in columns] for row in rows)
    return file.getvalue()


def _order(column: str) -> tuple[int, int]:
    name, _sign, number = column.rpartition("_")
    if number.isdecimal():
        return len(_PLAIN) + int(number), _NUMBERED.index(name)
    return _PLAIN.index(column), 0


def _marked(cell: str) -> str:
    return f"'{cell}" if _RUNS.match(cell) else cell


def _cells(record: ProblemRecord) -> dict[str, str]:
    """What is not empty and not the default."""
    data = record.to_dict()
    key = data.pop("key", {})
    cells = {name: data[name] for name in _TEXTS if name in data}
    cells |= {"level": str(data["level"]), "skills": " ".join(data.get("skills", []))}
    if parts := data.get("parts"):  # a table in a cell of a table, as the other format writes it
        cells["parts"] = json.dumps(parts, ensure_ascii=False)
    else:
        cells |= {"kind": key["kind"], "answer": key["value"]}
    cells |= {
        name: key[name]
        for name in ("form", "unit", "equation", "tolerance", "shares", "condition")
        if name in key
    }
    cells |= {name: "yes" if key[name] else "no" for name in _SWITCHES if name in key}
    if "places" in key:
        cells["places"] = str(key["places"])
    for name, field in (("choice", "choices"), ("hint", "hints")):
        cells |= {f"{name}_{n}": text for n, text in enumerate(data.get(field, []), start=1)}
    for name, columns in _ROWS.items():
        for n, row in enumerate(data.get(name, []), start=1):
            cells |= {f"{columns[field]}_{n}": str(value) for field, value in row.items()}
    return {name: text for name, text in cells.items() if text}
