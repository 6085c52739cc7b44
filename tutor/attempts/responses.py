"""How an item is answered, and what came: all that leaves the stored answer's table."""

import re
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from tutor.attempts.fields.boxes import BoxShape, shape_of
from tutor.attempts.fields.units import unit_choices
from tutor.courses.models import Section
from tutor.grading import (
    AnswerKey,
    Feedback,
    FeedbackCode,
    Form,
    Kind,
    Unreadable,
    is_lone_number,
    understood_beginning,
    understood_sentence,
)
from tutor.grading.comparison.decimal_commas import as_with_points, latex_with_commas
from tutor.grading.multipart import LETTERS
from tutor.grading.verdicts.asked_ordinals import asks_ordinal, ordinal_as_number
from tutor.grading.verdicts.asked_readings import question_while_typing
from tutor.grading.verdicts.given_names import require_no_variable
from tutor.problems.checked_key import takes_several
from tutor.problems.drawing import AnswerDrawing, drawing_of
from tutor.problems.labels import MORE_THAN_A_NUMBER, feedback_sentence, typing_help
from tutor.problems.models import ProblemVersion
from tutor.text_gate import UnacceptableText, accept_text

MAX_LENGTH = 2_000  # characters of one response
_SIGN_OF_STEP = re.compile(r"^\s*(?:=>|⇒|->|→|∴|⟹|<=>|⇔)")
_WORKED_OUT = (Kind.EXPRESSION, Kind.MATRIX, Kind.ANTIDERIVATIVE, Kind.RATIO)


@dataclass(frozen=True)
class Entry:
    """What a student has to know of a key to type an answer: its kind, and no more of it.

    decimal_comma: of the problem. class_comma: whether only the class has one; its answers are
    rewritten before they are read.
    """

    kind: Kind
    decimal_comma: bool = False
    takes_several: bool = False  # of the choices
    shape: BoxShape | None = None  # of the boxes over the field
    units: tuple[str, ...] = ()  # from which one is chosen; many more than the key's
    is_free_text: bool = False
    drawing: AnswerDrawing | None = None  # which writes the answer
    class_comma: bool = False
    statement: str = ""  # what is asked; of one part, its prompt

    @property
    def is_choice(self) -> bool:
        return self.kind == Kind.CHOICE

    @property
    def is_words(self) -> bool:
        return self.kind == Kind.TEXT

    @property
    def help(self) -> str:
        """How to type an answer of this kind; empty where numbers and formulas are typed."""
        return typing_help(self.kind, self.separator, is_free_text=self.is_free_text)

    @property
    def types_comma(self) -> bool:
        """Whether students type 2,5 for two and a half."""
        return self.decimal_comma or self.class_comma

    @property
    def separator(self) -> str:
        """What stands between two entries."""
        return ";" if self.types_comma else ","

    def told(self, feedback: Feedback | None) -> "Entry":
        """Without boxes for several solutions, once it was said that one value is asked for."""
        is_one = feedback is not None and feedback.code == FeedbackCode.ONE_VALUE_ASKED
        return replace(self, shape=None) if is_one and self.shape == BoxShape.SOLUTIONS else self

    def as_of_problem(self, response: str) -> str:
        """The response with numbers as the problem writes them."""
        return as_with_points(response, self.kind) if self.class_comma else response

    def _shown(self, latex: str) -> str:
        return latex_with_commas(latex) if self.types_comma else latex

    def in_line(self, line: str) -> str:
        """What a line of working gives as an answer: of an equation between terms its end."""
        text = _SIGN_OF_STEP.sub("", line).strip()
        return text.rpartition("=")[2].strip() if self.kind in _WORKED_OUT else text

    def read(self, response: str) -> str:
        """LaTeX of what is understood. Raises grading.Unreadable."""
        if self.is_choice or self.is_free_text:
            return ""
        response = self.as_of_problem(response)
        if self.kind == Kind.NUMBER:
            require_no_variable(response, self.statement)
            if asks_ordinal(self.statement):
                response = ordinal_as_number(response)
        read = understood_sentence(response, self.kind, decimal_comma=self.decimal_comma)
        return self._shown(read)

    def reading(self, response: str) -> str:
        """LaTeX of what is understood; empty where nothing is."""
        try:
            return self.read(response)
        except Unreadable:
            return ""

    def with_or(self, reading: str) -> str:
        """The LaTeX with "or" as a word of the reader's language, where it joins two answers."""
        if self.kind == Kind.LOGIC:
            return reading
        word = _("or")
        return reading.replace(r"\lor", rf"\text{{ {word} }}")

    def asks(self, response: str) -> str:
        """What to ask about a response that can be read, but perhaps not as it was meant."""
        if question := question_while_typing(response, self.kind):
            return feedback_sentence(question)
        more = MORE_THAN_A_NUMBER.get(self.kind)
        if more is None:
            return ""
        response = self.as_of_problem(response)
        is_short = is_lone_number(response, self.kind, decimal_comma=self.decimal_comma)
        return str(more) % {"comma": self.separator} if is_short else ""

    def meant(self, response: str) -> str:
        """What 65/7x or x3 may mean instead; empty for any other response."""
        question = question_while_typing(response, self.kind)
        return str(question.params["text"]) if question else ""

    def read_beginning(self, response: str) -> str:
        """LaTeX of an answer that is not finished; empty where nothing can be read."""
        if self.is_free_text:
            return ""
        response = self.as_of_problem(response)
        read = understood_beginning(response, self.kind, decimal_comma=self.decimal_comma)
        return self._shown(read)


def entry_of(version: ProblemVersion, section: Section | None = None) -> Entry:
    """section: the class whose student answers; None for a teacher who tries the problem."""
    drawing = "" if version.parts else version.drawing
    return _entry(version.checked_key.whole, version.statement, drawing, section)


def entries_of(version: ProblemVersion, section: Section | None = None) -> list[Entry]:
    """One for each part."""
    pairs = zip(version.checked_key.parts, version.parts, strict=False)
    return [_entry(part.key, row["prompt"], row.get("drawing", ""), section) for part, row in pairs]


def _entry(key: AnswerKey, statement: str, drawing: str, section: Section | None) -> Entry:
    has_class_comma = section is not None and section.has_decimal_comma
    return Entry(
        key.kind,
        key.decimal_comma,
        takes_several(key),
        None if drawing else shape_of(key, statement),
        unit_choices(key.unit) if key.kind == Kind.QUANTITY else (),
        key.form == Form.FREE_TEXT,
        drawing_of(drawing, decimal_comma=key.decimal_comma or has_class_comma),
        has_class_comma and not key.decimal_comma,
        statement,
    )


@dataclass(frozen=True)
class Submission:
    """What the browser sent, through the gate.

    number: the place that the attempt takes, as the page knew it. action: a key that the page
    keeps until it has heard of its attempt. parts: what was said to each part, if there are any;
    `response` has all of it in one text then. hidden: how many characters that show nothing the
    gate has left out.
    """

    action: UUID
    number: int
    version: UUID
    response: str
    working: tuple[str, ...] = field(default=())
    parts: tuple[str, ...] = field(default=())
    hidden: int = 0


def accept_draft(text: str) -> str:
    """The text as typed. Raises UnacceptableText where it cannot be stored, or is too long."""
    try:
        return accept_text(text, limit=MAX_LENGTH)
    except UnacceptableText as error:
        raise UnacceptableText(
            _("This answer cannot be accepted: %(reason)s.") % {"reason": error}
        ) from None


def accept_response(text: str) -> str:
    """Raises UnacceptableText for what cannot be an answer, whatever is asked."""
    response = accept_draft(text).strip()
    if not response:
        raise UnacceptableText(_("Type an answer first."))
    return response


def accept_parts(texts: list[str]) -> tuple[str, ...]:
    """Some parts may be empty. Raises UnacceptableText where all are, or one cannot be stored."""
    responses = tuple(accept_draft(text).strip() for text in texts)
    if not any(responses):
        raise UnacceptableText(_("Type an answer first."))
    return responses


def in_one(responses: tuple[str, ...]) -> str:
    """The responses to all parts as one text."""
    lettered = zip(LETTERS, responses, strict=False)
    return "\n".join(f"{letter}) {response}" for letter, response in lettered)
