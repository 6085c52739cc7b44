"""One problem of a file that somebody imports, and why a file or a problem cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from textwrap import shorten

from django.utils.translation import gettext as _

from tutor.figures import without_figures
from tutor.grading import AnswerKey, Form
from tutor.problems.advising.form_advice import form_advice
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.labels import FORM_NAMES, KIND_NAMES, field_name
from tutor.problems.parts import statement_with
from tutor.problems.records import ProblemRecord

MAX_BYTES = 8 * 1024 * 1024
MAX_PROBLEMS = 1_000
MAX_CHOICE_SHOWN = 60  # characters


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
    is_named: its slug comes from the file.
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
        return form_advice(self.record.content) if self.record else []

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
