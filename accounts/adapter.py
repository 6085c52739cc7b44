from math import ceil
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.lookalikes import is_plain, skeleton
from accounts.lookup import account_called
from accounts.models import LOOKS_LIKE_ANOTHER, Mail, User
from accounts.places import address_place, client_address, remember
from accounts.sessions import begin, stay_signed_in, take_language
from accounts.sign_in_limits import Try, TryCount
from accounts.tasks import send_later

NAMES_REFUSED, NAMES_REFUSED_S = 300, 60 * 60  # at sign-up, to one address
MINUTE_S = 60


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Where Lemma's accounts differ from allauth's."""

    error_messages = {  # noqa: RUF012 - as allauth has it
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is wrong."),
        "email_password_mismatch": _("The address or the password is wrong."),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait a few minutes and try again, "
            "or ask your teacher for a new one-time password."
        ),
        "too_many_sign_ins": _("You signed in very often. Wait a few minutes, then try again."),
        "rate_limited": _("Too many tries. Wait an hour, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An administrator can close sign-up if the school makes the accounts."""
        return settings.SIGNUP_OPEN

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new person keeps the language of the sign-up page, and the browser's time zone."""
        user.language = get_language() or settings.LANGUAGE_CODE
        user.time_zone = form.cleaned_data["time_zone"] or user.time_zone
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """In Unicode's normal form. Raises ValidationError if it looks like an existing name.

        Sign-up must tell that a name is taken. To keep this from listing accounts, each address may
        be told only so often.
        """
        normal = User.normalize_username(username)
        if " " in normal.strip():
            raise ValidationError(
                _("A user name cannot contain a space. Leave it out, or write a dot instead.")
            )
        for validator in User._meta.get_field("username").validators:
            validator(normal)
        refused = TryCount(f"names-refused:{address_place(self.request)}", NAMES_REFUSED_S)
        if refused.so_far() >= NAMES_REFUSED:
            raise self.validation_error("rate_limited")
        alike = User.objects.filter(username_skeleton=skeleton(normal))
        if not is_plain(normal) or alike.exists():
            refused.add()
            raise ValidationError(LOOKS_LIKE_ANOTHER)
        cleaned: str = super().clean_username(normal, shallow)
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        """A person's own password replaces a one-time password."""
        user.has_one_time_password = False
        super().set_password(user, password)
        remember(self.request, user)  # the owner has proved themselves here

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        login = credentials.get("username") or credentials.get("email") or ""
        account = account_called(login)
        attempt = Try(request, login, account)
        if attempt.is_too_often_right():
            raise self.validation_error("too_many_sign_ins")
        if not attempt.is_allowed():
            raise self._too_many_tries(attempt.wait_s())
        user: User | None = super().authenticate(request, **credentials, account=account)
        if user is not None:
            attempt.succeed()
        return user

    def _too_many_tries(self, wait_s: int) -> ValidationError:
        """wait_s: 0 where nobody can tell."""
        if not wait_s:
            error: ValidationError = self.validation_error("too_many_login_attempts")
            return error
        n = wait_s
        text = ngettext(
            "Too many wrong passwords. Wait %(n)s second and try again, "
            "or ask your teacher for a new one-time password.",
            "Too many wrong passwords. Wait %(n)s seconds and try again, "
            "or ask your teacher for a new one-time password.",
            n,
        )
        if wait_s > MINUTE_S:
            n = ceil(wait_s / MINUTE_S)
            text = gettext(
                "Too many wrong passwords. Wait %(n)s minutes and try again, "
                "or ask your teacher for a new one-time password."
            )
        return ValidationError(text % {"n": n}, code="too_many_login_attempts")

    def reauthenticate(self, user: User, password: str) -> bool:
        """A right password may be rehashed here; the person stays signed in."""
        before = user.password
        is_right: bool = super().reauthenticate(user, password)
        user.refresh_from_db(fields=["password"])
        if user.password != before:
            stay_signed_in(self.request, user)
        return is_right

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        begin(request, user)
        remember(request, user, response)
        take_language(request, user, response)
        return response

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        address = email or user.email
        if address and "password" in template_prefix:
            send_later(Mail.Kind.PASSWORD_CHANGED, address, user)
        elif address and context and "to_email" in context:
            send_later(Mail.Kind.ADDRESS_CHANGED, address, user, context["to_email"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises NotImplementedError: all mail goes through `send_later`, so pages never wait."""
        raise NotImplementedError(f"no page sends {template_prefix} by itself")
