"""Problems as the lines of an exchange file: read with care, and written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, InvalidKey, Kind, Verdict, lacks_unit
from tutor.grading.multipart import LETTERS, MAX_PARTS
from tutor.problems.conditions import (
    check_no_bare_names,
    condition_in,
    is_condition,
    wrong_example,
)
from tutor.problems.content import (
    ANSWER_LIMIT,
    LINE_LIMIT,
    MAX_ROWS,
    SOLUTION_LIMIT,
    STATEMENT_LIMIT,
    AnswerTest,
    Content,
    InvalidRecord,
    check_gives_nothing_up,
    key_from,
    template_key,
)
from tutor.problems.drawing import MAX_CHARACTERS as DRAWING_LIMIT
from tutor.problems.expected import FULL, Expected, expected_in
from tutor.problems.labels import with_advice
from tutor.problems.parameters import LIMIT as PARAMETERS_LIMIT
from tutor.problems.parameters import InvalidParameters, Parameters, in_words
from tutor.problems.parts import MAX_SHARE, Part
from tutor.problems.placeholders import fill
from tutor.text_gate import UnacceptableText, accept_text

_SLUG = re.compile(r"\A[a-z0-9]++(?:-[a-z0-9]++)*\Z")
CHECKED_VARIANTS = 10  # in each, the example must fulfil its condition; a class gets as many
_SKILL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")


def read_parts(rows: list[Any]) -> tuple[Part, ...]:
    """The parts of an exchange record, by themselves. Raises InvalidRecord."""
    return _Fields({"parts": rows}).parts()


def read_expected(rows: list[Any]) -> tuple[Expected, ...]:
    """The expected answers of an exchange record, by themselves. Raises InvalidRecord."""
    return _Fields({"expected": rows}).expected()


@dataclass(frozen=True)
class ProblemRecord:
    """A problem as one line of an exchange file.

    category: where a question bank that it came from has it, such as `Year 9/Lines`.
    """

    slug: str
    content: Content
    skills: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""
    category: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Raises InvalidRecord for the first field that is missing, unknown or unusable."""
        fields = _Fields(data)
        parts = fields.parts()
        record = cls(
            slug=fields.matching("slug", _SLUG, _("lower-case words joined by hyphens")),
            content=fields.content(parts),
            skills=fields.skills(),
            source=fields.text("source", LINE_LIMIT, default=""),
            licence=fields.text("licence", LINE_LIMIT, default=""),
            category=fields.text("category", LINE_LIMIT, default=""),
        )
        if parts or record.content.drawing:
            record.content.variant(1)  # what follows from what can be told together alone
        _check_conditions(record.content)
        _check_units(record.content)
        return record

    def variant(self, seed: int) -> Self:
        """With the values of `seed` in place of parameters. Raises InvalidRecord."""
        return replace(self, content=self.content.variant(seed))

    def to_dict(self) -> dict[str, Any]:
        """The inverse of `from_dict`; empty fields are left out."""
        content = self.content
        everything = {
            **asdict(content),
            "slug": self.slug,
            "key": content.key.to_dict(),
            "choices": list(content.choices),
            "hints": list(content.hints),
            "expected": [row.to_dict() for row in content.expected],
            "tests": [asdict(row) for row in content.tests],
            "parts": [part.to_dict() for part in content.parts],
            "skills": list(self.skills),
            "source": self.source,
            "licence": self.licence,
            "category": self.category,
        }
        if content.parts:
            del everything["key"]  # theirs
        return {name: value for name, value in everything.items() if value not in ([], "")}


_KNOWN = frozenset(
    (
        "slug",
        "title",
        "statement",
        "key",
        "solution",
        "language",
        "level",
        "choices",
        "hints",
        "skills",
        "source",
        "licence",
        "parameters",
        "expected",
        "tests",
        "parts",
        "drawing",
        "category",
    )
)
_KNOWN_OF_EXPECTED = frozenset(("answer", "feedback", "percent", "tolerance"))
_KNOWN_OF_PART = frozenset(
    ("prompt", "key", "share", "choices", "hints", "carried", "carried_percent", "drawing")
)


@dataclass
class _Fields:
    """Typed access to one decoded JSON object."""

    data: Mapping[str, Any]
    known: frozenset[str] = field(default=_KNOWN)

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.data) - self.known):
            raise InvalidRecord(
                unknown[0], f"is not a field; the fields are {', '.join(sorted(self.known))}"
            )

    def value(self, name: str, kind: type, default: Any) -> Any:
        value = self.data.get(name, default)
        if value is None:
            raise InvalidRecord(name, "is missing")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise InvalidRecord(name, f"need {_JSON_NAMES[kind]}, got {value!r:.60}")
        return value

    def text(self, name: str, limit: int, default: str | None = None) -> str:
        text = _gated(name, self.value(name, str, default), limit)
        if not text.strip() and default is None:
            raise InvalidRecord(name, "is empty")
        return text

    def texts(self, name: str, limit: int) -> tuple[str, ...]:
        items = self.value(name, list, [])
        for item in items:
            if not isinstance(item, str) or not item.strip():
                raise InvalidRecord(name, f"need a list of texts, got {item!r:.60} in it")
        if len(items) > MAX_ROWS:
            raise InvalidRecord(name, f"need at most {MAX_ROWS}, got {len(items)}")
        return tuple(_gated(name, item, limit) for item in items)

    def integer(self, name: str, default: int) -> int:
        number: int = self.value(name, int, default)
        return number

    def matching(self, name: str, pattern: re.Pattern[str], needed: str) -> str:
        text = self.text(name, LINE_LIMIT)
        if not pattern.match(text):
            reason = _("need %(wanted)s, got %(got)s")
            raise InvalidRecord(name, reason % {"wanted": needed, "got": f"{text!r:.60}"})
        return text

    def content(self, parts: tuple[Part, ...]) -> Content:
        return Content(
            title=self.text("title", LINE_LIMIT),
            statement=self.text("statement", STATEMENT_LIMIT),
            key=parts[-1].key if parts else self.key(),
            parts=parts,
            parameters=self.text("parameters", PARAMETERS_LIMIT, default=""),
            solution=self.text("solution", SOLUTION_LIMIT),
            language=self.text("language", LINE_LIMIT, default="en"),
            level=self.integer("level", default=3),
            choices=self.texts("choices", STATEMENT_LIMIT),
            hints=self.texts("hints", STATEMENT_LIMIT),
            drawing=self.text("drawing", DRAWING_LIMIT, default="").strip(),
            expected=self.expected(),
            tests=self.tests(),
        )

    def skills(self) -> tuple[str, ...]:
        skills = self.texts("skills", LINE_LIMIT)
        for skill in skills:
            if not _SKILL.match(skill):
                reason = _("need names such as calculus.extrema, got %(got)s")
                raise InvalidRecord("skills", reason % {"got": repr(skill)})
        return skills

    def key(self) -> AnswerKey:
        data = self.value("key", dict, None)
        check_gives_nothing_up(data)
        source = self.text("parameters", PARAMETERS_LIMIT, default="")
        if not source.strip() or not isinstance(data.get("value"), str):
            return key_from(data)
        try:
            parameters = Parameters.read(source)
            values = parameters.values_of(1)
        except InvalidParameters as error:
            raise InvalidRecord("parameters", str(error)) from error
        try:
            return template_key(data, lambda text: fill(text, parameters, values))
        except InvalidParameters as error:
            raise InvalidRecord("key", str(error)) from error
        except InvalidRecord as error:
            reason = with_advice(error.reason, data["value"], "", parameters.sources)
            raise InvalidRecord(error.name, reason) from error

    def parts(self) -> tuple[Part, ...]:
        rows = self.value("parts", list, [])
        if len(rows) > MAX_PARTS:
            raise InvalidRecord("parts", f"need at most {MAX_PARTS}, got {len(rows)}")
        if rows and "key" in self.data:
            raise InvalidRecord("key", _("a problem with parts has its answers in its parts"))
        return tuple(self._part(*row) for row in zip(LETTERS, rows, strict=False))

    def _part(self, letter: str, row: Any) -> Part:
        try:
            if not isinstance(row, dict):
                raise InvalidRecord("part", f"need an object, got {row!r:.60}")  # noqa: TRY301
            fields = _Fields(row, _KNOWN_OF_PART)
            return Part(
                prompt=fields.text("prompt", STATEMENT_LIMIT),
                key=fields.key_of_part(),
                share=fields.within("share", 1, range(1, MAX_SHARE + 1)),
                choices=fields.texts("choices", STATEMENT_LIMIT),
                hints=fields.texts("hints", STATEMENT_LIMIT),
                carried=fields.text("carried", ANSWER_LIMIT, default="").strip(),
                carried_percent=fields.within("carried_percent", 100, range(101)),
                drawing=fields.text("drawing", DRAWING_LIMIT, default="").strip(),
            )
        except InvalidRecord as error:
            reason = _("part %(letter)s): %(reason)s") % {"letter": letter, "reason": error}
            raise InvalidRecord("parts", reason) from error

    def key_of_part(self) -> AnswerKey:
        data = {"value": "", **self.value("key", dict, None)}
        check_gives_nothing_up(data)
        try:
            key = AnswerKey.from_fields(data)
            return replace(key, value=_gated("key", key.value, ANSWER_LIMIT))
        except InvalidKey as error:
            raise InvalidRecord("key", str(error)) from error

    def within(self, name: str, default: int, limits: range) -> int:
        number = self.integer(name, default)
        if number not in limits:
            raise InvalidRecord(name, f"need {limits[0]} to {limits[-1]}, got {number!r:.60}")
        return number

    def rows(self, name: str, columns: tuple[str, ...], limit: int) -> list[tuple[str, ...]]:
        rows = self.value(name, list, [])
        for row in rows:
            texts = [row.get(column) for column in columns] if isinstance(row, dict) else [None]
            is_text = all(isinstance(text, str) and text.strip() for text in texts)
            if not is_text or set(row) != set(columns):
                reason = f"need objects with the texts {' and '.join(columns)}, got {row!r:.60}"
                raise InvalidRecord(name, reason)
        if len(rows) > MAX_ROWS:
            raise InvalidRecord(name, f"need at most {MAX_ROWS}, got {len(rows)}")
        return [tuple(_gated(name, row[column], limit) for column in columns) for row in rows]

    def expected(self) -> tuple[Expected, ...]:
        rows = self.value("expected", list, [])
        if len(rows) > MAX_ROWS:
            raise InvalidRecord("expected", f"need at most {MAX_ROWS}, got {len(rows)}")
        return tuple(map(_expected, rows))

    def tests(self) -> tuple[AnswerTest, ...]:
        tests = [
            AnswerTest(*row) for row in self.rows("tests", ("answer", "verdict"), ANSWER_LIMIT)
        ]
        for test in tests:
            if test.verdict not in list(Verdict):
                reason = f"need one of {', '.join(Verdict)}, got {test.verdict!r:.60}"
                raise InvalidRecord("tests", reason)
        return tuple(tests)


def _expected(row: Any) -> Expected:
    if not isinstance(row, dict):
        reason = f"need objects with the texts answer and feedback, got {row!r:.60}"
        raise InvalidRecord("expected", reason)
    try:
        fields = _Fields(row, _KNOWN_OF_EXPECTED)
        expected = Expected(
            answer=fields.text("answer", STATEMENT_LIMIT),
            feedback=fields.text("feedback", STATEMENT_LIMIT, default="").strip(),
            percent=fields.within("percent", 0, range(FULL + 1)),
            tolerance=fields.text("tolerance", LINE_LIMIT, default="").strip(),
        )
    except InvalidRecord as error:
        raise InvalidRecord("expected", str(error)) from error
    if reason := expected.why_unusable():
        raise InvalidRecord("expected", f"{expected.answer}: {reason}")
    return expected


_JSON_NAMES = {str: "a text", int: "a whole number", list: "a list", dict: "an object"}


def _check_conditions(content: Content) -> None:
    """Raises InvalidRecord where one is not as it is meant, or its example does not fulfil it."""
    _check_names(content)
    keys = [part.key for part in content.parts] or [content.key]
    if not any(key.condition for key in keys):
        return
    is_template = bool(content.parameters.strip())
    for seed in range(1, CHECKED_VARIANTS + 1 if is_template else 2):
        if reason := _wrong_example(content, seed):
            if is_template:
                values = {"values": in_words(content.values_of(seed)), "reason": reason}
                reason = _("with %(values)s, %(reason)s") % values
            raise InvalidRecord("parts" if content.parts else "condition", reason)


def _check_units(content: Content) -> None:
    """Raises InvalidRecord for a quantity whose unit is not said, so that any would be right."""
    keys = [part.key for part in content.parts] or [content.key]
    if all(key.unit or key.kind != Kind.QUANTITY for key in keys):
        return
    variant = content.variant(1)
    reason = _("A quantity needs a unit, such as cm. If it has none, choose “a number” instead.")
    for letter, part in zip(LETTERS, variant.parts, strict=False):
        if lacks_unit(part.key):
            raise InvalidRecord("parts", f"{letter}) {reason}")
    if not variant.parts and lacks_unit(variant.key):
        raise InvalidRecord("unit", reason)


def _wrong_example(content: Content, seed: int) -> str:
    variant = content.variant(seed)
    if not variant.parts:
        return wrong_example(variant.key)
    reasons = [wrong_example(part.key) for part in variant.parts]
    lettered = (
        f"{letter}) {reason}" for letter, reason in zip(LETTERS, reasons, strict=False) if reason
    )
    return next(lettered, "")


def _expected_conditions(content: Content) -> Iterator[str]:
    keys = [part.key for part in content.parts] or [content.key]
    for index, key in enumerate(keys):
        rows = content.expected
        if content.parts:
            rows = tuple(expected_in(index, rows, len(keys)))
        yield from (condition_in(row.answer) for row in rows if is_condition(row.answer, key))


def _check_names(content: Content) -> None:
    """Raises InvalidRecord where a parameter stands in a condition without its brackets."""
    texts = [("parts", part.key.condition) for part in content.parts]
    texts += [("condition", "" if content.parts else content.key.condition)]
    texts += [("expected", text) for text in _expected_conditions(content)]
    if not content.parameters.strip() or not any(text for _name, text in texts):
        return
    names = Parameters.read(content.parameters).sources  # which the variants have read
    for name, text in texts:
        try:
            check_no_bare_names(text, names)
        except InvalidKey as error:
            raise InvalidRecord(name, str(error)) from error


def _gated(name: str, text: str, limit: int) -> str:
    try:
        return accept_text(text, limit=limit)
    except UnacceptableText as error:
        raise InvalidRecord(name, str(error)) from error
