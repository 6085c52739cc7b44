import unicodedata
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.addresses import is_confirmed
from accounts.models import Mail, User, default_time_zone
from accounts.tasks import send_later
from tutor.countries import zone_names, zones_alike
from tutor.text_gate import UnacceptableText, accept_text, without_hidden

BLANK = "\N{BRAILLE PATTERN BLANK}"
MAX_SENT = 2_000  # characters of a name; the field itself allows fewer
MAX_LOGIN = 320  # characters: an address has no more


class NameField(forms.CharField):
    """A part of a person's name, without invisible characters and direction marks."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=150, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            name = accept_text(without_hidden(text).replace(BLANK, " "), limit=MAX_SENT)
        except UnacceptableText as error:
            raise forms.ValidationError(_("The name is missing.")) from error
        has_letter = any(unicodedata.category(char)[0] in "LN" for char in name)
        return " ".join(name.split()) if has_letter else ""


class NamesForm(forms.Form):
    """A person's names. Some people have only one."""

    first_name = NameField(label=_("First name"), autocomplete="given-name")
    last_name = NameField(label=_("Last name"), autocomplete="family-name")

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in names_in_order()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names = {"first_name", "last_name"}
        if not names & set(self.errors) and not any(data.get(name) for name in names):
            self.add_error("first_name", _("The name is missing."))
        return data


class BrowserZoneField(forms.CharField):
    """The time zone of the browser, which a script fills in; empty if there is no such zone."""

    def __init__(self) -> None:
        widget = forms.HiddenInput(attrs={"data-browser-zone": ""})
        super().__init__(max_length=MAX_SENT, required=False, widget=widget)

    def clean(self, value: Any) -> str:
        return value if value in available_timezones() else ""


class ZoneSelect(forms.Select):
    """An option names in an attribute the zones that show the same clock."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if alike := zones_alike().get(str(value)):
            option["attrs"]["data-alike"] = " ".join(alike)
        return option


class ZoneField(forms.ChoiceField):
    """stored: the zone that a person or a class has, which can be kept whatever it is."""

    widget = ZoneSelect

    def __init__(self, stored: str, **kwargs: Any) -> None:
        super().__init__(choices=lambda: zone_choices(stored), **kwargs)


def zone_choices(stored: str) -> list[tuple[str, str]]:
    names = zone_names(get_language() or "en")
    if stored:
        names.setdefault(stored, stored)
    return list(names.items())


def names_in_order() -> tuple[str, str]:
    """As people of the page's language write them."""
    is_family_first = (get_language() or "").startswith("zh")
    return ("last_name", "first_name") if is_family_first else ("first_name", "last_name")


class SignupForm(NamesForm, allauth_forms.SignupForm):  # type: ignore[misc]  # allauth is untyped
    """allauth's form, with the person's name: teachers know a class by names."""

    time_zone = BrowserZoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        explain_new_password(self.fields["password1"])
        if settings.EMAIL_HOST:
            self.fields["email"].help_text = _(
                "With it you can reset a forgotten password yourself."
            )


class ProfileForm(forms.ModelForm[User]):
    first_name = NameField(label=_("First name"), autocomplete="given-name")
    last_name = NameField(label=_("Last name"), autocomplete="family-name")

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = User._meta.get_field("time_zone").verbose_name
        self.fields["time_zone"] = ZoneField(self.instance.time_zone, label=label)
        self.order_fields(names_in_order())


class PasswordAgainForm(forms.Form):
    """Asks for the password again, because somebody may have left the browser open."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        return current_password(self.user, password)


class EmailAddressForm(PasswordAgainForm):
    email = forms.EmailField(
        label=_("New address"),
        required=False,
        help_text=_("Leave empty to have no address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("email", "password")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        may_confirm = settings.EMAIL_HOST and email and not is_confirmed(self.user)
        if email == self.user.email.lower() and not may_confirm:
            raise forms.ValidationError(_("This is your address already."))
        return email


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """allauth's form, with our labels and limits on wrong passwords."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Your password now")
        label_new_passwords(self)

    def clean_oldpassword(self) -> str:
        return current_password(self.user, self.cleaned_data["oldpassword"])


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """allauth's form, with our labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_new_passwords(self)


class OwnPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic only for the checker
    """A person's own password, and their browser's time zone if they have the installation's."""

    time_zone = BrowserZoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_new_passwords(self, "new_password")

    def save(self, commit: bool = True) -> User:
        if self.user.time_zone == default_time_zone():
            self.user.time_zone = self.cleaned_data["time_zone"] or self.user.time_zone
        saved: User = super().save(commit)
        return saved


def label_new_passwords(form: forms.Form, name: str = "password") -> None:
    first, second = form.fields[f"{name}1"], form.fields[f"{name}2"]
    explain_new_password(first)
    first.label, second.label = _("New password"), _("New password, again")
    second.help_text = ""


def explain_new_password(field: forms.Field) -> None:
    """In one line; what is wrong with a password is told in full where it is refused."""
    field.help_text = _(
        "At least 8 characters. Not your name, and not a password that many people use."
    )


def current_password(user: User, password: str) -> str:
    """Raises ValidationError if the password is wrong, or after too many tries."""
    if not get_adapter().reauthenticate(user, password):
        raise forms.ValidationError(_("This is not your password."))
    return password


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """allauth's form, with labels that say what to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or email")
        # Checked before the lookup: SQLite refuses to compare very long texts.
        self.fields["login"].validators.append(MaxLengthValidator(MAX_LOGIN))
        self.fields["remember"].label = _("Stay signed in on this device")

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """One transaction: a sign-in writes five rows and waits for the disk once."""
        with transaction.atomic():
            response: HttpResponse = super().login(request, redirect_url)
        return response


class ResetPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a mail. The page does not look up the address; a worker does."""

    @property
    def sends_mail(self) -> bool:
        return bool(settings.EMAIL_HOST)

    @property
    def contact(self) -> str:
        return settings.CONTACT

    def clean_email(self) -> str:
        if not self.sends_mail:
            raise forms.ValidationError(_("Lemma cannot send email here."))
        email: str = self.cleaned_data["email"]
        return email

    def save(self, request: HttpRequest, **options: Any) -> str:
        email: str = self.cleaned_data["email"]
        send_later(Mail.Kind.NEW_PASSWORD, email)
        return email
