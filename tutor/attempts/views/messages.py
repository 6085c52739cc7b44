"""A student has read a teacher's message."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.requests import AuthedRequest
from tutor.attempts.messages import note_read


@login_required
@require_POST
def message_read(request: AuthedRequest, code: UUID) -> HttpResponse:
    receipt = note_read(request.user, code)
    if receipt is None:
        raise Http404
    return redirect(receipt.item if receipt.item and "item" in request.POST else "home")
