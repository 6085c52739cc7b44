"""The first page of a student: what there is to do, and what is new."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, AssignmentQuerySet
from tutor.attempts.messages import count_unread, unread_messages
from tutor.attempts.models import Attempt
from tutor.attempts.practising.skill_practice import Suggestion, suggestion_for
from tutor.attempts.practising.topics import topics_for
from tutor.attempts.practising.weekly_reviews import review_of_week
from tutor.attempts.results.assignment_progress import AssignmentProgress, as_seen_by, progress_in
from tutor.attempts.results.mastery import SECURE, Mastery, masteries_of
from tutor.attempts.results.recent_results import recent_results
from tutor.attempts.submitting import settle_for
from tutor.courses.conventions import use_common_convention
from tutor.courses.invitations import invitations_of
from tutor.courses.models import Enrollment
from tutor.problems.models import Skill

MAX_NEWS, MAX_INVITATIONS, MAX_SKILLS = 20, 20, 3


def news_of(user: User) -> list[Attempt]:
    """Their attempts about which a teacher has said something that they have not seen yet."""
    return list(
        Attempt.objects.with_news_for(user)
        .select_related("grade", "version", "item__problem_set", "review")
        .order_by("-grade__created_at")[:MAX_NEWS]
    )


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


def student_home(request: AuthedRequest) -> HttpResponse:
    """For the view `home`, which has found that this person teaches no class."""
    user = request.user
    enrollments = Enrollment.objects.students().filter(user=user, section__archived_at=None)
    context = {
        **work_of(user, Assignment.objects.taken_by(user)),
        "has_class": enrollments.filter(section__is_self_study=False).exists(),
        "invitations": invitations_of(user)[:MAX_INVITATIONS],
    }
    return render(request, "assignments/student_home.html", context)


def work_of(user: User, assignments: AssignmentQuerySet) -> dict[str, Any]:
    """What `assignments/_own_work.html` shows: what there is to do of these, and what is new."""
    settle_for(user)
    rows = own_assignments(user, assignments)
    use_common_convention(row.assignment.section.convention for row in rows)
    to_do = [row for row in rows if not row.is_finished]
    now = timezone.now()
    due_next = next((row for row in to_do if row.assignment.due_at > now), None)
    masteries = masteries_of(user)
    suggestion = suggestion_for(user, masteries) if masteries else None
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
        "review": review_of_week(user),
        "suggestion": suggestion,
        "skills": skills_beside(suggestion, masteries),
        "topics": topics_for(user),
        "results": recent_results(user),
    }


def own_assignments(user: User, assignments: AssignmentQuerySet) -> list[OwnAssignment]:
    """In the order in which they are due."""
    visible = (
        assignments.filter(section__archived_at=None, section__is_self_study=False)
        .counting_items()
        .select_related("problem_set", "section__course")
    )
    rows = as_seen_by(user, visible)
    progress = progress_in(rows)
    answered = Attempt.with_practice.filter(enrollment__user=user)
    last_at = answered.aggregate(last=Max("submitted_at"))["last"]
    return [
        OwnAssignment(row, progress.get(row.pk), bool(last_at and row.opens_at > last_at))
        for row in sorted(rows, key=lambda row: (row.due_at, row.pk))
    ]


def skills_beside(
    suggestion: Suggestion | None, masteries: dict[Skill, Mastery]
) -> list[tuple[Skill, Mastery]]:
    """The weakest ones that practice can still help, without the one that is suggested."""
    weak = [row for row in masteries.items() if row[1].so_far < SECURE]
    others = [row for row in weak if not suggestion or row[0] != suggestion.skill]
    return sorted(others, key=lambda row: (row[1].so_far, row[0].name))[:MAX_SKILLS]
