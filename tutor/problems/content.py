"""What a problem says, apart from where it is stored: shared by the importer and the admin."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, InvalidKey, Kind, Unreadable, Verdict, read_key
from tutor.grading.multipart import LETTERS, MAX_PARTS
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.words import gives_up
from tutor.problems.decimal_commas import part_with_decimal_commas, with_decimal_commas
from tutor.problems.drawing import LIMIT as DRAWING_LIMIT
from tutor.problems.drawing import Drawing, InvalidDrawing
from tutor.problems.expected import FULL, Expected
from tutor.problems.parameters import LIMIT as PARAMETERS_LIMIT
from tutor.problems.parameters import InvalidParameters, Parameters
from tutor.problems.parts import MAX_SHARE, InvalidParts, Part, filled_parts, responses_in
from tutor.problems.placeholders import fill
from tutor.text_gate import UnacceptableText, accept_text

LANGUAGES = ("en", "zh-hans")
LEVELS = range(1, 6)
STATEMENT_LIMIT = 8_000  # characters
SOLUTION_LIMIT = 20_000
LINE_LIMIT = 200
ANSWER_LIMIT = 2_000
FILLED = ("value", "equation")  # texts of a key in which placeholders may stand
MAX_ROWS = 30  # hints, choices, expected answers or tests of one problem
_SLUG = re.compile(r"\A[a-z0-9]++(?:-[a-z0-9]++)*\Z")
_SKILL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")


class InvalidRecord(ValueError):
    """Names the field, says what was needed and what came."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True)
class AnswerTest:
    """A unit test of the key: an answer and the verdict that it must get."""

    answer: str
    verdict: str


@dataclass(frozen=True)
class Content:
    """All that a version of a problem freezes. Texts are Markdown with formulas.

    With `parameters` it is a template: its texts and its key hold placeholders, and it can be
    neither shown nor graded before `variant` has put values in their place. With `parts`, `key` is
    that of the last part, where the solution ends. drawing: what is drawn as the answer, see
    `tutor.problems.drawing`; empty for nothing.
    """

    title: str
    statement: str
    key: AnswerKey
    solution: str
    language: str = "en"
    level: int = 3
    choices: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    parameters: str = ""
    expected: tuple[Expected, ...] = ()
    tests: tuple[AnswerTest, ...] = ()
    parts: tuple[Part, ...] = ()
    drawing: str = ""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise InvalidRecord("language", f"need {' or '.join(LANGUAGES)}, got {self.language!r}")
        if self.level not in LEVELS:
            raise InvalidRecord("level", f"need 1 to {LEVELS[-1]}, got {self.level!r}")
        if self.parts:
            self._check_parts()
        elif self.key.kind == Kind.CHOICE and len(self.choices) < 2:
            raise InvalidRecord(
                "choices", _("an answer of the kind choice needs at least two choices")
            )
        elif self.key.kind != Kind.CHOICE and self.choices:
            takes_none = _("an answer of the kind %(kind)s has no choices")
            raise InvalidRecord("choices", takes_none % {"kind": self.key.kind})
        if self.drawing and not self.parameters.strip():
            self._check_drawing()
        if self.parameters.strip() and "[[" in self.title:
            raise InvalidRecord("title", _("the title is the same in all variants"))

    def _check_drawing(self) -> None:
        if self.parts:
            raise InvalidRecord("drawing", _("a problem with parts has it in its parts"))
        try:
            Drawing.read(self.drawing).check(self.key.kind)
        except InvalidDrawing as error:
            raise InvalidRecord("drawing", str(error)) from error

    def _check_parts(self) -> None:
        if self.key != self.parts[-1].key:
            raise InvalidRecord("key", _("a problem with parts has its answers in its parts"))
        if self.choices:
            raise InvalidRecord("choices", _("a problem with parts has none of its own"))
        for test in self.tests:
            self._check_letters("tests", test.answer)
        for row in self.expected:
            if len(list(filter(None, self._check_letters("expected", row.answer)))) != 1:
                values = {"answer": row.answer}
                reason = _("%(answer)s: need the answer to one part, such as b) 64") % values
                raise InvalidRecord("expected", reason)

    def _check_letters(self, name: str, answer: str) -> list[str]:
        try:
            return responses_in(answer, len(self.parts))
        except InvalidParts as error:
            raise InvalidRecord(name, f"{answer}: {error}") from error

    def values_of(self, seed: int) -> dict[str, Any]:
        """The values of the parameters that belong to `seed`. Raises InvalidRecord."""
        try:
            return dict(Parameters.read(self.parameters).values_of(seed))
        except InvalidParameters as error:
            raise InvalidRecord("parameters", str(error)) from error

    def variant(self, seed: int) -> "Content":
        """The content with values in place of its placeholders. Raises InvalidRecord."""
        if not self.parameters.strip():
            return self._with_parts(str, ()) if self.parts else self
        values = self.values_of(seed)
        parameters = Parameters.read(self.parameters)

        def filled(name: str, text: str) -> str:
            try:
                return fill(text, parameters, values)
            except InvalidParameters as error:
                raise InvalidRecord(name, str(error)) from error

        def each_filled(name: str, texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(filled(name, text) for text in texts)

        def in_part(text: str) -> str:
            return filled("parts", text)

        written = self._with_decimal_commas() if self.key.decimal_comma else self
        whole = written._with_parts(in_part, values) if self.parts else written
        key = whole.key if self.parts else self._filled_key(filled)
        return replace(
            whole,
            statement=filled("statement", whole.statement),
            solution=filled("solution", whole.solution),
            choices=each_filled("choices", whole.choices),
            hints=each_filled("hints", whole.hints),
            drawing=filled("drawing", self.drawing),
            key=key,
            expected=tuple(
                replace(
                    row,
                    answer=filled("expected", row.answer),
                    feedback=filled("expected", row.feedback),
                )
                for row in self.expected
            ),
            tests=tuple(replace(row, answer=filled("tests", row.answer)) for row in self.tests),
            parameters="",
        )

    def _with_decimal_commas(self) -> "Content":
        """The texts that students read, with placeholders that write decimal commas."""
        return replace(
            self,
            statement=with_decimal_commas(self.statement),
            solution=with_decimal_commas(self.solution),
            choices=tuple(map(with_decimal_commas, self.choices)),
            hints=tuple(map(with_decimal_commas, self.hints)),
            parts=tuple(map(part_with_decimal_commas, self.parts)),
        )

    def keys(self) -> tuple[object, ...]:
        """What decides whether an answer is right."""
        return self.key, self.parameters, tuple((part.key, part.carried) for part in self.parts)

    def _filled_key(self, filled: Callable[[str, str], str]) -> AnswerKey:
        fields = self.key.to_dict()
        texts = {name: filled("key", str(fields[name])) for name in FILLED if name in fields}
        return key_from({**fields, **texts})

    def _with_parts(self, filled: Callable[[str], str], parameters: Iterable[str]) -> "Content":
        try:
            parts = filled_parts(self.parts, filled, parameters)
        except InvalidParts as error:
            raise InvalidRecord("parts", str(error)) from error
        return replace(self, parts=parts, key=parts[-1].key)


def key_from(data: Mapping[str, Any]) -> AnswerKey:
    """Raises InvalidRecord unless the grader can use it."""
    try:
        return read_key(data)
    except InvalidKey as error:
        raise InvalidRecord("key", str(error)) from error


def _check_gives_nothing_up(key: Mapping[str, Any]) -> None:
    """Raises InvalidRecord for what students type who have no answer."""
    value = key.get("value")
    if not isinstance(value, str) or key.get("kind") in (Kind.TEXT, Kind.CHOICE):
        return
    try:
        is_given_up = gives_up(normalize_text(value))
    except Unreadable:
        return  # which the check of the whole key reports
    if is_given_up:
        reason = _("“%(answer)s” is read as “I do not know”; use the kind text (a word) or choice")
        raise InvalidRecord("key", reason % {"answer": value})


def template_key(data: Mapping[str, Any], filled: Callable[[str], str]) -> AnswerKey:
    """A key whose texts still hold placeholders; `filled` puts in the values of one variant."""
    if not isinstance(data.get("value"), str):
        raise InvalidRecord("key", _("the answer is missing"))
    texts = {name: data[name] for name in FILLED if isinstance(data.get(name), str)}
    key = key_from({**data, **{name: filled(text) for name, text in texts.items()}})
    return replace(key, **texts)


def read_parts(rows: list[Any]) -> tuple[Part, ...]:
    """The parts of an exchange record, by themselves. Raises InvalidRecord."""
    return _Fields({"parts": rows}).parts()


def read_expected(rows: list[Any]) -> tuple[Expected, ...]:
    """The expected answers of an exchange record, by themselves. Raises InvalidRecord."""
    return _Fields({"expected": rows}).expected()


@dataclass(frozen=True)
class ProblemRecord:
    """A problem as one line of an exchange file."""

    slug: str
    content: Content
    skills: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Raises InvalidRecord for the first field that is missing, unknown or unusable."""
        fields = _Fields(data)
        parts = fields.parts()
        record = cls(
            slug=fields.matching("slug", _SLUG, _("lower-case words joined by hyphens")),
            content=Content(
                title=fields.text("title", LINE_LIMIT),
                statement=fields.text("statement", STATEMENT_LIMIT),
                key=parts[-1].key if parts else fields.key(),
                parts=parts,
                parameters=fields.text("parameters", PARAMETERS_LIMIT, default=""),
                solution=fields.text("solution", SOLUTION_LIMIT),
                language=fields.text("language", LINE_LIMIT, default="en"),
                level=fields.integer("level", default=3),
                choices=fields.texts("choices", STATEMENT_LIMIT),
                hints=fields.texts("hints", STATEMENT_LIMIT),
                drawing=fields.text("drawing", DRAWING_LIMIT, default="").strip(),
                expected=fields.expected(),
                tests=fields.tests(),
            ),
            skills=fields.skills(),
            source=fields.text("source", LINE_LIMIT, default=""),
            licence=fields.text("licence", LINE_LIMIT, default=""),
        )
        if parts or record.content.drawing:
            record.content.variant(1)  # what follows from what can be told together alone
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
        }
        if content.parts:
            del everything["key"]  # theirs
        return {name: value for name, value in everything.items() if value not in ([], "")}


_KNOWN = frozenset(
    (
        *("slug", "title", "statement", "key", "solution", "language", "level", "choices"),
        *("hints", "skills", "source", "licence", "parameters", "expected", "tests", "parts"),
        "drawing",
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

    def skills(self) -> tuple[str, ...]:
        skills = self.texts("skills", LINE_LIMIT)
        for skill in skills:
            if not _SKILL.match(skill):
                reason = _("need names such as calculus.extrema, got %(got)s")
                raise InvalidRecord("skills", reason % {"got": repr(skill)})
        return skills

    def key(self) -> AnswerKey:
        data = self.value("key", dict, None)
        _check_gives_nothing_up(data)
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
        _check_gives_nothing_up(data)
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


def _gated(name: str, text: str, limit: int) -> str:
    try:
        return accept_text(text, limit=limit)
    except UnacceptableText as error:
        raise InvalidRecord(name, str(error)) from error
