"""Whose reports are shown, and of which period."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tutor.courses.models import Enrollment, Section
from tutor.teaching.gradebook.section_table import Period
from tutor.teaching.students import name_of

_DAY = {"type": "date"}


class ReportForm(forms.Form):
    """Empty dates set no bound; both days belong to the period."""

    student = forms.ChoiceField(label=_("Student"), required=False)
    first_day = forms.DateField(
        label=_("Due from"), required=False, widget=forms.DateInput(_DAY, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Due until"), required=False, widget=forms.DateInput(_DAY, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, *, section: Section, enrollments: list[Enrollment]) -> None:
        super().__init__(data)
        self.section, self.enrollments = section, enrollments
        names = [(row.user.username, name_of(row)) for row in enrollments]
        self.fields["student"].choices = [  # type: ignore[attr-defined]
            ("", _("the whole class")),
            *names,
        ]

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first one."))
        return self.cleaned_data

    @property
    def shown(self) -> set[int]:
        """The pks of the enrollments whose reports are shown; empty where the form is not valid."""
        if not self.is_valid():
            return set()
        username = self.cleaned_data["student"]
        return {row.pk for row in self.enrollments if username in ("", row.user.username)}

    @property
    def period(self) -> Period:
        """By the clock of the section."""
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        zone = self.section.zone
        return Period(
            datetime.combine(first, time(), zone) if first else None,
            datetime.combine(last + timedelta(days=1), time(), zone) if last else None,
        )
