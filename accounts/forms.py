from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


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
