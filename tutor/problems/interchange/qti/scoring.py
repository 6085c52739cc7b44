"""What an item counts: its scoring is tried with every answer that it mentions."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, auto
from typing import Protocol

from django.utils.translation import gettext as _

from tutor.grading.multipart import LETTERS
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import EVERY_OTHER, Expected
from tutor.problems.interchange.drafts import QuestionDraft, marked
from tutor.problems.interchange.questions import (
    Fields,
    QuestionAnswer,
    free_text,
    in_parts,
    number,
    numerical,
    one_choice,
    several_choices,
    short_answer,
)
from tutor.problems.parts import MAX_SHARE

Responses = Mapping[str, Sequence[str]]
NO_ANSWER = "\ue014"  # an answer that no item mentions
_PLACES = 5  # three thirds are one
MAX_CANDIDATES = 60  # answers that one response mentions


class ResponseKind(Enum):
    CHOICE = auto()
    CHOICES = auto()
    TEXT = auto()
    NUMBER = auto()
    FREE_TEXT = auto()


@dataclass(frozen=True)
class MentionedAnswer:
    """An answer that an item mentions. value: what the scoring gets for it."""

    text: str
    value: str
    tolerance: Decimal = Decimal(0)


def between(low: Decimal, high: Decimal) -> MentionedAnswer:
    """Every number between two, and these: their middle, with a tolerance."""
    middle = f"{((low + high) / 2).normalize():f}"
    return MentionedAnswer(middle, middle, ((high - low) / 2).normalize())


def different(candidates: Iterable[MentionedAnswer]) -> list[MentionedAnswer]:
    """Each once. A number and the interval around it are one answer with a tolerance."""
    by_text: dict[str, MentionedAnswer] = {}
    text_of: dict[Decimal, str] = {}  # as 8.0 is written
    for candidate in candidates:
        text = candidate.text
        with suppress(InvalidRecord):  # what is no number
            written = text_of.setdefault(number(text, ""), text)
            text = written if candidate.tolerance else text
        known = by_text.get(text)
        if known is None or known.tolerance < candidate.tolerance:
            by_text[text] = replace(candidate, text=text, value=text)
    return list(by_text.values())


@dataclass
class AskedQuestion:
    """A question of an imported item. candidates: the choices, or what its scoring mentions."""

    name: str
    kind: ResponseKind
    candidates: list[MentionedAnswer]
    prompt: str = ""
    ignore_case: bool = True
    letter: str = ""  # of its part
    is_several: bool = False  # several numbers, as our own export writes them
    sample: str = ""  # for the teacher who reads a free text
    hints: list[str] = field(default_factory=list)


class ItemScoring(Protocol):
    """What an item says to do with responses. Raises InvalidRecord for what is not known here."""

    def score(self, responses: Responses) -> Decimal:
        """What these responses count; those that are missing were left empty."""

    def told(self, responses: Responses) -> list[str]:
        """The feedback on them, as Markdown."""

    def right_values(self, name: str) -> list[str]:
        """The values of the right answer to one response, as far as the item says them."""


@dataclass(frozen=True)
class _Trial:
    """The scoring of one question, the others left empty.

    right: the values of its best answer. best: what that counts; 0 where only all questions
    together count. empty: of several choices, what none of them counts; D2L gives points for each
    wrong one that is left alone.
    """

    question: AskedQuestion
    scoring: ItemScoring
    right: list[str]
    best: Decimal
    empty: Decimal

    @classmethod
    def of(cls, question: AskedQuestion, scoring: ItemScoring) -> "_Trial":
        has_choices = question.kind is ResponseKind.CHOICES
        empty = _score_of_nothing(scoring) if has_choices else Decimal(0)

        def score(values: Sequence[str]) -> Decimal:
            return scoring.score({question.name: values}) - empty

        tried = [scoring.right_values(question.name)]
        tried += [[candidate.value] for candidate in question.candidates]
        if has_choices:
            tried.append([row.value for row in question.candidates if score([row.value]) > 0])
        right = max(tried, key=score)
        return cls(question, scoring, right, round(score(right), _PLACES), empty)

    def percent(self, values: Sequence[str]) -> Decimal:
        if self.best > 0:
            score = self.scoring.score({self.question.name: values}) - self.empty
            return score * 100 / self.best
        return Decimal(100 if list(values) == self.right else 0)

    def percent_of(self, value: str) -> Decimal:
        """What one answer counts. Where shares add up, a wrong choice may take points away."""
        alone = self.percent([value])
        if self.question.kind is not ResponseKind.CHOICES or value in self.right:
            return alone
        added = sum((self.percent([right]) for right in self.right), Decimal(0))
        with_it = self.percent([*self.right, value]) - self.percent(self.right)
        return with_it if abs(added - 100) < 1 else alone

    def told(self, values: Sequence[str]) -> list[str]:
        return self.scoring.told({self.question.name: values})

    def answers(self) -> list[QuestionAnswer]:
        usual = self.told([NO_ANSWER])
        return [
            QuestionAnswer(
                candidate.text,
                max(Decimal(-100), min(Decimal(100), self.percent_of(candidate.value))),
                marked(text for text in self.told([candidate.value]) if text not in usual),
                candidate.tolerance,
            )
            for candidate in self.question.candidates
        ]

    def right_numbers(self) -> list[int]:
        """Which of the choices are right together."""
        values = [candidate.value for candidate in self.question.candidates]
        return [n for n, value in enumerate(values) if value in self.right]


def _score_of_nothing(scoring: ItemScoring) -> Decimal:
    with suppress(InvalidRecord):  # what it works out may need an answer
        return scoring.score({})
    return Decimal(0)


def item_fields(
    questions: Sequence[AskedQuestion], scoring: ItemScoring, draft: QuestionDraft
) -> Fields:
    """The key, the choices, the foreseen answers, or the parts, and the general feedback."""
    if not questions:
        raise InvalidRecord("statement", _("there is nothing to answer"))
    if any(len(question.candidates) > MAX_CANDIDATES for question in questions):
        raise InvalidRecord("key", _("it mentions too many answers"))
    if len(questions) > 1:
        for letter, question in zip(LETTERS, questions, strict=False):
            question.letter = letter
    for question in questions:
        if question.is_several:
            question.candidates = _as_here(question, draft)
    trials = [_Trial.of(question, scoring) for question in questions]
    general = _general_feedback(trials[0])
    if len(trials) == 1:
        hints = {"hints": questions[0].hints} if questions[0].hints else {}
        return {**_with_every_other(trials[0], draft, general), "solution": general, **hints}
    return {**_in_parts(trials, draft, general), "solution": general}


def _in_parts(trials: Sequence[_Trial], draft: QuestionDraft, general: str) -> Fields:
    if any(
        not trial.best and trial.question.kind is not ResponseKind.FREE_TEXT for trial in trials
    ):
        draft.notes.add(_("that the points are for all parts together"))
    fields = in_parts(
        [
            (trial.question.prompt, _share(trial), _with_every_other(trial, draft, general))
            for trial in trials
        ]
    )
    for row, trial in zip(fields["parts"], trials, strict=True):
        row["hints"] = trial.question.hints
    return fields


def _as_here(question: AskedQuestion, draft: QuestionDraft) -> list[MentionedAnswer]:
    """Rows of numbers as they were written before they left."""
    letter = f"{question.letter}) " if question.letter else ""
    return [
        replace(row, text=draft.own.written.get(letter + row.text, row.text))
        for row in question.candidates
    ]


def _general_feedback(trial: _Trial) -> str:
    """What is said to every answer, right or wrong."""
    usual = trial.told([NO_ANSWER])
    right = trial.told(trial.right) if trial.right else usual
    return marked(text for text in usual if text in right)


def _with_every_other(trial: _Trial, draft: QuestionDraft, general: str) -> Fields:
    """The fields of one question, with what is said to every answer that it does not mention."""
    fields = _fields(trial, draft)
    text = marked(text for text in trial.told([NO_ANSWER]) if text not in general)
    if not text or trial.question.kind is ResponseKind.FREE_TEXT:
        return fields
    return {**fields, "expected": [*fields["expected"], Expected(EVERY_OTHER, text).to_dict()]}


def _share(trial: _Trial) -> int:
    is_whole = trial.best == trial.best.to_integral_value() and 1 <= trial.best <= MAX_SHARE
    return int(trial.best) if is_whole else 1


def _fields(trial: _Trial, draft: QuestionDraft) -> Fields:
    question = trial.question
    if question.kind is ResponseKind.FREE_TEXT:
        return free_text(question.sample)
    answers = trial.answers()
    if question.kind is ResponseKind.CHOICE:
        return one_choice(answers)
    if question.kind is ResponseKind.CHOICES:
        return several_choices(answers, trial.right_numbers())
    if question.kind is ResponseKind.NUMBER and all(map(_is_number, answers)):
        return numerical(answers, {})
    return short_answer(
        [replace(answer, text=answer.text.replace("*", "\\*")) for answer in answers],
        draft.notes,
        ignore_case=question.ignore_case,
        options=draft.options(question.letter),
        writes_commas=draft.writes_commas,
    )


def _is_number(answer: QuestionAnswer) -> bool:
    try:
        number(answer.text, "")
    except InvalidRecord:
        return False
    return True
