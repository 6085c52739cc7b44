"""The first page after signing in: a teacher's classes, or what a student has to do."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment
from tutor.attempts.results.assignment_progress import as_seen_by
from tutor.attempts.views.student_home import (
    MAX_INVITATIONS,
    as_listed,
    student_home,
    work_of,
)
from tutor.courses.conventions import use_common_convention
from tutor.courses.invitations import invitations_of
from tutor.courses.models import Enrollment, Section
from tutor.prepared import prepared
from tutor.teaching.class_sheets import MAX_CLASSES, sheets_of


@login_required
@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    user = request.user
    sections = _classes_of(user.pk)
    if not sections and not user.is_teacher:
        return student_home(request)
    own_work = _own_work(user)
    use_common_convention(section.convention for section in sections)
    context = {
        **own_work,
        "sheets": sheets_of(user, sections),
        "invitations": invitations_of(user)[:MAX_INVITATIONS],
    }
    return render(request, "teaching/teacher_home.html", context)


@prepared
def _classes_of(user_pk: int) -> QuerySet[Section]:
    taught = Section.objects.looked_after_by(user_pk).current().select_related("course")
    return taught.in_order()[:MAX_CLASSES]


def _own_work(user: User) -> dict[str, Any]:
    """What a person who teaches has to do as a student; empty if they are in no class."""
    enrollments = Enrollment.objects.students().filter(user=user)
    current = enrollments.filter(section__archived_at=None, section__is_self_study=False)
    sections = list(current.values_list("section", flat=True))
    if not sections:
        return {}
    own = Assignment.objects.visible_to(user).filter(section__in=sections)
    return {"is_student": True, **work_of(user, as_seen_by(user, as_listed(own)))}
