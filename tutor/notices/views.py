"""What teachers have written to a student, and what Lemma mails a person."""

from datetime import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import is_confirmed
from accounts.requests import AuthedRequest
from tutor.attempts.messages import note_seen
from tutor.attempts.models import MessageReceipt
from tutor.attempts.news import news_of
from tutor.notices import unsubscribing
from tutor.notices.digests import DIGEST_HOUR
from tutor.notices.forms import MailPreferencesForm
from tutor.notices.message_mails import MAX_AN_HOUR
from tutor.notices.models import MailPreferences
from tutor.notices.unsubscribing import Subscription

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
    context = {"page": page, "receipts": receipts, "news": news_of(request.user)}
    return render(request, "notices/notices.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences(request: AuthedRequest) -> HttpResponse:
    preferences = MailPreferences.objects.of(request.user)
    form = MailPreferencesForm(request.POST or None, instance=preferences)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return redirect("mail-preferences")
    context = {
        "form": form,
        "sends_mail": bool(settings.EMAIL_HOST),
        "is_confirmed": is_confirmed(request.user),
        "most_an_hour": MAX_AN_HOUR,
        "digest_time": time_format(time(DIGEST_HOUR), "TIME_FORMAT"),
    }
    return render(request, "notices/mail_preferences.html", context)


@csrf_exempt  # mail programs post without a cookie; the signed token is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Only posting acts: scanners of mail open every link."""
    signed = unsubscribing.read_token(token)
    if signed is None:
        raise Http404
    user, subscription = signed
    if request.method == "POST":
        unsubscribing.unsubscribe(user, subscription)
    context = {
        "is_done": request.method == "POST",
        "is_digest": subscription == Subscription.DIGEST,
    }
    with translation.override(user.language):
        return render(request, "notices/unsubscribe.html", context)
