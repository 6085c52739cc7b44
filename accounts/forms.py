from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Mail, User
from accounts.tasks import send_later


class ProfileForm(forms.ModelForm[User]):
    time_zone = forms.ChoiceField(
        label=User._meta.get_field("time_zone").verbose_name,
        choices=lambda: [(name, name) for name in sorted(available_timezones())],
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "language", "time_zone")

    def clean_email(self) -> str:
        """Whoever has an address can set the password: it belongs to one person."""
        email: str = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody else has this email address."))
        return email


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """allauth's, with labels that say what to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or email")
        self.fields["remember"].label = _("Stay signed in on this device")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a mail, and does not look who has the address: a worker does."""

    @property
    def sends_mail(self) -> bool:
        return bool(settings.EMAIL_HOST)

    @property
    def contact(self) -> str:
        return settings.CONTACT

    def clean_email(self) -> str:
        if not self.sends_mail:
            raise forms.ValidationError(_("Lemma sends no mail here."))
        email: str = self.cleaned_data["email"]
        return email

    def save(self, request: HttpRequest, **options: Any) -> str:
        email: str = self.cleaned_data["email"]
        send_later(Mail.Kind.NEW_PASSWORD, email)
        return email
