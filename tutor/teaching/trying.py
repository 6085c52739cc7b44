"""The form of a problem for a teacher who tries it: as students have it, but nothing is stored."""

from dataclasses import dataclass
from decimal import Decimal

from tutor.attempts.answering import ChoiceOption, PartField, lettered
from tutor.attempts.responses import Entry, entries_of, entry_of
from tutor.grading.multipart import LETTERS
from tutor.problems.editing.preview import TRY_LIMIT, TrialAnswer, try_answer
from tutor.problems.models import ProblemVersion


@dataclass(frozen=True)
class TrialAnswering:
    """What the templates of an answer's field show, as `attempts.answering.Answering` has it.

    typed: the response, or that to each part.
    """

    version: ProblemVersion
    typed: list[str]
    practice: bool = True  # shows no points

    @property
    def entry(self) -> Entry:
        return entry_of(self.version)

    @property
    def choices(self) -> list[ChoiceOption]:
        return lettered(self.version.choices, self.typed[0].split(", "))

    @property
    def parts(self) -> list[PartField]:
        rows = zip(LETTERS, self.version.parts, entries_of(self.version), self.typed, strict=False)
        return [PartField(*row, points=Decimal(0)) for row in rows]

    def trial(self) -> TrialAnswer | None:
        """What a student would be told; None where nothing is typed."""
        response = self._response()[:TRY_LIMIT].replace("\0", "")
        return try_answer(self.version.content(), response) if response.strip() else None

    def _response(self) -> str:
        if not self.version.parts:
            return self.typed[0]
        rows = zip(LETTERS, self.typed, strict=False)
        return " ".join(f"{letter}) {text}" for letter, text in rows if text.strip())
