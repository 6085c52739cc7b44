"""One problem of a file that somebody imports, and why a file or a problem cannot be used."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from textwrap import shorten

from django.utils.translation import gettext as _

from tutor.figures import without_figures
from tutor.grading import AnswerKey, Form, Kind
from tutor.problems.advising.form_advice import form_advice
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.labels import FORM_NAMES, KIND_NAMES, field_name
from tutor.problems.parts import statement_with
from tutor.problems.records import ProblemRecord

MAX_BYTES = 8 * 1024 * 1024
MAX_PROBLEMS = 1_000
MAX_CHOICE_SHOWN = 60  # characters
DECIMAL_WITH_COMMA = re.compile(r"[+-]?\d{1,15},\d{1,15}")


class UnusableFile(ValueError):
    """Says why nothing of a file can be read, to the person who sent it."""


@dataclass(frozen=True)
class ImportedPicture:
    """The file of a picture that a text shows. alt: what it shows, in words."""

    name: str
    alt: str
    data: bytes


@dataclass(frozen=True)
class ImportedProblem:
    """One problem of a file, usable or not.

    location: where it stands in the file, in words. reason: why it cannot be imported, else empty.
    left_out: what the file has and the imported problem will lack.
    is_named: its slug comes from the file. names_kind: so does the kind of the answer.
    pictures: in the order of their marks in the texts; empty once they are stored.
    is_shuffled: its choices are in another order than in the file.
    is_only_answered: the file has no solution, so that the answer alone is stored as one.
    """

    location: str
    title: str = ""
    record: ProblemRecord | None = None
    reason: str = ""
    left_out: tuple[str, ...] = ()
    is_named: bool = True
    pictures: tuple[ImportedPicture, ...] = ()
    is_shuffled: bool = False
    is_only_answered: bool = False
    names_kind: bool = False

    @property
    def kinds(self) -> list[str]:
        """What the answer is, or that to each part, in words and each once."""
        keys = keys_of(self.record.content) if self.record else []
        return list(dict.fromkeys(kind_name(key) for key in keys))

    @property
    def statement(self) -> str:
        """All that is asked, without its figures."""
        content = self.record.content if self.record else None
        return without_figures(statement_with(content.statement, content.parts)) if content else ""

    @property
    def has_figure(self) -> bool:
        content = self.record.content if self.record else None
        if content is None:
            return False
        return self.statement != statement_with(content.statement, content.parts)

    @property
    def advice(self) -> list[str]:
        """What the author should look at."""
        if self.record is None:
            return []
        keys = [] if self.names_kind else keys_of(self.record.content)
        commas = [comma_reading(key) for key in keys]
        return [*filter(None, commas), *form_advice(self.record.content)]

    @property
    def answers(self) -> list[str]:
        return answers_of(self.record.content) if self.record else []

    @property
    def answers_in_words(self) -> list[str]:
        """As `answers`, with the texts of choices and how far off a number may be."""
        content = self.record.content if self.record else None
        return [_shown_answer(key, content.choices) for key in keys_of(content)] if content else []


def answers_of(content: Content) -> list[str]:
    """The right answer, or that to each part."""
    return [f"{key.value} {key.unit}".strip() for key in keys_of(content)]


def _shown_answer(key: AnswerKey, choices: Sequence[str]) -> str:
    by_letter = dict(zip(ascii_uppercase, choices, strict=False))
    texts = [by_letter.get(letter.strip()) for letter in key.value.split(",")]
    if choices and None not in texts:
        return ", ".join(shorten(text, MAX_CHOICE_SHOWN, placeholder="…") for text in texts if text)
    margin = "" if key.tolerance is None or key.relative else f"± {key.tolerance}"
    return " ".join(filter(None, (key.value, margin, key.unit)))


def keys_of(content: Content) -> list[AnswerKey]:
    return [part.key for part in content.parts] or [content.key]


def comma_reading(key: AnswerKey) -> str:
    """As what 7,5 is read, and how to write the other; empty for other answers."""
    text = key.value.strip()
    if not DECIMAL_WITH_COMMA.fullmatch(text):
        return ""
    first, second = text.split(",")
    if key.decimal_comma:
        sentence = _(
            "“%(answer)s” is read as one number. If two values are meant, write %(values)s."
        )
        return sentence % {"answer": text, "values": f"{first}; {second}"}
    sentence = _(
        "“%(answer)s” is read as the two values %(first)s and %(second)s. If it is one number, "
        "write %(number)s, or choose “2,5” for the decimal numbers of the file."
    )
    values = {"first": first, "second": second, "number": f"{first}.{second}"}
    return sentence % {"answer": text, **values} if key.kind == Kind.LIST else ""


def kind_name(key: AnswerKey) -> str:
    if key.form == Form.FREE_TEXT:
        return str(FORM_NAMES[key.form])
    form = "" if key.form == Form.ANY else FORM_NAMES[key.form]
    return _(", ").join(map(str, filter(None, (KIND_NAMES[key.kind], form))))


def on_line(number: int) -> str:
    return _("line %(n)d") % {"n": number}


def in_words(error: InvalidRecord) -> str:
    return f"{field_name(error.name)}: {error.reason}"


def too_large() -> UnusableFile:
    return UnusableFile(_("The file is too large. Files can have at most 8 MB."))


def too_many() -> UnusableFile:
    problem = _("The file has more than %(n)s problems. Split it and import the parts.")
    return UnusableFile(problem % {"n": f"{MAX_PROBLEMS:,}"})
