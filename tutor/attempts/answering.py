"""Where and how far a student is with an item: what the answering part of its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item, given_everywhere
from tutor.attempts.gradebook import progress_on_item
from tutor.attempts.models import (
    Attempt,
    AttemptQuerySet,
    Draft,
    Practice,
    Terms,
    WorkingCheck,
    next_number,
)
from tutor.attempts.responses import Entry, entries_of, entry_of
from tutor.attempts.running_tests import is_held
from tutor.attempts.tasks import attempts_left
from tutor.attempts.variants import variant_for
from tutor.attempts.witness_visibility import EVERYTHING, NOTHING, visibility_for
from tutor.attempts.working import (
    LONGEST_LINE,
    MOST_LINES,
    LineReader,
    WitnessVisibility,
    Working,
    said_count,
    working_of,
)
from tutor.courses.models import Enrollment
from tutor.grading.multipart import LETTERS
from tutor.problems.models import ProblemVersion

# The addresses to which the answering part sends what is typed, by what is done with it.
ADDRESSES = {
    "answer": "answer",
    "submit": "attempt-submit",
    "draft": "draft",
    "working": "working-draft",
    "check": "working-check",
}


@dataclass(frozen=True)
class ItemAccess:
    """A student's place in the section through which an item is assigned to them.

    practice: the further variant of it that they are at; None at what is asked for.
    """

    enrollment: Enrollment
    assignment: Assignment
    practice: Practice | None = None

    @property
    def terms(self) -> Terms:
        return self.practice or self.assignment

    def attempts_at(self, item: Item) -> AttemptQuerySet:
        attempts = Attempt.with_practice.of_person(self.enrollment, item, self.practice)
        return attempts.select_related("grade")

    def version_of(self, item: Item) -> ProblemVersion:
        if self.practice is not None:
            return self.practice.version
        return variant_for(item, self.enrollment)

    def is_held(self, item: Item) -> bool:
        """Whether a test of the student that runs has the problem, so that nothing is said here."""
        in_practice = self.practice is not None
        return is_held(self.enrollment.user, self.assignment, item, in_practice=in_practice)

    def page_of(self, item: Item) -> str:
        return (self.practice or item).get_absolute_url()


def access_for(user: User, item: Item) -> ItemAccess | None:
    """None for teachers. Of several sections, one that still takes answers, soonest due.

    While the student's time runs in one, it is that one.
    """
    now = timezone.now()
    opened = [one for one in given_everywhere(user.pk, item) if one.opens_at <= now]
    if not opened:
        return None
    running = [one for one in opened if one.is_running]
    taking = running or [one for one in opened if one.takes_answers_at(now)]
    assignment = _unfinished(taking, item) or opened[-1]
    places = Enrollment.objects.select_related("user")
    return ItemAccess(places.get(pk=assignment.enrollment), assignment)


def _unfinished(taking: list[Assignment], item: Item) -> Assignment | None:
    """The first in which the student is not right yet; where they are in all, the first."""
    done: set[int] = set()
    if len(taking) > 1:
        places = [one.enrollment for one in taking]
        right = Attempt.objects.filter(enrollment__in=places, item=item).right()
        done = set(right.values_list("enrollment", flat=True))
    open_ones = (one for one in taking if one.enrollment not in done)
    return next(open_ones, next(iter(taking), None))


def access_from_practice(practice: Practice) -> ItemAccess | None:
    """None once its student has the item no more."""
    given = given_everywhere(practice.enrollment.user_id, practice.item)
    here = (one for one in given if one.enrollment == practice.enrollment_id)
    assignment = next(here, None)
    return ItemAccess(practice.enrollment, assignment, practice) if assignment else None


def access_of_author(attempt: Attempt) -> ItemAccess | None:
    """Where its student is with what it answers; None once they have it no more."""
    if attempt.practice is not None:
        return access_from_practice(attempt.practice)
    return access_for(attempt.enrollment.user, attempt.item)


def version_for(user: User, item: Item) -> ProblemVersion:
    """What this person sees of an item that has a version."""
    place = access_for(user, item)
    return variant_for(item, place.enrollment if place else None)


@dataclass(frozen=True)
class ChoiceOption:
    letter: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class PartField:
    """What the form shows of one part. asked: its row of the version. points: what it is worth."""

    letter: str
    asked: Mapping[str, Any]
    entry: Entry
    typed: str
    points: Decimal

    @property
    def choices(self) -> list[ChoiceOption]:
        return lettered(self.asked["choices"], self.typed.split(", "))


def lettered(texts: Sequence[str], chosen: Sequence[str]) -> list[ChoiceOption]:
    letters = [chr(ord("A") + n) for n in range(len(texts))]
    rows = zip(letters, texts, strict=True)
    return [ChoiceOption(letter, text, letter in chosen) for letter, text in rows]


class Answering:
    """What `attempts/_answer.html` shows: the newest result, the form, earlier attempts."""

    def __init__(self, place: ItemAccess, item: Item, version: ProblemVersion) -> None:
        self.assignment, self.item, self.version = place.assignment, item, version
        self.enrollment, self.practice, self.terms = place.enrollment, place.practice, place.terms
        self.is_held = place.is_held(item)
        attempts = place.attempts_at(item)
        self.attempts = list(
            attempts.select_related("grade__author", "version", "advice", "repeats")
        )
        for attempt in self.attempts:
            if attempt.version_id == version.pk:
                attempt.version = version  # so that its key is read once
        self.entry: Entry = entry_of(version)
        self.action: UUID = uuid4()
        self.left = attempts_left(self.terms, self.attempts)
        self._here = [one for one in self.attempts if one.enrollment_id == self.enrollment.pk]
        self.item_progress = progress_on_item(self._here, item, self.assignment)
        drafts = Draft.objects.filter(enrollment=self.enrollment, item=item)
        self._draft = drafts.filter(practice=self.practice).first()
        self.typed = self._kept_response()
        self.typed_parts = self._kept_parts()
        self.working = self._kept_working()
        self.visibility = visibility_for(
            *(self.enrollment.user, self.assignment, self.terms, self.attempts, version),
            is_held=self.is_held,
        )

    def _kept_response(self) -> list[str]:
        """What was typed last: the draft, or else what could not be read."""
        if self._draft is not None:
            text = self._draft.response
        else:
            text = self.latest.response if self.latest and self._may_be_mended else ""
        return text.split(", ") if self.entry.is_choice else [text]

    @property
    def _may_be_mended(self) -> bool:
        """Whether the latest was not understood, or was given before."""
        latest = self.latest
        return latest is not None and not (latest.is_counted and latest.repeats_id is None)

    def _kept_parts(self) -> list[str]:
        """The draft's, or else those of the last attempt, of which some may be right."""
        if self._draft is not None:
            kept = self._draft.parts
        else:
            kept = self.latest.part_responses if self.latest else []
        count = len(self.version.parts)
        return [*kept[:count], *[""] * (count - len(kept))]

    @cached_property
    def parts(self) -> list[PartField]:
        """One field for each part; empty where the problem has none."""
        asked = self.version.parts
        whole = sum(part["share"] for part in asked)
        rows = zip(LETTERS, asked, entries_of(self.version), self.typed_parts, strict=False)
        return [
            PartField(letter, part, entry, typed, self.item.part_points(part["share"], whole))
            for letter, part, entry, typed in rows
        ]

    def _kept_working(self) -> str:
        """The draft's lines, or else those of the last attempt, to be mended."""
        if self._draft is not None:
            lines = self._draft.working
        else:
            lines = self.latest.working if self.latest else []
        return "\n".join(lines)

    @property
    def latest(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @cached_property
    def latest_working(self) -> Working | None:
        return self._shown(self.latest) if self.latest else None

    @cached_property
    def earlier(self) -> list[tuple[Attempt, Working | None]]:
        """All but the latest, the newest first, with their working."""
        earlier = self.attempts[-2::-1] if len(self.attempts) > 1 else []
        return [(attempt, self._shown(attempt)) for attempt in earlier]

    def _shown(self, attempt: Attempt) -> Working | None:
        return working_of(attempt, self.visibility, self._reader)

    @cached_property
    def _reader(self) -> LineReader:
        return LineReader(decimal_comma=self.entry.decimal_comma)

    @property
    def most_lines(self) -> int:
        return MOST_LINES

    @property
    def longest_line(self) -> int:
        return LONGEST_LINE

    @property
    def number(self) -> int:
        """That of the next attempt."""
        return next_number(self.attempts)

    @property
    def is_right(self) -> bool:
        """In this section: whoever was right in another one says so here once more."""
        return any(attempt.is_right for attempt in self._here)

    @property
    def next_item(self) -> Item | None:
        later = Item.objects.filter(
            problem_set=self.item.problem_set_id, position__gt=self.item.position
        )
        return later.first()

    @property
    def is_open(self) -> bool:
        return self.terms.takes_answers_at(timezone.now())

    @property
    def is_settling(self) -> bool:
        """Whether the server is about to hand in what was typed when the time was over."""
        is_over = self.practice is None and self.assignment.is_time_over
        return is_over and self._draft is not None and self.assignment.sitting_settled_at is None

    @property
    def zone(self) -> str:
        return self.assignment.section.time_zone

    @property
    def is_late(self) -> bool:
        return self.practice is None and timezone.now() > self.assignment.due_at

    @cached_property
    def urls(self) -> dict[str, str]:
        if self.practice is None:
            return {part: reverse(name, args=[self.item.code]) for part, name in ADDRESSES.items()}
        code = self.practice.code
        return {part: reverse(f"practice-{name}", args=[code]) for part, name in ADDRESSES.items()}

    @property
    def draft_key(self) -> str:
        """Under which a browser keeps what is typed."""
        return f"{(self.practice or self.item).code}/{self.number}"

    @property
    def is_practised(self) -> bool:
        """Whether the page has a part for practice: where there are variants, and after one's own.

        An attempt that is left, a verdict that is awaited and a time that runs come first.
        """
        if self.is_held:
            return False
        if not self.version.seed or self.takes_response:
            return self.practice is not None
        is_timed = self.assignment.time_limit_min is not None and self.is_open
        return not (is_timed or (self.latest and self.latest.is_pending))

    @property
    def may_go_on(self) -> bool:
        """Whether a further variant may be drawn: not before this one was tried."""
        is_tried = self.practice is None or any(attempt.is_counted for attempt in self.attempts)
        return is_tried and self.item.version is not None and self.item.version.is_template

    @cached_property
    def begun(self) -> list[Practice]:
        """What was practised at the item so far."""
        return list(Practice.objects.of(self.enrollment, self.item).with_results())

    @property
    def takes_response(self) -> bool:
        return self.is_open and not (self.is_held or self.is_right) and self.left != 0

    @property
    def shows_form(self) -> bool:
        return self.takes_response and not (self.latest and self.latest.is_pending)

    @property
    def choices(self) -> list[ChoiceOption]:
        return lettered(self.version.choices, self.typed)


def working_seen_by(user: User, attempt: Attempt) -> Working | None:
    """The working of an attempt with all that `user`, who may see the attempt, may know of it."""
    is_own = attempt.enrollment.user_id == user.pk
    return working_of(
        attempt,
        _visibility_for_author(attempt) if is_own else EVERYTHING,
        LineReader(decimal_comma=entry_of(attempt.version).decimal_comma),
    )


def checks_seen_by_owner(attempt: Attempt) -> list[dict[str, Any]]:
    """What is stored of the check of an attempt's lines, as far as its page says it."""
    visibility = _visibility_for_author(attempt)
    return list(attempt.checks[: said_count(attempt.working, attempt.version, visibility)])


def failing_seen_by_owner(check: WorkingCheck) -> int | None:
    """The first line that did not follow; None where the check may have said less than that."""
    practised = Practice.objects.of(check.enrollment, check.item).filter(version=check.version_id)
    practice = practised.select_related("enrollment__user", "item", "version").first()
    place = (
        access_from_practice(practice)
        if practice
        else access_for(check.enrollment.user, check.item)
    )
    if place is None or check.item.version is None:
        return None
    visibility = visibility_at(place, check.item)
    return check.failing if visibility.marks and visibility.bare_values else None


def _visibility_for_author(attempt: Attempt) -> WitnessVisibility:
    """By what is still asked of them, which may be another version than this attempt answered."""
    place = access_of_author(attempt)
    if place is None or attempt.item.version is None:
        return NOTHING  # who left the section may still have friends in it
    return visibility_at(place, attempt.item)


def visibility_at(place: ItemAccess, item: Item) -> WitnessVisibility:
    attempts = list(place.attempts_at(item))
    return visibility_for(
        *(place.enrollment.user, place.assignment, place.terms, attempts, place.version_of(item)),
        is_held=place.is_held(item),
    )
