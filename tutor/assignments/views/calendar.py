"""The address of a person's calendar feed, and the feed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.calendar import as_calendar, coming_dates_of, dates_of
from tutor.assignments.models import CalendarFeed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: AuthedRequest) -> HttpResponse:
    """The person's coming dates, and the address of their feed; making a new one closes the old."""
    own, _is_new = CalendarFeed.objects.get_or_create(user=request.user)
    if request.method == "POST":
        own.renew()
        messages.success(request, _("This is your new address. The old one no longer works."))
        return redirect("calendar")
    context = {
        "address": request.build_absolute_uri(own.get_absolute_url()),
        "coming": coming_dates_of(request.user),
    }
    return render(request, "assignments/calendar.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    feeds = CalendarFeed.objects.select_related("user").filter(user__is_active=True)
    user = get_object_or_404(feeds, token=token).user
    with override(user.language):
        text = as_calendar(dates_of(user), request)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
