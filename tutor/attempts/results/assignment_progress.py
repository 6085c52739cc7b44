"""How far a student is with whole assignments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from accounts.models import User
from tutor.assignments.models import Assignment, AssignmentQuerySet, Item
from tutor.attempts.counting import ProgressState
from tutor.attempts.models import Attempt, Practice
from tutor.attempts.results.item_progress import (
    ItemProgress,
    attempts_by_student_and_item,
    progress_on_item,
)
from tutor.attempts.results.practice_counts import practised_by_student_and_item
from tutor.attempts.sealing import sealed_sets
from tutor.courses.models import Enrollment

_SETTLED = (
    ProgressState.CORRECT,
    ProgressState.PENDING,
    ProgressState.UNDECIDED,
    ProgressState.SEALED,
)
ENROLLMENT_PK = "enrollment_pk"  # of which student the row of an assignment is


@dataclass(frozen=True)
class AssignmentProgress:
    """A student's progress with all items of an assignment, in their order."""

    items: list[tuple[Item, ItemProgress]]

    @property
    def right(self) -> int:
        return sum(progress.is_right for _, progress in self.items)

    @property
    def unhelped(self) -> int:
        """Those that were got right without help."""
        return sum(progress.is_right and not progress.is_helped for _, progress in self.items)

    @property
    def points(self) -> Decimal:
        return sum((progress.points for _, progress in self.items), Decimal(0))

    @property
    def max_points(self) -> Decimal:
        return sum((item.points for item, _ in self.items), Decimal(0))

    @property
    def is_begun(self) -> bool:
        return any(progress.tries for _, progress in self.items)

    @property
    def answered(self) -> int:
        """Those with an answer that counts."""
        return sum(bool(progress.tries) for _, progress in self.items)

    @property
    def is_sealed(self) -> bool:
        """Whether the student may not know yet what an answer came to."""
        return any(progress.is_sealed for _, progress in self.items)

    @property
    def is_complete(self) -> bool:
        """Whether there are items, and all of them are right."""
        return bool(self.items) and self.right == len(self.items)

    @property
    def next_item(self) -> Item | None:
        """The first that is neither right nor waiting for a grade, nor sealed."""
        return next(self._open_items(), None)

    def next_after(self, item: Item) -> Item | None:
        """The next one of these behind `item`, or else before it."""
        later = (row for row in self._open_items() if row.position > item.position)
        return next(later, self.next_item)

    def _open_items(self) -> Iterator[Item]:
        for item, progress in self.items:
            if progress.state not in _SETTLED:
                yield item


def as_seen_by(user: User, assignments: Iterable[Assignment]) -> list[Assignment]:
    """The same assignments in the same order, in one query.

    Those that `user` takes as a student carry that student's terms, as those of `taken_by` do
    already.
    """
    if (
        isinstance(assignments, AssignmentQuerySet)
        and ENROLLMENT_PK in assignments.query.annotations
    ):
        return [row.for_student() for row in assignments]
    assignments = list(assignments)
    keys = [assignment.pk for assignment in assignments]
    own = Assignment.objects.for_students(Enrollment.objects.filter(user=user))
    rows = own.filter(pk__in=keys).counting_items()
    rows = rows.select_related("problem_set", "section__course")
    taken = {row.pk: row.for_student() for row in rows}
    return [taken.get(assignment.pk, assignment) for assignment in assignments]


def progress_of(user: User, assignments: Iterable[Assignment]) -> dict[int, AssignmentProgress]:
    """By assignment, for those that `user` takes as a student, as `user` may know it.

    Five queries for all of them.
    """
    return progress_in(as_seen_by(user, assignments), sealed_sets(user.pk))


def progress_for_teacher(
    student: User, assignments: Iterable[Assignment]
) -> dict[int, AssignmentProgress]:
    """As `progress_of`, with what the student may not know yet."""
    return progress_in(as_seen_by(student, assignments), sealed=frozenset())


def progress_in(
    rows: Iterable[Assignment], sealed: frozenset[int]
) -> dict[int, AssignmentProgress]:
    """As `progress_of`, from what `as_seen_by` returned; three queries.

    sealed: problem sets of which the answers are sealed to the reader.
    """
    taken = [row for row in rows if hasattr(row, ENROLLMENT_PK)]
    sets = {assignment.problem_set_id for assignment in taken}
    items = _items_by_set(sets)
    at_items = {
        "enrollment__in": {assignment.enrollment_pk for assignment in taken},
        "item__problem_set__in": sets,
    }
    graded = Attempt.objects.filter(**at_items).select_related("grade")
    attempts = attempts_by_student_and_item(
        graded.defer("working", "checks", "response", "reading")
    )
    set_by_item = {item.pk: item.problem_set_id for of_set in items.values() for item in of_set}
    for (_, item_pk), at_item in attempts.items() if sealed else ():
        for attempt in at_item if set_by_item[item_pk] in sealed else ():
            attempt.seal()
    practised = practised_by_student_and_item(Practice.objects.filter(**at_items))

    def progress_at(assignment: Assignment, item: Item) -> ItemProgress:
        key = (assignment.enrollment_pk, item.pk)
        progress = progress_on_item(attempts[key], item, assignment)
        return replace(progress, practised=practised[key])

    return {
        row.pk: AssignmentProgress(
            [(item, progress_at(row, item)) for item in items[row.problem_set_id]]
        )
        for row in taken
    }


def _items_by_set(sets: set[int]) -> dict[int, list[Item]]:
    items: dict[int, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(problem_set__in=sets).select_related("problem__current"):
        items[item.problem_set_id].append(item)
    return items
