"""What an item of QTI that we write asks: each of its questions, with its answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from tutor.grading import AnswerKey, Form, Kind
from tutor.grading.multipart import LETTERS
from tutor.problems.content import Content
from tutor.problems.expected import FULL, Expected, expected_in
from tutor.problems.interchange.exportable import is_as_text, is_decimal
from tutor.problems.interchange.qti.own_markup import SEPARATOR
from tutor.problems.parts import Part

RESPONSE = "RESPONSE"


@dataclass(frozen=True)
class ExportedQuestion:
    """A question of an item that we write. share: its points. rows: its expected answers.

    is_several: it and they are rows of decimals, see `several_numbers`. part: what it is of a
    problem in parts. earlier: the names of the numbers before it, by the letters of their parts.
    """

    name: str
    key: AnswerKey
    choices: Sequence[str]
    rows: Sequence[Expected]
    share: int = 1
    is_several: bool = False
    part: Part | None = None
    earlier: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """The names of its responses: one for each of several numbers."""
        if not self.is_several:
            return [self.name]
        return [f"{self.name}_{n}" for n, _number in enumerate(self.numbers, start=1)]

    @property
    def carried(self) -> Part | None:
        """The part, where an answer that follows from wrong earlier ones counts too."""
        is_worth = self.part and self.part.carried and self.part.carried_percent
        return self.part if is_worth and not self.is_for_person else None

    @property
    def numbers(self) -> list[str]:
        return self.key.value.split(SEPARATOR)

    @property
    def right(self) -> list[str]:
        return re.findall("[A-Z]", self.key.value) if self.key.kind == Kind.CHOICE else []

    @property
    def is_number(self) -> bool:
        return is_decimal(self.key)

    @property
    def is_for_person(self) -> bool:
        """Whether right answers can be written otherwise, so that a person has to look too."""
        if self.is_several:
            return False
        return self.is_free or is_as_text(self.key)

    @property
    def base_type(self) -> str:
        if self.is_number or self.is_several:
            return "float"
        return "identifier" if self.key.kind == Kind.CHOICE else "string"

    @property
    def takes_several(self) -> bool:
        return len(self.right) > 1

    @property
    def is_all_or_nothing(self) -> bool:
        """Whether only all right choices together are worth anything."""
        return bool(self.key.shares) and not any(map(float, self.key.shares.split()))

    @property
    def is_free(self) -> bool:
        """Whether a person judges what was written."""
        return self.key.form == Form.FREE_TEXT

    @property
    def choice_shares(self) -> dict[str, float]:
        """What each choice is worth, where several are right; a wrong one takes all points."""
        letters = ascii_uppercase[: len(self.choices)]
        if self.key.shares:
            percents = map(float, self.key.shares.split())
            pairs = zip(letters, percents, strict=False)
            return {letter: percent / FULL for letter, percent in pairs}
        right = self.right
        return {letter: 1 / len(right) if letter in right else -1.0 for letter in letters}


def questions_in(content: Content, several: set[str]) -> list[ExportedQuestion]:
    if not content.parts:
        own = content.key, content.choices, content.expected
        return [ExportedQuestion(RESPONSE, *own, is_several="" in several)]
    questions: list[ExportedQuestion] = []
    earlier: dict[str, str] = {}
    for n, (letter, part) in enumerate(zip(LETTERS, content.parts, strict=False)):
        question = ExportedQuestion(
            f"{RESPONSE}_{letter}",
            part.key,
            part.choices,
            expected_in(n, content.expected, len(content.parts)),
            part.share,
            letter in several,
            part,
            dict(earlier),
        )
        if question.is_number:
            earlier[letter] = question.name
        questions.append(question)
    return questions
