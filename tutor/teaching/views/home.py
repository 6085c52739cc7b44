"""The first page after signing in: a teacher's classes, or what a student has to do."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment
from tutor.attempts.views.student_home import MAX_INVITATIONS, student_home, work_of
from tutor.courses.conventions import use_common_convention
from tutor.courses.invitations import invitations_of
from tutor.courses.models import Enrollment, Section
from tutor.teaching.class_sheets import MAX_CLASSES, sheets_of


@login_required
@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    user = request.user
    taught = Section.objects.taught_by(user).current().select_related("course")
    sections = list(taught.order_by("course__title", "name", "pk")[:MAX_CLASSES])
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


def _own_work(user: User) -> dict[str, Any]:
    """What a person who teaches has to do as a student; empty if they are in no class."""
    enrollments = Enrollment.objects.students().filter(user=user)
    current = enrollments.filter(section__archived_at=None, section__is_self_study=False)
    sections = list(current.values_list("section", flat=True))
    if not sections:
        return {}
    own = Assignment.objects.visible_to(user).filter(section__in=sections)
    return {"is_student": True, **work_of(user, own)}
