"""Joining a section: by its code, or by an invitation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import AuthedRequest
from tutor.courses.forms import (
    JoinForm,
)
from tutor.courses.invitations import accept, decline, invitations_of
from tutor.courses.joining import JoinRefusal, join, joinable_section
from tutor.courses.models import Section
from tutor.limits import is_allowed

CODES_A_MINUTE = 10
REFUSALS = {
    JoinRefusal.UNKNOWN: gettext_lazy(
        "No class has this code. Check it again: codes have letters and "
        "digits, but no O, 0, I or 1. Your teacher may have made a new "
        "code."
    ),
    JoinRefusal.EXPIRED: gettext_lazy("This code has expired. Ask your teacher for a new one."),
    JoinRefusal.ALREADY_IN: gettext_lazy(
        "You are in this class already. Its assignments are on your home page."
    ),
    JoinRefusal.REMOVED: gettext_lazy(
        "A teacher of this class has removed you from it. Ask them to take you back."
    ),
}


@login_required
@require_POST
def answer_invitation(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Accept or decline the place that a class list reserves for this person."""
    invitation = get_object_or_404(invitations_of(request.user), code=code)
    section = invitation.enrollment.section
    if request.POST.get("do") == "accept":
        if accept(invitation):
            messages.success(request, _("You have joined “%(section)s”.") % {"section": section})
        else:
            messages.error(request, _("Somebody is already using this account. Ask your teacher."))
    else:
        decline(invitation)
        messages.success(request, _("You have declined the invitation. Nobody is notified."))
    return redirect("home")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_section(request: AuthedRequest, join_code: str = "") -> HttpResponse:
    """Take a code from the form or the link, show its class, and join once the person confirms."""
    typed = request.POST.get("code", join_code)
    form = JoinForm({"code": typed} if typed or request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return join_page(request, form)
    if not is_allowed("join", request.user.pk, per_minute=CODES_A_MINUTE):
        form.add_error("code", _("You have tried too many codes. Wait a minute, then try again."))
        return join_page(request, form)
    confirmed = request.POST.get("do") == "join"
    answer = (join if confirmed else joinable_section)(form.cleaned_data["code"], request.user)
    if answer == JoinRefusal.ALREADY_IN:
        messages.info(request, REFUSALS[answer])
        return redirect("home")
    if isinstance(answer, JoinRefusal):
        form.add_error("code", str(REFUSALS[answer]))
        return join_page(request, form)
    if not confirmed:
        return join_page(request, form, answer)
    messages.success(request, _("You have joined “%(section)s”.") % {"section": answer})
    return redirect("home")


def join_page(
    request: AuthedRequest, form: JoinForm, section: Section | None = None
) -> HttpResponse:
    return render(request, "courses/join.html", {"form": form, "section": section})
