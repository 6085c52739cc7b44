from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import AuthedRequest
from tutor.attempts.access import requested_access
from tutor.attempts.answering import Answering
from tutor.attempts.practising.further_variants import next_practice
from tutor.attempts.views.going_back import back
from tutor.limits import is_allowed

NEW_A_MINUTE = 12


@login_required
@require_POST
def next_variant(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Begin a further variant of an item, and go there."""
    access = requested_access(request, code)
    if not Answering(access).offers_practice:
        return redirect(access.item)
    if not is_allowed("practice", request.user.pk, per_minute=NEW_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return back(request, access.item)
    practice = next_practice(access)
    if practice is None:
        messages.info(request, _("There are no further variants of this problem."))
    return redirect(practice or access.item)
