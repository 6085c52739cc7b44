from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.limits import is_allowed
from tutor.privacy.exporting import as_download

EXPORTS_A_MINUTE = 3


@login_required
@require_safe
def personal_data(request: AuthedRequest) -> HttpResponse:
    """One's own; no address leads to somebody else's."""
    if not is_allowed("export", request.user.pk, per_minute=EXPORTS_A_MINUTE):
        messages.error(request, _("You have just taken it. Wait a minute, and try again."))
        return redirect("profile")
    return as_download(request.user)
