"""A student's page as that student has it, for those who look after the section.

Nothing can be done on it: it has no form, and no request of it writes anything but the note that
somebody looked.
"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.exercises.counts import exercise_counts
from tutor.attempts.models import (
    Attempt,
    MessageReceipt,
    ReviewProblem,
    StudentVariant,
    count_attempts,
)
from tutor.attempts.practising.weekly_reviews import ReviewOfWeek, stored_review
from tutor.attempts.results.assignment_progress import AssignmentProgress, progress_for_teacher
from tutor.attempts.results.mastery import Level, Mastery, mastery_of
from tutor.attempts.variants import variant_for
from tutor.attempts.working.shown_working import workings_seen_by
from tutor.courses.access import may_manage, visible_section
from tutor.courses.models import Enrollment, SectionEvent
from tutor.problems.models import Skill

ATTEMPTS_A_PAGE = 10
MAX_SENT = 10  # messages that the page shows


def viewed_student(request: AuthedRequest, code: UUID, username: str) -> Enrollment:
    section = visible_section(request, code)
    students = section.enrollments.students().select_related("user")
    enrollment = get_object_or_404(students, user__username=username)
    enrollment.section = section
    return enrollment


@login_required
@require_safe
def student_page(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """What the student has to do in the class, how far they are, and what they were written."""
    member = viewed_student(request, code, username)
    rows = Assignment.objects.taken_by(member.user).filter(section=member.section)
    rows = rows.select_related("problem_set", "section__course")
    assignments = [row.for_student() for row in rows]
    assignments.sort(key=lambda assignment: (assignment.due_at, assignment.pk))
    progress = progress_for_teacher(member.user, assignments)
    member.section.note(SectionEvent.Act.VIEWED, request.user, member.user)
    review = stored_review(member.user)
    now = timezone.now()
    rows_of_work = [(assignment, progress[assignment.pk]) for assignment in assignments]
    manages = may_manage(request.user, member.section)
    sent = MessageReceipt.objects.filter(enrollment=member).as_sent() if manages else ()
    context = {
        "member": member,
        "section": member.section,
        "may_manage": manages,
        "review": review,
        "review_here": review_problems_in(member, review, progress.values()),
        "open_work": [row for row in rows_of_work if row[0].stops_at >= now],
        "closed_work": [row for row in reversed(rows_of_work) if row[0].stops_at < now],
        "skills": skills_in_class(member),
        "sent": sent[:MAX_SENT],
    }
    return render(request, "attempts/student_page.html", context)


def skills_in_class(member: Enrollment) -> list[tuple[Skill, Mastery]]:
    """Those that need practice come first, and those of which too little is known last."""
    own = Attempt.with_practice.filter(enrollment=member)
    masteries = mastery_of(own).get(member.user_id, {})
    levels = [Level.BEGINNING, Level.ON_THE_WAY, Level.SECURE, Level.UNKNOWN]
    return sorted(masteries.items(), key=lambda row: (levels.index(row[1].level), row[0].name))


def review_problems_in(
    member: Enrollment, review: ReviewOfWeek, progress: Iterable[AssignmentProgress]
) -> list[ReviewProblem]:
    """Those at problems of the class, where its teachers may see the student's work."""
    items = {item.pk for row in progress for item, _progress in row.items}
    return [
        problem
        for problem in review.problems
        if problem.item_id in items
        and (problem.practice is None or problem.practice.enrollment_id == member.pk)
    ]


@login_required
@require_safe
def student_item(request: AuthedRequest, code: UUID, username: str, item: UUID) -> HttpResponse:
    """A problem with the student's attempts at it."""
    member = viewed_student(request, code, username)
    assigned = Assignment.objects.taken_by(member.user).filter(section=member.section)
    items = Item.objects.filter(
        problem_set__in=assigned.values("problem_set"), problem__current__isnull=False
    )
    viewed = get_object_or_404(items.select_related("problem__current"), code=item)
    attempts = Attempt.with_practice.filter(enrollment=member, item=viewed).order_by(
        F("practice__number").asc(nulls_first=True), "-number"
    )
    attempts = attempts.select_related(
        "grade__author",
        "version__stored_key",
        "enrollment__user",
        "item__problem__current",
        "practice__enrollment__user",
        "practice__item",
    )
    count_attempts(attempts)
    is_opened = StudentVariant.objects.filter(item=viewed, enrollment=member).exists()
    version = variant_for(viewed, member if is_opened else None)  # looking chooses nothing for them
    member.section.note(SectionEvent.Act.VIEWED, request.user, member.user, detail=version.title)
    page = Paginator(attempts, ATTEMPTS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    context = {
        "member": member,
        "section": member.section,
        "item": viewed,
        "page": page,
        "version": version,
        "exercises": exercise_counts(member, viewed),
        "is_example": bool(version.seed) and not is_opened,
        "attempts": list(zip(shown, workings_seen_by(request.user, shown), strict=True)),
    }
    return render(request, "attempts/student_item.html", context)
