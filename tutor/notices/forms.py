from django import forms

from tutor.notices.models import MailPreferences


class MailPreferencesForm(forms.ModelForm[MailPreferences]):
    class Meta:
        model = MailPreferences
        fields = ("message", "due", "assigned", "graded")
