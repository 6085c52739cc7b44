"""The page of a problem for a teacher who tries it: as students have it, but nothing is stored."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tutor.assignments.models import CHECK, Assignment, HelpLevel, Item
from tutor.attempts.answering import ChoiceOption, PartField, lettered
from tutor.attempts.fields.keys import Key, keys_for
from tutor.attempts.help import is_offered, when_offered
from tutor.attempts.responses import Entry, entries_of, entry_of
from tutor.attempts.sealing import when_told
from tutor.attempts.working.accepting import MAX_LINE_CHARACTERS, MAX_LINES
from tutor.attempts.working.check_visibility import NOTHING, CheckVisibility, shown_to_student
from tutor.grading.multipart import LETTERS
from tutor.problems.editing.preview import TRY_LIMIT, TrialAnswer, try_answer
from tutor.problems.models import ProblemVersion

_ADDRESSES = {
    "answer": "try-item",
    "submit": "try-item",
    "draft": "try-draft",
    "working": "try-working",
    "check": "try-check",
}


@dataclass(frozen=True)
class TrialItem:
    """An item whose page is that of a trial. number: in its set, from 1."""

    item: Item
    assignment: Assignment
    number: int

    @property
    def code(self) -> UUID:
        return self.item.code

    @property
    def points(self) -> Decimal:
        return self.item.points

    def get_absolute_url(self) -> str:
        return reverse("try-item", args=[self.assignment.code, self.code])


def visibility_of_trial(assignment: Assignment, version: ProblemVersion) -> CheckVisibility:
    """What a student sees of a check before the first attempt."""
    if not is_offered(CHECK, assignment, []):
        return CheckVisibility(NOTHING.shows, marks=False, when=when_offered(CHECK, assignment))
    shows = shown_to_student(assignment, [], version)
    return CheckVisibility(shows, bare_values=assignment.attempts_allowed is None)


class TrialAnswering:
    """What the templates of an answer show, as `attempts.answering.Answering` has it."""

    is_held = is_late = is_right = has_half_days = False
    is_open = shows_form = takes_response = True
    practice = latest = draft_age_s = None
    next_number = 1
    item_progress = None

    def __init__(
        self, item: TrialItem, version: ProblemVersion, typed: list[str], working: str
    ) -> None:
        """typed: the response, or that to each part."""
        self.item, self.version, self.typed, self.working = item, version, typed, working
        self.assignment = item.assignment
        self.action = uuid4()
        self.visibility = visibility_of_trial(self.assignment, version)
        self.left = self.assignment.attempts_allowed
        self.max_lines, self.max_line_length = MAX_LINES, MAX_LINE_CHARACTERS
        self.zone = self.assignment.section.time_zone

    @cached_property
    def urls(self) -> dict[str, str]:
        codes = [self.assignment.code, self.item.code]
        return {act: reverse(name, args=codes) for act, name in _ADDRESSES.items()}

    @property
    def draft_key(self) -> str:
        """Another one at each visit: a browser brings nothing back."""
        return f"try/{self.action}"

    @cached_property
    def entry(self) -> Entry:
        return entry_of(self.version, self.assignment.section)

    @cached_property
    def _entries(self) -> list[Entry]:
        return entries_of(self.version, self.assignment.section)

    @property
    def choices(self) -> list[ChoiceOption]:
        return lettered(self.version.choices, self.typed[0].split(", "))

    @cached_property
    def parts(self) -> list[PartField]:
        parts = self.version.parts
        whole = sum(part["share"] for part in parts)
        rows = zip(LETTERS, parts, self._entries, self.typed, strict=False)
        points = self.item.item.part_points
        return [PartField(*row, points=points(row[1]["share"], whole)) for row in rows]

    @property
    def keys(self) -> tuple[Key, ...]:
        entries = self._entries or [self.entry]
        has_comma = any(entry.types_comma for entry in entries)
        kinds = [entry.kind for entry in entries]
        return keys_for(kinds, self.version.statement, decimal_comma=has_comma)

    @property
    def shows_working(self) -> bool:
        is_worked_out = not all(entry.is_words for entry in self._entries or [self.entry])
        return is_worked_out and (self.visibility.marks or bool(self.visibility.when))

    @property
    def takes_last_line(self) -> bool:
        return not (self.version.parts or self.entry.is_choice)

    def take_last_line(self) -> None:
        """Hand in the answer in the last line of the working, which then stands in the field."""
        lines = [line for line in self.working.splitlines() if line.strip()]
        if lines and self.takes_last_line:
            self.typed = [self.entry.in_line(lines[-1])]

    @property
    def when_told(self) -> str:
        """When students read whether their answer is right, if not at once."""
        return when_told(self.assignment)

    @property
    def result(self) -> str:
        """What tells a script that another answer was judged."""
        return str(self.action) if any(text.strip() for text in self.typed) else ""

    def trial(self) -> TrialAnswer | None:
        """What a student would be told; None where nothing is typed."""
        response = self._response()[:TRY_LIMIT].replace("\0", "")
        return try_answer(self.version.content(), response) if response.strip() else None

    def _response(self) -> str:
        if not self.version.parts:
            return self.entry.as_of_problem(self.typed[0])
        rows = zip(LETTERS, self._entries, self.typed, strict=False)
        return " ".join(
            f"{letter}) {e.as_of_problem(text)}" for letter, e, text in rows if text.strip()
        )


@dataclass(frozen=True)
class ShownHint:
    number: int
    text: str


class TrialPanel:
    """The help before the first attempt, as `solutions/_help_panel.html` shows it to a student.

    shown: how many hints were asked for. All other help needs an attempt, or a student's own lines:
    the panel says when students get it.
    """

    def __init__(self, item: TrialItem, version: ProblemVersion, shown: int) -> None:
        self.item, self.version, self.assignment = item, version, item.assignment
        self._shown = shown if is_offered(HelpLevel.HINT, self.assignment, []) else 0

    @property
    def url(self) -> str:
        return reverse("try-help", args=[self.assignment.code, self.item.code])

    @property
    def hints(self) -> list[ShownHint]:
        texts = self.version.hints[: self._shown]
        return [ShownHint(number, text) for number, text in enumerate(texts, start=1)]

    @property
    def hints_count(self) -> int:
        return len(self.version.hints)

    @property
    def next_hint(self) -> int | None:
        is_left = len(self.hints) < self.hints_count
        offered = is_left and is_offered(HelpLevel.HINT, self.assignment, [])
        return len(self.hints) + 1 if offered else None

    @property
    def hints_when(self) -> str:
        return self._when(HelpLevel.HINT) if self.hints_count and not self.next_hint else ""

    @property
    def shows_hints(self) -> bool:
        return bool(self.hints or self.next_hint or self.hints_when)

    @property
    def answer_hints_when(self) -> str:
        return self._when(HelpLevel.ANSWER_HINT)

    @property
    def lines_when(self) -> str:
        return "" if self.version.parts else self._when(HelpLevel.LINE)

    @property
    def steps_when(self) -> str:
        return self._when(HelpLevel.STEP)

    @property
    def shows_answer_hints(self) -> bool:
        return bool(self.answer_hints_when)

    @property
    def shows_lines(self) -> bool:
        return bool(self.lines_when)

    @property
    def shows_steps(self) -> bool:
        return bool(self.steps_when)

    @property
    def solution_when(self) -> str:
        return self._when(HelpLevel.SOLUTION)

    @property
    def is_empty(self) -> bool:
        shown = (self.shows_hints, self.shows_answer_hints, self.shows_lines, self.shows_steps)
        return not any(shown)

    def _when(self, level: HelpLevel) -> str:
        """When students get it; empty where they never do."""
        if level.is_by_model and not self.item.item.has_model_help:
            return ""
        if is_offered(level, self.assignment, []):
            return _("Students can ask for it here.")
        return when_offered(level, self.assignment)
