from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from accounts.addresses import ask_for_address, is_confirmed, unconfirmed_of
from accounts.forms import EmailAddressForm, OwnPasswordForm, PasswordAgainForm, ProfileForm
from accounts.models import Mail
from accounts.one_time_passwords import mark_read, recent_handouts, unread_handouts
from accounts.requests import AuthedRequest
from accounts.sessions import end, remember_language, sign_ins_of, stay_signed_in
from accounts.tasks import send_later


@login_required
def profile(request: AuthedRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(request.user.language):  # perhaps another than this page's
            messages.success(request, _("Your profile was saved."))
        return redirect("profile")
    context = {
        "form": form,
        "handed_out": recent_handouts(request.user),
        "is_confirmed": is_confirmed(request.user),
    }
    return render(request, "accounts/profile.html", context)


@sensitive_post_parameters()
@login_required
def address(request: AuthedRequest) -> HttpResponse:
    """Replaces allauth's page, which does not ask for the password."""
    form = EmailAddressForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["email"]
        if ask_for_address(request.user, new):
            messages.success(request, _("Your address was changed."))
        else:
            text = _(
                "We have sent an email with a link to %(address)s. Open the link to make this "
                "your address. Each address gets at most one such email an hour."
            )
            messages.success(request, text % {"address": new})
        return redirect("account_email")
    context = {
        "form": form,
        "is_confirmed": is_confirmed(request.user),
        "unconfirmed": unconfirmed_of(request.user),
        "sends_mail": bool(settings.EMAIL_HOST),
    }
    return render(request, "accounts/address.html", context)


@never_cache
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, empty for nobody, and a token for pages from before they signed in."""
    return JsonResponse({"user": str(request.user.pk or ""), "token": get_token(request)})


@login_required
@require_safe
def sessions(request: AuthedRequest) -> HttpResponse:
    context = {
        "sign_ins": sign_ins_of(request.user, request),
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
        "days": settings.SESSION_DAYS,
    }
    return render(request, "accounts/sessions.html", context)


@sensitive_post_parameters()
@login_required
def end_session(request: AuthedRequest, pk: int | None = None) -> HttpResponse:
    """Ask for the password, then end one session elsewhere, or all of them."""
    elsewhere = [row for row in sign_ins_of(request.user, request) if not row.is_current]
    ending = next((sign_in for sign_in in elsewhere if sign_in.pk == pk), None)
    if pk is not None and ending is None:
        messages.info(request, _("You are already signed out there."))
        return redirect("sessions")
    form = PasswordAgainForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        end(request.user, request, pk=pk)
        messages.success(request, _("You are signed out there."))
        return redirect("sessions")
    return render(request, "accounts/session_end.html", {"form": form, "ending": ending})


@sensitive_post_parameters()
@login_required
def own_password(request: AuthedRequest) -> HttpResponse:
    """Shown after signing in with a one-time password."""
    if not request.user.has_one_time_password:
        return redirect("account_change_password")
    form = OwnPasswordForm(request.user, request.POST or None)
    handed_out = unread_handouts(request.user)
    if request.method == "POST" and form.is_valid():
        _set_own_password(request, form)
        mark_read(handed_out)
        messages.success(request, _("Your password is set. Nobody else knows it."))
        after = request.GET.get("next", "")
        is_own_site = url_has_allowed_host_and_scheme(after, {request.get_host()})
        return redirect(after if is_own_site else "home")
    is_new = bool(handed_out) and all(row.is_first for row in handed_out)
    context = {
        "form": form,
        "handed_out": handed_out,
        "is_new": is_new,
        # the oldest, which is the first slip
        "made_by": handed_out[-1].given_by if is_new else None,
    }
    return render(request, "accounts/own_password.html", context)


def _set_own_password(request: AuthedRequest, form: OwnPasswordForm) -> None:
    request.user.has_one_time_password = False
    form.save()
    stay_signed_in(request, request.user)
    if request.user.email:
        send_later(Mail.Kind.PASSWORD_CHANGED, request.user.email, request.user)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """For the browser, and, chosen before signing in, for the person who does so next."""
    response = set_language(request)
    if not request.user.is_authenticated:
        remember_language(response, request.POST.get("language", ""))
    return response
