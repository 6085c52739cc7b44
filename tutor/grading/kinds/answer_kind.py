"""What a kind of answer has to know: how its answers are read, compared and shown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from tutor.grading.answer_key import AnswerKey
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.processes.work_budget import WorkBudget

Answer = TypeVar("Answer")


class AnswerKind(ABC, Generic[Answer]):
    """Answers of one kind. The key's own value is read in the same way as a response."""

    @abstractmethod
    def read(self, text: PlainText, key: AnswerKey) -> Answer:
        """Raises Unreadable."""

    @abstractmethod
    def compare(self, right: Answer, given: Answer, key: AnswerKey, budget: WorkBudget) -> Equality:
        """Whether `given` is right; with feedback on a near miss."""

    @abstractmethod
    def shown(self, answer: Answer) -> str:
        """LaTeX of the answer as it was read."""

    def check(self, right: Answer, key: AnswerKey) -> None:
        """Raises InvalidKey where no answer could be judged by this key."""
