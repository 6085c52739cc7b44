from zoneinfo import available_timezones

from django import forms

from accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    time_zone = forms.ChoiceField(
        label=User._meta.get_field("time_zone").verbose_name,
        choices=lambda: [(name, name) for name in sorted(available_timezones())],
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "language", "time_zone")
