"""The usual mistakes, and what they make of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from tutor.grading.answer_key import AnswerKey
from tutor.grading.parsing.tree import Value
from tutor.grading.working.task import Task


class MistakeName(StrEnum):
    """The standard names; `tutor/attempts/mistake_sentences.py` has a sentence for each."""

    # The answer is nearly right
    ON_THE_WAY = auto()  # a right line before the last one
    PARTLY_RIGHT = auto()  # one entry, one solution, one end
    UNIT_MISSING = auto()
    # Signs
    MOVED_WITHOUT_CHANGING_SIGN = auto()
    SIGN_ERROR = auto()
    # Order
    SWAPPED_COORDINATES = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """A problem with its key. right: the key's value, read."""

    task: Task
    key: AnswerKey
    right: Value


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """What comes out of the problem by one usual mistake."""

    value: Value
    name: MistakeName


Source = Callable[[Question], Iterator[WrongAnswer]]  # the surest first


@dataclass(frozen=True, slots=True)
class Explanation:
    """terms: for the sentence, as LaTeX; never the answer, nor an equivalent of it."""

    name: MistakeName
    terms: tuple[str, ...] = ()
