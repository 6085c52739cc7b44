"""What teachers have written to a student."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.messages import note_seen
from tutor.attempts.models import MessageReceipt

PER_PAGE = 20


@login_required
@require_safe
def notices(request: AuthedRequest) -> HttpResponse:
    """What is shown counts as read from then on; this time it is still marked as new."""
    received = MessageReceipt.objects.received_by(request.user).as_shown()
    page = Paginator(received, PER_PAGE).get_page(request.GET.get("page"))
    receipts = list(page)
    if request.method == "GET":
        note_seen(receipts)
    return render(request, "notices/notices.html", {"page": page, "receipts": receipts})
