"""What a problem says, apart from where it is stored: shared by the importer and the admin."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, InvalidKey, Kind
from tutor.text_gate import UnacceptableText, accept_text

LANGUAGES = ("en", "zh-hans")
LEVELS = range(1, 6)
STATEMENT_LIMIT = 8_000  # characters
SOLUTION_LIMIT = 20_000
LINE_LIMIT = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_SKILL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")


class InvalidRecord(ValueError):
    """Names the field, says what was needed and what came."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True)
class Content:
    """All that a version of a problem freezes. Texts are Markdown with formulas."""

    title: str
    statement: str
    key: AnswerKey
    solution: str
    language: str = "en"
    level: int = 3
    choices: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise InvalidRecord("language", f"need {' or '.join(LANGUAGES)}, got {self.language!r}")
        if self.level not in LEVELS:
            raise InvalidRecord("level", f"need 1 to {LEVELS[-1]}, got {self.level!r}")
        if self.key.kind == Kind.CHOICE and len(self.choices) < 2:
            raise InvalidRecord("choices", _("a key of kind choice needs at least two choices"))
        if self.key.kind != Kind.CHOICE and self.choices:
            takes_none = _("a key of kind %(kind)s takes none")
            raise InvalidRecord("choices", takes_none % {"kind": self.key.kind})


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
        return cls(
            slug=fields.matching("slug", _SLUG, _("lower-case words joined by hyphens")),
            content=Content(
                title=fields.text("title", LINE_LIMIT),
                statement=fields.text("statement", STATEMENT_LIMIT),
                key=fields.key(),
                solution=fields.text("solution", SOLUTION_LIMIT),
                language=fields.text("language", LINE_LIMIT, default="en"),
                level=fields.integer("level", default=3),
                choices=fields.texts("choices", STATEMENT_LIMIT),
                hints=fields.texts("hints", STATEMENT_LIMIT),
            ),
            skills=fields.skills(),
            source=fields.text("source", LINE_LIMIT, default=""),
            licence=fields.text("licence", LINE_LIMIT, default=""),
        )

    def to_dict(self) -> dict[str, Any]:
        """The inverse of `from_dict`; empty fields are left out."""
        content = self.content
        everything = {
            **asdict(content),
            "slug": self.slug,
            "key": content.key.to_dict(),
            "choices": list(content.choices),
            "hints": list(content.hints),
            "skills": list(self.skills),
            "source": self.source,
            "licence": self.licence,
        }
        return {name: value for name, value in everything.items() if value not in ([], "")}


@dataclass
class _Fields:
    """Typed access to one decoded JSON object."""

    data: Mapping[str, Any]

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.data) - _KNOWN):
            raise InvalidRecord(
                unknown[0], f"is not a field; the fields are {', '.join(sorted(_KNOWN))}"
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
        return tuple(_gated(name, item, limit) for item in items)

    def integer(self, name: str, default: int) -> int:
        number: int = self.value(name, int, default)
        return number

    def matching(self, name: str, pattern: re.Pattern[str], wanted: str) -> str:
        text = self.text(name, LINE_LIMIT)
        if not pattern.match(text):
            reason = _("need %(wanted)s, got %(got)s")
            raise InvalidRecord(name, reason % {"wanted": wanted, "got": f"{text!r:.60}"})
        return text

    def skills(self) -> tuple[str, ...]:
        skills = self.texts("skills", LINE_LIMIT)
        for skill in skills:
            if not _SKILL.match(skill):
                reason = _("need names such as calculus.extrema, got %(got)s")
                raise InvalidRecord("skills", reason % {"got": repr(skill)})
        return skills

    def key(self) -> AnswerKey:
        try:
            return AnswerKey.from_dict(self.value("key", dict, None))
        except InvalidKey as error:
            raise InvalidRecord("key", str(error)) from error


_KNOWN = {
    *("slug", "title", "statement", "key", "solution", "language", "level"),
    *("choices", "hints", "skills", "source", "licence"),
}
_JSON_NAMES = {str: "a text", int: "a whole number", list: "a list", dict: "an object"}


def _gated(name: str, text: str, limit: int) -> str:
    try:
        return accept_text(text, limit=limit)
    except UnacceptableText as error:
        raise InvalidRecord(name, str(error)) from error
