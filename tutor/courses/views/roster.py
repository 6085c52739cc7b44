"""Adding a list of people, and their one-time passwords."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.courses.access import managed_section
from tutor.courses.forms import (
    RosterForm,
)
from tutor.courses.models import Section
from tutor.courses.passwords import eligible_for_password, give_passwords
from tutor.courses.roster.enrolling import enroll
from tutor.courses.roster.matching import plan_for
from tutor.courses.roster.plan import RosterPlan
from tutor.courses.roster.table import EXAMPLE, BadTable, without_record

COLLEAGUE = "name,email,username,role\n,,,teacher\n"  # a list for one more teacher, to be filled in


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Show what adding a list would do, and add it once the teacher confirms."""
    section = managed_section(request, code)
    initial = {"text": COLLEAGUE} if "colleague" in request.GET else {}
    form = RosterForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return roster_page(request, section, form)
    source = form.source
    text = form.cleaned_data[source]
    try:
        if (line := request.POST.get("leave_out", "")).isdecimal() and len(line) < 7:
            text = without_record(text, int(line))
        plan = plan_for(section, text)
    except BadTable as error:
        form.add_error(source, str(error))
        return roster_page(request, section, form)
    if request.POST.get("do") == "add" and plan.is_ready:
        return add_people(request, section, plan)
    unbound = RosterForm(initial={"text": text})
    return roster_page(request, section, unbound, plan=plan, text=text)


def roster_page(
    request: AuthedRequest, section: Section, form: RosterForm, **context: object
) -> HttpResponse:
    common = {"section": section, "form": form, "example": EXAMPLE}
    return render(request, "courses/roster.html", common | context)


def add_people(request: AuthedRequest, section: Section, plan: RosterPlan) -> HttpResponse:
    try:
        slips = enroll(section, plan, request.user)
    except IntegrityError:
        messages.error(
            request, _("Somebody else has just added people, too. Check the list again.")
        )
        return redirect("roster", section.code)
    if slips:
        return passwords_page(request, section, slips)
    messages.success(request, _("Everybody on your list is now in the class."))
    return redirect("people", section.code)


def passwords_page(
    request: AuthedRequest, section: Section, slips: list[tuple[User, str]]
) -> HttpResponse:
    """The only page that shows these passwords."""
    address = request.build_absolute_uri("/")
    context = {"section": section, "slips": slips, "address": address}
    return render(request, "courses/passwords.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passwords(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Ask first, then make new ones for one student, or for everybody who has never signed in."""
    section = managed_section(request, code)
    enrollments = eligible_for_password(section, request.user).in_order().select_related("user")
    if username := (request.POST or request.GET).get("username"):
        enrollments = enrollments.filter(user__username=username.replace("\0", ""))
    else:
        enrollments = enrollments.filter(user__has_one_time_password=True, user__last_login=None)
    if request.method == "POST":
        with transaction.atomic():
            people = [enrollment.user for enrollment in enrollments]
            slips = give_passwords(people, request.user, section)
        if slips:
            return passwords_page(request, section, slips)
    elif enrollments:
        person = enrollments[0].user if username else None
        context = {"section": section, "enrollments": enrollments, "person": person}
        return render(request, "courses/passwords_ask.html", context)
    if username:
        messages.error(
            request, _("Only an administrator can make a new password for this student.")
        )
    else:
        messages.info(request, _("There are no unused one-time passwords."))
    return redirect("people", section.code)
