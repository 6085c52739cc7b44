"""The groups of students in a section."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.courses.access import managed_section
from tutor.courses.forms import (
    GroupForm,
)
from tutor.courses.models import StudentGroup


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: AuthedRequest, code: UUID, group_code: UUID | None = None) -> HttpResponse:
    """The groups of a section, and a form for one of them or for a new one."""
    section = managed_section(request, code)
    group = (
        get_object_or_404(section.groups, code=group_code)
        if group_code
        else StudentGroup(section=section)
    )
    group.section = section
    if request.method == "POST" and group_code and request.POST.get("do") == "delete":
        return delete_group(request, group)
    form = GroupForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        return redirect("groups", section.code)
    context = {
        "section": section,
        "form": form,
        "group": group if group_code else None,
        "groups": section.groups.annotate(count=Count("members")),
        "may_manage": True,
    }
    return render(request, "courses/groups.html", context)


def delete_group(request: AuthedRequest, group: StudentGroup) -> HttpResponse:
    if group.assignments.exists():
        messages.error(request, _("This group has assignments, so you cannot delete it."))
    else:
        group.delete()
    return redirect("groups", group.section.code)
