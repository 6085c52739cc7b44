"""The first page of a student: what there is to do, and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, AssignmentQuerySet, Item
from tutor.attempts.messages import count_unread, unread_messages
from tutor.attempts.models import Attempt
from tutor.attempts.news import news_of
from tutor.attempts.practising.skill_practice import Suggestion, suggestion_for
from tutor.attempts.practising.topics import topics_for
from tutor.attempts.practising.weekly_reviews import review_of_week
from tutor.attempts.results.assignment_progress import AssignmentProgress, progress_in
from tutor.attempts.results.mastery import SECURE, Mastery, masteries_of
from tutor.attempts.results.recent_results import recent_results
from tutor.attempts.sealing import sealed_sets
from tutor.attempts.submitting import settle_for
from tutor.courses.conventions import use_common_convention
from tutor.courses.invitations import invitations_to
from tutor.courses.models import Enrollment, Invitation
from tutor.prepared import prepared
from tutor.problems.models import Skill

MAX_INVITATIONS, MAX_SKILLS = 20, 3


@dataclass(frozen=True)
class OwnAssignment:
    """As a student has it. progress: None for those who only look after it.

    is_new: whether it was opened since the student last handed in anything.
    """

    assignment: Assignment
    progress: AssignmentProgress | None
    is_new: bool

    @property
    def is_late(self) -> bool:
        """Whether answers are still taken although it was due."""
        return self.assignment.due_at < timezone.now() < self.assignment.stops_at

    @property
    def is_finished(self) -> bool:
        is_complete = self.progress is not None and self.progress.is_complete
        return is_complete or self.assignment.stops_at < timezone.now()

    @property
    def next_item(self) -> Item | None:
        """The problem to go on with; None where no answer is taken before something else."""
        takes_answers = self.assignment.takes_answers_at(timezone.now())
        return self.progress.next_item if self.progress and takes_answers else None


def student_home(request: AuthedRequest) -> HttpResponse:
    """For the view `home`, which has found that this person teaches no class."""
    user = request.user
    rows = [row.for_student() for row in _taken_by(user.pk, timezone.now())]
    has_class = bool(_classes_of(user.pk))
    context = {
        **work_of(user, rows),
        "has_class": has_class,
        "is_alone": not has_class,
        "invitations": _invitations_of(user.pk),
    }
    return render(request, "assignments/student_home.html", context)


@prepared
def _taken_by(user_pk: int, now: datetime) -> AssignmentQuerySet:
    own = Assignment.objects.for_students(Enrollment.objects.filter(user=user_pk))
    return as_listed(own.opened_by(now))


@prepared
def _classes_of(user_pk: int) -> QuerySet[Enrollment, int]:
    own = Enrollment.objects.students().filter(user=user_pk, section__archived_at=None)
    return own.filter(section__is_self_study=False).values_list("pk", flat=True)


@prepared
def _invitations_of(user_pk: int) -> QuerySet[Invitation]:
    return invitations_to(user_pk)[:MAX_INVITATIONS]


def as_listed(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Those of classes that still meet, with what the page shows of each."""
    current = assignments.filter(section__archived_at=None, section__is_self_study=False)
    return current.counting_items().select_related("problem_set", "section__course")


def work_of(user: User, assignments: Sequence[Assignment]) -> dict[str, Any]:
    """What `assignments/_own_work.html` shows: what there is to do of these, and what is new.

    assignments: as `as_seen_by` returns them, of those that are `as_listed`.
    """
    settle_for(user)
    rows = own_assignments(user, assignments)
    use_common_convention(row.assignment.section.convention for row in rows)
    to_do = [row for row in rows if not row.is_finished]
    now = timezone.now()
    due_next = next((row for row in to_do if row.assignment.due_at > now), None)
    unread = count_unread(user)
    return {
        "names_classes": len({row.assignment.section_id for row in rows}) > 1,
        "news": news_of(user),
        "teacher_messages": unread_messages(user) if unread else [],
        "unread_notices": unread,
        "sittings": [row.assignment for row in rows if row.assignment.is_running],
        "due_next": due_next,
        "to_do": [row for row in to_do if row is not due_next],
        "finished": [row for row in reversed(rows) if row.is_finished],
        "results": recent_results(user),
        **practice_of(user),
    }


def practice_of(user: User) -> dict[str, Any]:
    """What the student may practise beside what is assigned."""
    masteries = masteries_of(user)
    suggestion = suggestion_for(user, masteries) if masteries else None
    skills, topics = skills_beside(suggestion, masteries), topics_for(user)
    return {
        "review": review_of_week(user),
        "suggestion": suggestion,
        "skills": skills,
        "topics": topics,
        "can_practise": bool(suggestion or skills or topics),
    }


def own_assignments(user: User, rows: Sequence[Assignment]) -> list[OwnAssignment]:
    """In the order in which they are due."""
    progress = progress_in(rows, sealed_sets(user.pk))
    last_at = next(iter(_last_answered_at(user.pk)), None)
    return [
        OwnAssignment(row, progress.get(row.pk), bool(last_at and row.opens_at > last_at))
        for row in sorted(rows, key=lambda row: (row.due_at, row.pk))
    ]


@prepared
def _last_answered_at(user_pk: int) -> QuerySet[Attempt, datetime]:
    answered = Attempt.with_practice.filter(enrollment__user=user_pk).order_by("-submitted_at")
    return answered.values_list("submitted_at", flat=True)[:1]


def skills_beside(
    suggestion: Suggestion | None, masteries: dict[Skill, Mastery]
) -> list[tuple[Skill, Mastery]]:
    """The weakest ones that practice can still help, without the one that is suggested."""
    weak = [row for row in masteries.items() if row[1].so_far < SECURE]
    others = [row for row in weak if not suggestion or row[0] != suggestion.skill]
    return sorted(others, key=lambda row: (row[1].so_far, row[0].name))[:MAX_SKILLS]
