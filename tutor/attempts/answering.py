"""Where and how far a student is with an item: what the answering part of its page shows."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.gradebook import standing_of
from tutor.attempts.handouts import handed_out
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.responses import Entry, entry_of
from tutor.attempts.tasks import attempts_left
from tutor.courses.models import Enrollment
from tutor.problems.models import ProblemVersion


@dataclass(frozen=True)
class Place:
    """A student's place in the section through which an item is assigned to them."""

    enrollment: Enrollment
    assignment: Assignment


def place_of(user: User, item: Item) -> Place | None:
    """None for teachers. Of several sections, one that still takes answers, soonest due."""
    rows = Assignment.objects.taken_by(user).with_item(item).select_related("section")
    assignments = [row.as_taken() for row in rows.order_by(F("their_due_at"))]
    if not assignments:
        return None
    now = timezone.now()
    taking = (one for one in assignments if one.takes_answers_at(now))
    assignment = next(taking, assignments[-1])
    return Place(Enrollment.objects.get(pk=assignment.enrollment), assignment)


def version_for(user: User, item: Item) -> ProblemVersion:
    """What this person sees of an item that has a version."""
    place = place_of(user, item)
    return handed_out(item, place.enrollment if place else None)


@dataclass(frozen=True)
class Choice:
    letter: str
    text: str
    is_chosen: bool


class Answering:
    """What `attempts/_answer.html` shows: the newest result, the form, earlier attempts."""

    def __init__(self, place: Place, item: Item, version: ProblemVersion) -> None:
        self.assignment, self.item, self.version = place.assignment, item, version
        self.enrollment = place.enrollment
        attempts = Attempt.objects.of(place.enrollment, item)
        self.attempts = list(attempts.select_related("grade__author", "version", "advice"))
        self.entry: Entry = entry_of(version)
        self.action: UUID = uuid4()
        self.left = attempts_left(self.assignment, self.attempts)
        self.standing = standing_of(self.attempts, item, self.assignment)
        self.typed = self._kept()

    def _kept(self) -> list[str]:
        """What was typed last: the draft, or else what could not be read."""
        draft = Draft.objects.filter(enrollment=self.enrollment, item=self.item).first()
        if draft is not None:
            text = draft.response
        else:
            text = self.latest.response if self.latest and not self.latest.is_counted else ""
        return text.split(", ") if self.entry.is_choice else [text]

    @property
    def latest(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def earlier(self) -> list[Attempt]:
        """All but the latest, the newest first."""
        return self.attempts[-2::-1] if len(self.attempts) > 1 else []

    @property
    def number(self) -> int:
        """The place of the next attempt."""
        return len(self.attempts) + 1

    @property
    def is_right(self) -> bool:
        return any(attempt.is_right for attempt in self.attempts)

    @property
    def next_item(self) -> Item | None:
        later = Item.objects.filter(
            problem_set=self.item.problem_set_id, position__gt=self.item.position
        )
        return later.first()

    @property
    def is_open(self) -> bool:
        return self.assignment.takes_answers_at(timezone.now())

    @property
    def is_late(self) -> bool:
        return timezone.now() > self.assignment.due_at

    @property
    def takes_response(self) -> bool:
        return self.is_open and not self.is_right and self.left != 0

    @property
    def choices(self) -> list[Choice]:
        lettered = ((chr(ord("A") + n), text) for n, text in enumerate(self.version.choices))
        return [Choice(letter, text, letter in self.typed) for letter, text in lettered]
