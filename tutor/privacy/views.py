from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms import PasswordAgainForm
from accounts.requests import AuthedRequest
from tutor.limits import is_allowed
from tutor.privacy.exporting import as_download

EXPORTS_A_MINUTE = 3


@sensitive_post_parameters()
@login_required
def personal_data(request: AuthedRequest) -> HttpResponse:
    """A person's own data, after asking for the password. Nobody gets somebody else's here."""
    form = PasswordAgainForm(request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "privacy/personal_data.html", {"form": form})
    if not is_allowed("export", request.user.pk, per_minute=EXPORTS_A_MINUTE):
        messages.error(request, _("You have just downloaded it. Wait a minute, then try again."))
        return redirect("profile")
    return as_download(request.user)
