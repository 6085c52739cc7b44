"""The mistakes of a class in an assignment, by what probably went wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.check_sentences import slip_sentence
from tutor.attempts.mistake_sentences import mistake_sentence
from tutor.attempts.models import Attempt
from tutor.attempts.models.answered_part import stored_explanation
from tutor.attempts.working import stored_checks
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.grading.steps.claim_results import Slip

MAX_EXAMPLES = 3  # of one group
MAX_ATTEMPTS = 5_000  # the newest ones of an assignment


@dataclass(frozen=True)
class MistakeExample:
    """What a student wrote: an answer, or the first line of working that does not follow."""

    item: Item
    text: str


@dataclass
class MistakeGroup:
    """Everybody who made one mistake, in whatever problem and with whatever numbers.

    sentence: what the students were told about it.
    """

    sentence: str
    students: dict[int, User] = field(default_factory=dict)
    examples: list[MistakeExample] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Of the students, sorted as a register is."""
        people = sorted(self.students.values(), key=lambda user: (user.last_name, user.first_name))
        return [user.get_full_name() or user.get_username() for user in people]

    def add(self, student: User, example: MistakeExample) -> None:
        self.students[student.pk] = student
        if example not in self.examples and len(self.examples) < MAX_EXAMPLES:
            self.examples.append(example)


def mistakes_in(assignment: Assignment) -> list[MistakeGroup]:
    """From answers and from lines of working; those of most students come first. One query."""
    groups: dict[str, MistakeGroup] = {}
    attempts = (
        Attempt.objects.filter(
            ~Q(checks=[]) | ~Q(mistake={}) | ~Q(parts=[]),
            item__problem_set=assignment.problem_set_id,
            enrollment__section=assignment.section_id,
            enrollment__role=Enrollment.Role.STUDENT,
        )
        .select_related("enrollment__user", "item__problem__current", "grade")
        .order_by("-pk")
    )
    for attempt in attempts[:MAX_ATTEMPTS]:
        for sentence, text in _mistakes_of(attempt):
            group = groups.setdefault(sentence, MistakeGroup(sentence))
            group.add(attempt.enrollment.user, MistakeExample(attempt.item, text))
    return sorted(groups.values(), key=lambda group: -len(group.students))


def _mistakes_of(attempt: Attempt) -> Iterator[tuple[str, str]]:
    """Each sentence, with what was written."""
    if explanation := attempt.shown_mistake:
        yield mistake_sentence(explanation), attempt.response
    grades = attempt.grade.parts if attempt.grade else []
    for row, grade in zip(attempt.parts, grades, strict=False):
        explanation = stored_explanation(row.get("mistake"))
        if explanation and grade["verdict"] != Verdict.CORRECT:
            yield mistake_sentence(explanation), row["response"]
    for line, check in zip(attempt.working, stored_checks(attempt) or (), strict=False):
        if check.refuted and check.rests_on is None:
            if check.refuted.slip not in (Slip.NONE, Slip.OTHER):
                yield slip_sentence(check.refuted.slip), line
            break
