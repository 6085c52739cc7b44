"""The people of a section, and the page of one of them."""

from collections import Counter
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.one_time_passwords import has_unused_password
from accounts.requests import AuthedRequest
from tutor.courses.access import managed_section, may_manage, visible_section
from tutor.courses.forms import (
    AccommodationForm,
    NameForm,
    RoleForm,
    require_another_teacher,
)
from tutor.courses.models import Enrollment, Section, SectionEvent
from tutor.courses.passwords import eligible_for_password


@login_required
@require_safe
def people(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    members = list(section.enrollments.in_order().with_confirmed().select_related("user"))
    renewable = set(eligible_for_password(section, request.user).values_list("pk", flat=True))
    counts = Counter(member.role for member in members)
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "members": members,
        "students": counts[Enrollment.Role.STUDENT],
        "teachers": counts[Enrollment.Role.TEACHER],
        "assistants": counts[Enrollment.Role.ASSISTANT],
        "waiting": [
            member
            for member in members
            if member.pk in renewable and has_unused_password(member.user)
        ],
        "join_link": request.build_absolute_uri(section.join_path) if section.join_code else "",
    }
    return render(request, "courses/people.html", context)


@login_required
@require_safe
def member(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    section = visible_section(request, code)
    return member_page(request, enrollment_or_404(section, username))


def member_page(request: AuthedRequest, enrollment: Enrollment, **forms: object) -> HttpResponse:
    """The page of one person. forms: forms with errors, which replace the empty ones."""
    section = enrollment.section
    context = {
        "section": section,
        "member": enrollment,
        "may_manage": may_manage(request.user, section),
        "sends_mail": bool(settings.EMAIL_HOST),
        "may_get_password": eligible_for_password(section, request.user).contains(enrollment),
        "name_form": NameForm(instance=enrollment.user)
        if may_rename(request.user, enrollment)
        else None,
        "events": section.events.filter(about=enrollment.user).select_related("author", "about")[
            :50
        ],
        "role_form": RoleForm(instance=enrollment),
        "grant_form": AccommodationForm(instance=enrollment),
        **forms,
    }
    return render(request, "courses/member.html", context)


def may_rename(user: User, enrollment: Enrollment) -> bool:
    """Teachers name the students whose account a list of the section made."""
    is_from_list = enrollment.origin == Enrollment.Origin.LIST
    return is_from_list and eligible_for_password(enrollment.section, user).contains(enrollment)


@login_required
@require_POST
def rename(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    section = managed_section(request, code)
    enrollment = enrollment_or_404(section, username)
    if not may_rename(request.user, enrollment):
        raise Http404
    form = NameForm(request.POST, instance=enrollment.user)
    if not form.is_valid():
        return member_page(request, enrollment, name_form=form)
    with transaction.atomic():
        form.save()
        section.note(SectionEvent.Act.NAMED, request.user, enrollment.user)
    messages.success(request, _("The name is saved."))
    return redirect(enrollment)


def enrollment_or_404(section: Section, username: str) -> Enrollment:
    enrollments = section.enrollments.with_confirmed().select_related("user")
    enrollment = get_object_or_404(enrollments, user__username=username)
    enrollment.section = section
    return enrollment


@login_required
@require_POST
def change_role(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """Change the role, remove the person, or take them back."""
    section = managed_section(request, code)
    enrollment = enrollment_or_404(section, username)
    form = RoleForm(request.POST, instance=enrollment)
    with transaction.atomic():
        Section.objects.select_for_update().get(
            pk=section.pk
        )  # two teachers cannot both remove themselves
        if request.POST.get("do") == "remove":
            return remove(request, enrollment)
        if not form.is_valid():
            return member_page(request, enrollment, role_form=form)
        enrollment.save(update_fields=["role", "origin"])
        label = enrollment.get_role_display()
        section.note(SectionEvent.Act.ROLE, request.user, enrollment.user, detail=label)
    messages.success(
        request,
        _("%(name)s now has the role %(role)s.")
        % {"name": enrollment.user.isolated_name, "role": label},
    )
    return redirect("people", section.code)


@login_required
@require_POST
def accommodate(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """Save what the student is granted in every assignment of the section."""
    section = managed_section(request, code)
    enrollment = enrollment_or_404(section, username)
    form = AccommodationForm(request.POST, instance=enrollment)
    if not form.is_valid():
        return member_page(request, enrollment, grant_form=form)
    with transaction.atomic():
        form.save()
        granted = (
            f"{enrollment.extra_time} % · {enrollment.extra_attempts} · {enrollment.extra_days} d"
        )
        section.note(SectionEvent.Act.ACCOMMODATION, request.user, enrollment.user, detail=granted)
    text = _(
        "The accommodations of %(name)s are saved. They apply to every assignment in this class."
    )
    messages.success(request, text % {"name": enrollment.user.isolated_name})
    return redirect(enrollment)


@login_required
@require_safe
def ask_to_remove(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    section = managed_section(request, code)
    context = {"section": section, "member": enrollment_or_404(section, username)}
    return render(request, "courses/remove_ask.html", context)


def remove(request: AuthedRequest, enrollment: Enrollment) -> HttpResponse:
    try:
        require_another_teacher(enrollment)
    except forms.ValidationError as error:
        messages.error(request, error.message)
        return redirect(enrollment)
    enrollment.take_role(Enrollment.Role.FORMER)
    enrollment.save(update_fields=["role", "origin"])
    enrollment.section.note(SectionEvent.Act.REMOVED, request.user, enrollment.user)
    text = _("%(name)s has left the class. Their work is kept in case they come back.")
    messages.success(request, text % {"name": enrollment.user.isolated_name})
    return redirect("people", enrollment.section.code)
