"""Which exercises a student may do at an item, and how far they are."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property

from tutor.assignments.models import ExerciseKind, HelpLevel
from tutor.attempts.access import ItemAccess
from tutor.attempts.exercises.made_exercises import may_ask_for_making, stored_exercises
from tutor.attempts.exercises.tasks import queue_exercises
from tutor.attempts.models import ExerciseResult, GivenHelp
from tutor.attempts.working.check_visibility import sits_elsewhere
from tutor.grading.exercises import LineExercises

_WITH_LINES = (HelpLevel.LINE, HelpLevel.STEP, HelpLevel.SOLUTION)
ADDRESSES = {ExerciseKind.FADED: "faded-example", ExerciseKind.WRONG_LINE: "wrong-line"}


@dataclass(frozen=True)
class ExerciseOffer:
    """One kind of exercise at an item. results: the student's, by number; count: of exercises."""

    kind: ExerciseKind
    url: str
    count: int
    results: dict[int, bool]

    @property
    def done(self) -> int:
        return sum(number <= self.count for number in self.results)

    @property
    def next_number(self) -> int:
        """The first that was not done; the last where all were."""
        numbers = range(1, self.count + 1)
        return next((number for number in numbers if number not in self.results), self.count)


class Exercises:
    """Those of a student at an item, of the variant that is assigned to them."""

    def __init__(self, access: ItemAccess) -> None:
        self.access = access

    @cached_property
    def kinds(self) -> list[ExerciseKind]:
        """What the teachers allow now, in all classes in which the student has the problem."""
        access = self.access
        user, assignment = access.enrollment.user, access.assignment
        if access.practice or access.is_held or sits_elsewhere(user, assignment):
            return []
        given = (assignment, *assignment.parallels)
        return [kind for kind in ExerciseKind if all(row.offers_exercise(kind) for row in given)]

    @cached_property
    def made(self) -> LineExercises | None:
        """None while a worker makes them."""
        if not self.kinds:
            return LineExercises()
        access = self.access
        exercises = stored_exercises(access.version)
        user_pk = access.enrollment.user_id
        if exercises is None and may_ask_for_making(access.version, user_pk):
            queue_exercises(access.item, access.version, user_pk)
        return exercises

    @property
    def is_being_made(self) -> bool:
        return self.made is None

    @cached_property
    def offers(self) -> list[ExerciseOffer]:
        offers = [self._offer(kind) for kind in self.kinds]
        return [offer for offer in offers if offer.count]

    def offer_of(self, kind: ExerciseKind) -> ExerciseOffer | None:
        return next((offer for offer in self.offers if offer.kind == kind), None)

    def _offer(self, kind: ExerciseKind) -> ExerciseOffer:
        url = reverse(ADDRESSES[kind], args=[self.access.item.code])
        return ExerciseOffer(kind, url, self._count(kind), self.results_of(kind))

    def _count(self, kind: ExerciseKind) -> int:
        if self.made is None:
            return 0
        if kind == ExerciseKind.FADED:
            return len(self.made.solutions)
        return len(self.made.wrong) if self.has_seen_right_lines else 0

    def results_of(self, kind: ExerciseKind) -> dict[int, bool]:
        """By the number of the exercise, whether it was right."""
        return {result.number: result.is_right for result in self._results if result.kind == kind}

    @cached_property
    def _results(self) -> list[ExerciseResult]:
        own = self.access.enrollment.of_same_person()
        return list(ExerciseResult.objects.filter(enrollment__in=own, item=self.access.item))

    @cached_property
    def has_seen_right_lines(self) -> bool:
        """Who has not seen a right solution might learn the wrong line."""
        own = self.access.enrollment.of_same_person()
        given = GivenHelp.objects.filter(
            enrollment__in=own, item=self.access.item, level__in=_WITH_LINES
        )
        return (
            bool(self.results_of(ExerciseKind.FADED))
            or any(attempt.is_right for attempt in self.access.attempts)
            or given.exists()
        )

    def note(self, kind: ExerciseKind, number: int, *, is_right: bool) -> None:
        """Store how it was done; the first time only."""
        ExerciseResult.objects.get_or_create(
            enrollment=self.access.enrollment,
            item=self.access.item,
            kind=kind,
            number=number,
            defaults={"is_right": is_right},
        )
