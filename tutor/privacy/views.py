from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms import PasswordAgainForm
from accounts.models import User
from accounts.requests import AuthedRequest
from accounts.sessions import sign_ins_of
from tutor.limits import is_allowed
from tutor.privacy.exporting import as_download
from tutor.privacy.latest import MAX_LATEST
from tutor.privacy.overview import data_overview
from tutor.privacy.own_account import erase_own_account, marks_to_keep, may_erase_own_account

EXPORTS_A_MINUTE = 3


@sensitive_post_parameters()
@login_required
def personal_data(request: AuthedRequest) -> HttpResponse:
    """A person's own data to read, and as files after asking for the password.

    Nobody gets somebody else's here.
    """
    form = PasswordAgainForm(request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _overview_page(request, form)
    if not is_allowed("export", request.user.pk, per_minute=EXPORTS_A_MINUTE):
        messages.error(request, _("You have just downloaded it. Wait a minute, then try again."))
        return redirect("personal-data")
    return as_download(request.user)


def _overview_page(request: AuthedRequest, form: PasswordAgainForm) -> HttpResponse:
    overview = data_overview(request.user)
    shown = [entry for entry in overview if entry.has_content]
    context = {
        "form": form,
        "shown": shown,
        "empty": [entry.group.title for entry in overview if not entry.has_content],
        "may_erase": may_erase_own_account(request.user),
        "sign_ins": sign_ins_of(request.user, request)[:MAX_LATEST],
    }
    return render(request, "privacy/personal_data.html", context)


@sensitive_post_parameters()
@login_required
def erase_account(request: AuthedRequest) -> HttpResponse:
    """Students erase their own account, after reading what goes and what stays."""
    user = User.objects.get(pk=request.user.pk)
    if not may_erase_own_account(user):
        return redirect("personal-data")
    form = PasswordAgainForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        marks = marks_to_keep(user)
        context = {"form": form, "sections": sorted({str(mark.section) for mark in marks})}
        return render(request, "privacy/erase_account.html", context)
    logout(request)
    erase_own_account(user)
    messages.success(request, _("Your account is erased."))
    return redirect("account_login")
