"""What the answers to one version of a problem are judged by."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Self

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, Kind, Rule, Unreadable, understood, worked_out
from tutor.grading.answer_key import IN_WORDS
from tutor.grading.multipart import LETTERS, PartKey
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.words import choice_letters
from tutor.problems.expected import Expected, accepted_keys, expected_in


@dataclass(frozen=True)
class RightAnswer:
    """As pages of teachers show it. text: LaTeX, if it is a formula."""

    text: str
    is_formula: bool


@dataclass(frozen=True)
class CheckedKey:
    """The stored key of one version, read and checked once.

    whole: the key of the answer; of a problem with parts, that of its last part.
    parts: how each part is judged; empty where the problem has none.
    expected: the wrong answers that the author foresaw.
    fault: why the key is unusable, as the rule of every grade: NO_KEY or INVALID_KEY. Nothing can
    be judged then. Every answer is read as an expression and waits for a teacher, and any text or
    value that a student is shown might give the answer away.
    """

    whole: AnswerKey
    parts: tuple[PartKey, ...] = ()
    expected: tuple[Expected, ...] = ()
    fault: Rule | None = None

    @classmethod
    def unusable(cls, fault: Rule, part_count: int) -> Self:
        key = AnswerKey("", Kind.EXPRESSION)
        return cls(key, (PartKey(key),) * part_count, fault=fault)

    @property
    def is_usable(self) -> bool:
        return self.fault is None

    def right_answers(self) -> list[tuple[str, RightAnswer]]:
        """For teachers: the answer to each part, with its letter; empty if the key is unusable."""
        if not self.is_usable:
            return []
        letters = LETTERS if self.parts else [""]
        firsts = [right_answer(answers[0]) for answers in self.answers_by_part()]
        return list(zip(letters, firsts, strict=False))

    def answers(self) -> Iterator[AnswerKey]:
        """Every stored answer: none of them may be said to a student."""
        return chain.from_iterable(self.answers_by_part())

    def answers_by_part(self) -> list[list[AnswerKey]]:
        """The right answers to each part; without parts, those to the problem."""
        if not self.parts:
            return [[self.whole, *accepted_keys(self.whole, self.expected)]]
        count = len(self.parts)
        return [
            [part.key, *accepted_keys(part.key, expected_in(n, self.expected, count))]
            for n, part in enumerate(self.parts)
        ]


def right_answer(key: AnswerKey) -> RightAnswer:
    """What is right, worked out where it is simple; with a condition, an example."""
    if key.condition:
        values = {"condition": key.condition, "answer": _as_typed(key)}
        return RightAnswer(_("%(condition)s; for example %(answer)s") % values, is_formula=False)
    return RightAnswer(as_latex(key), is_formula=key.kind not in IN_WORDS)


def as_latex(key: AnswerKey) -> str:
    """The stored answer; as LaTeX if it has a unit, or was typed without commands of LaTeX."""
    answer = _as_typed(key)
    is_read = bool(key.unit) or not (key.decimal_comma or "\\" in answer)
    if key.kind in IN_WORDS or not is_read:
        return answer
    try:
        return understood(answer, key.kind)
    except Unreadable:
        return answer


def _as_typed(key: AnswerKey) -> str:
    return f"{worked_out(key)} {key.unit}".strip()


def takes_several(key: AnswerKey) -> bool:
    """Whether several of the choices are right, which students are told."""
    return key.kind == Kind.CHOICE and len(choice_letters(normalize_text(key.value))) > 1
