"""The part of an item's page on which a student answers it."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from tutor.attempts.access import ItemAccess
from tutor.attempts.creating import attempts_left
from tutor.attempts.fields.keys import Key, keys_for
from tutor.attempts.models import AnsweredPart, Attempt, Draft, count_attempts, next_number
from tutor.attempts.next_steps import NextSteps
from tutor.attempts.responses import Entry, entries_of, entry_of
from tutor.attempts.results.item_progress import progress_on_item
from tutor.attempts.sealing import when_told
from tutor.attempts.working.accepting import MAX_LINE_CHARACTERS, MAX_LINES
from tutor.attempts.working.check_visibility import visibility_for
from tutor.attempts.working.shown_working import Working, working_of
from tutor.courses.conventions import convention_of_page
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.multipart import LETTERS
from tutor.prepared import prepared

EARLIER_SHOWN = 5  # attempts at once
# The addresses to which the answering part sends what is typed, by what is done with it.
ADDRESSES = {
    "answer": "answer",
    "submit": "attempt-submit",
    "draft": "draft",
    "working": "working-draft",
    "check": "working-check",
    "earlier": "answer-earlier",
}


@dataclass(frozen=True)
class ChoiceOption:
    letter: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class PartField:
    """One part in the form.

    question: its row of the version. points: what it is worth. judged: as it was answered last,
    None without an attempt at this version.
    """

    letter: str
    question: Mapping[str, Any]
    entry: Entry
    typed: str
    points: Decimal
    judged: AnsweredPart | None = None

    @property
    def choices(self) -> list[ChoiceOption]:
        return lettered(self.question["choices"], self.typed.split(", "))


@dataclass(frozen=True)
class EarlierAttempts:
    """Some of a student's attempts with their working, the newest first.

    left: how many are still earlier.
    """

    rows: list[tuple[Attempt, Working | None]]
    left: int


@prepared
def _drafts_at(enrollment_pk: int, item_pk: int) -> QuerySet[Draft]:
    """One at most."""
    return Draft.objects.filter(enrollment=enrollment_pk, item=item_pk, practice=None)


def lettered(texts: Sequence[str], chosen: Sequence[str]) -> list[ChoiceOption]:
    letters = [chr(ord("A") + n) for n in range(len(texts))]
    rows = zip(letters, texts, strict=True)
    return [ChoiceOption(letter, text, letter in chosen) for letter, text in rows]


class Answering:
    """What `attempts/_answer.html` shows: the newest result, the form, earlier attempts."""

    def __init__(self, access: ItemAccess) -> None:
        self.assignment, self.item, self.version = access.assignment, access.item, access.version
        self.enrollment, self.practice, self.terms = (
            access.enrollment,
            access.practice,
            access.terms,
        )
        self.is_held = access.is_held
        self.attempts = access.attempts_as_shown()
        by_pk = {attempt.pk: attempt for attempt in self.attempts}
        for attempt in self.attempts:
            if attempt.repeats_id in by_pk:
                attempt.repeats = by_pk[attempt.repeats_id]
            if attempt.version_id == self.version.pk:
                attempt.version = self.version  # so that its key is read once
        count_attempts(self.attempts)
        grade = self.latest.grade if self.latest else None
        self.entry: Entry = entry_of(self.version, self.assignment.section).told(
            grade.feedback if grade else None
        )
        self.action: UUID = uuid4()
        self.left = attempts_left(self.terms, self.attempts)
        self._here = [
            attempt for attempt in self.attempts if attempt.enrollment_id == self.enrollment.pk
        ]
        self.item_progress = progress_on_item(self._here, self.item, self.assignment)
        self._draft = next(iter(self._drafts()), None)
        self.typed = self._last_response()
        self.typed_parts = self._last_parts()
        self.working = self._last_working()
        self.visibility = visibility_for(access, self.attempts)
        self.next_steps = NextSteps(access, self.attempts)

    def _drafts(self) -> list[Draft]:
        if self.practice is None:
            return _drafts_at(self.enrollment.pk, self.item.pk)
        own = Draft.objects.filter(enrollment=self.enrollment, item=self.item)
        return list(own.filter(practice=self.practice))

    def _last_response(self) -> list[str]:
        """What was typed last: the draft, or else the latest response, to be corrected."""
        if self._draft is not None:
            text = self._draft.response
        else:
            text = self.latest.as_typed if self.latest else ""
        return text.split(", ") if self.entry.is_choice else [text]

    def _last_parts(self) -> list[str]:
        """The draft's, or else those of the last attempt, of which some may be right."""
        if self._draft is not None:
            responses = self._draft.parts
        else:
            responses = self.latest.parts_as_typed if self.latest else []
        count = len(self.version.parts)
        return [*responses[:count], *[""] * (count - len(responses))]

    @cached_property
    def parts(self) -> list[PartField]:
        """One field for each part; empty where the problem has none."""
        parts = self.version.parts
        whole = sum(part["share"] for part in parts)
        judged = {part.letter: part for part in self._judged_parts()}
        rows = zip(LETTERS, parts, self._entries, self.typed_parts, strict=False)
        return [
            PartField(
                letter,
                part,
                entry.told(judged[letter].feedback) if letter in judged else entry,
                typed,
                self.item.part_points(part["share"], whole),
                judged.get(letter),
            )
            for letter, part, entry, typed in rows
        ]

    def _judged_parts(self) -> list[AnsweredPart]:
        latest = self.latest
        if latest is None or latest.is_sealed or latest.version_id != self.version.pk:
            return []
        return latest.parts_shown

    @property
    def judges_at_parts(self) -> bool:
        """Whether each part says itself what the newest attempt came to."""
        return any(part.judged for part in self.parts)

    @property
    def _entries(self) -> list[Entry]:
        return entries_of(self.version, self.assignment.section)

    def _last_working(self) -> str:
        """The draft's lines, or else those of the last attempt, to be corrected."""
        if self._draft is not None:
            lines = self._draft.working
        else:
            lines = self.latest.working if self.latest else []
        return "\n".join(lines)

    @property
    def latest(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def shown_answers_json(self) -> str:
        """What the newest attempt says, as its fields show it: JSON of a text for each part."""
        if self.latest is None:
            return "[]"
        return json.dumps(self.latest.parts_as_typed or [self.latest.as_typed])

    @cached_property
    def latest_working(self) -> Working | None:
        return self._shown(self.latest) if self.latest else None

    @property
    def earlier_count(self) -> int:
        return max(0, len(self.attempts) - 1)

    @cached_property
    def earlier(self) -> EarlierAttempts:
        """The newest of those before the latest."""
        return self.earlier_than(self.earlier_count)

    def earlier_than(self, end: int) -> EarlierAttempts:
        """The newest of the first `end` attempts; more come only on request."""
        begin = max(0, end - EARLIER_SHOWN)
        rows = [(attempt, self._shown(attempt)) for attempt in self.attempts[begin:end][::-1]]
        return EarlierAttempts(rows, begin)

    def _shown(self, attempt: Attempt) -> Working | None:
        return working_of(attempt, self.visibility, self._reader)

    @cached_property
    def _reader(self) -> LineReader:
        return LineReader(decimal_comma=self.entry.types_comma)

    @property
    def max_lines(self) -> int:
        return MAX_LINES

    @property
    def max_line_length(self) -> int:
        return MAX_LINE_CHARACTERS

    @property
    def next_number(self) -> int:
        """Of the next attempt."""
        return next_number(self.attempts)

    @property
    def is_right(self) -> bool:
        """In this class. A student who was right in another class submits the answer here again."""
        return any(attempt.is_right for attempt in self._here)

    @cached_property
    def when_told(self) -> str:
        """When the student reads what is right; empty where that is no secret now."""
        return when_told(self.assignment) if self.practice is None else ""

    @property
    def may_replace(self) -> bool:
        """Whether the newest answer is sealed, and another one may still take its place."""
        is_sealed = self.latest is not None and self.latest.is_sealed
        return is_sealed and self.takes_response

    @property
    def is_open(self) -> bool:
        return self.terms.takes_answers_at(timezone.now())

    @property
    def is_in_open_test(self) -> bool:
        """Whether this is a test in which the teacher left help open, and it takes answers."""
        return self.practice is None and self.is_open and bool(self.assignment.help_in_test)

    @property
    def is_settling(self) -> bool:
        """Whether the server is about to submit what was typed when the time was over."""
        is_over = self.practice is None and self.assignment.is_time_over
        return is_over and self._draft is not None and self.assignment.sitting_settled_at is None

    @property
    def zone(self) -> str:
        return self.assignment.section.time_zone

    @property
    def has_half_days(self) -> bool:
        """Whether the class writes 8 pm for 20:00."""
        return convention_of_page().writes_half_days

    @property
    def is_late(self) -> bool:
        return self.practice is None and timezone.now() > self.assignment.due_at

    @cached_property
    def urls(self) -> dict[str, str]:
        if self.practice is None:
            return {act: reverse(name, args=[self.item.code]) for act, name in ADDRESSES.items()}
        code = self.practice.code
        return {act: reverse(f"practice-{name}", args=[code]) for act, name in ADDRESSES.items()}

    @property
    def draft_key(self) -> str:
        """Under which a browser keeps what is typed."""
        return f"{(self.practice or self.item).code}/{self.next_number}"

    @property
    def draft_age_s(self) -> int | None:
        """Seconds since the draft was saved, rounded up: a browser may have a younger one.

        None without one.
        """
        if self._draft is None:
            return None
        return math.ceil((timezone.now() - self._draft.saved_at).total_seconds())

    @property
    def offers_practice(self) -> bool:
        """For a problem with variants, once this one is done.

        Not while attempts are left, a grade is pending, the time runs or answers are sealed.
        """
        if self.is_held or self.when_told or not self.version.seed:
            return False
        if self.takes_response:
            return self.practice is not None
        is_timed = self.assignment.time_limit_min is not None and self.is_open
        return not (is_timed or (self.latest and self.latest.is_pending))

    @property
    def is_self_study(self) -> bool:
        return self.assignment.section.is_self_study

    @property
    def takes_response(self) -> bool:
        return self.is_open and not (self.is_held or self.is_right) and self.left != 0

    @property
    def shows_form(self) -> bool:
        return self.takes_response and not (self.latest and self.latest.is_pending)

    @property
    def shows_working(self) -> bool:
        """Not where a word is asked for, or lines are never checked; but what was typed stays."""
        is_worked_out = not all(entry.is_words for entry in self._entries or [self.entry])
        is_checked = self.visibility.marks or bool(self.visibility.when)
        return (is_worked_out and is_checked) or bool(self.working.strip())

    @property
    def takes_last_line(self) -> bool:
        """Whether the form offers to put the last line of the working into the answer's field."""
        return not (self.version.parts or self.entry.is_choice)

    @property
    def choices(self) -> list[ChoiceOption]:
        return lettered(self.version.choices, self.typed)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Those above the keyboard of a phone."""
        entries = [part.entry for part in self.parts] or [self.entry]
        has_comma = any(entry.types_comma for entry in entries)
        kinds = [entry.kind for entry in entries]
        return keys_for(kinds, self.version.statement, decimal_comma=has_comma)
