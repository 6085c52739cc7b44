"""The help part of an item's page, and taking help there."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.assignments.models import HelpLevel
from tutor.attempts.access import ItemAccess, requested_access
from tutor.limits import is_allowed
from tutor.solutions.dispatch.quotas import QuotaReached
from tutor.solutions.help_panel.panel import panel_at
from tutor.solutions.help_panel.taking import NoLineGiven, take

HELP_A_MINUTE = 20


class TakeHelpForm(forms.Form):
    level = forms.ChoiceField(choices=HelpLevel)
    number = forms.IntegerField(min_value=0, max_value=1_000_000)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_panel(request: AuthedRequest, **at: UUID) -> HttpResponse:
    """Show the help part of an item's page; posting takes the next piece of help."""
    access = requested_access(request, **at)
    refusal = take_help(request, access) if request.method == "POST" else ""
    if "HX-Request" not in request.headers:
        if refusal:
            messages.error(request, refusal)
        return redirect(f"{access.get_absolute_url()}#help")
    panel, level = panel_at(access), request.POST.get("level", "")
    refused = level if refusal and level in panel.shown_levels else ""
    taken = "" if refusal else level
    context = {"item": access.item, "panel": panel, "refusal": refusal}
    context |= {"taken": taken, "refused": refused, "is_awaited": "awaited" in request.POST}
    context["awaits_step"] = panel.awaits_step(
        is_asked=taken == HelpLevel.STEP or "step" in request.GET
    )
    return render(request, "solutions/_help_panel.html", context)


def take_help(request: AuthedRequest, access: ItemAccess) -> str:
    """Returns a sentence where nothing could be taken, else ""."""
    form = TakeHelpForm(request.POST)
    if not form.is_valid():
        return _("This help does not exist.")
    if not is_allowed("help", request.user.pk, per_minute=HELP_A_MINUTE):
        return _("That was too fast. Wait a minute.")
    try:
        take(panel_at(access), form.cleaned_data["level"], form.cleaned_data["number"])
    except (QuotaReached, NoLineGiven) as error:
        return str(error)
    return ""
