from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tutor.assignments.models import Assignment, Override

ISO_FORMAT = "%Y-%m-%dT%H:%M"  # what the browser's own field sends


class InstantInput(forms.DateTimeInput):
    """The browser's own field for a date and a time of day."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=ISO_FORMAT)


class InstantField(forms.DateTimeField):
    """An instant in the time zone that is current, which is the section's on its pages."""

    widget = InstantInput
    input_formats = (ISO_FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


def instant_field(db_field: Any, **kwargs: Any) -> Any:
    """A model's field as a form's; for the `formfield_callback` of a form with instants."""
    if db_field.get_internal_type() == "DateTimeField":
        return db_field.formfield(form_class=InstantField, **kwargs)
    return db_field.formfield(**kwargs)


def check_order(
    form: forms.BaseForm,
    opens_at: datetime | None,
    due_at: datetime | None,
    closes_at: datetime | None,
) -> None:
    """Dates in the wrong order are refused at the later one."""
    if opens_at and due_at and due_at <= opens_at:
        form.add_error("due_at", _("It would be due before it opens."))
    if due_at and closes_at and closes_at < due_at:
        form.add_error("closes_at", _("It would close before it is due."))


class OverrideForm(forms.ModelForm[Override]):
    class Meta:
        model = Override
        fields = ("opens_at", "due_at", "closes_at", "attempts_allowed", "time_limit_min", "reason")
        formfield_callback = instant_field

    def __init__(self, *args: Any, given: Assignment, **kwargs: Any) -> None:
        """`given` is the assignment as the student has it now, of which some may be kept."""
        super().__init__(*args, **kwargs)
        self.given = given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens_at = data.get("opens_at") or self.given.opens_at
        due_at = data.get("due_at") or self.given.due_at
        if data.get("opens_at") and not data.get("due_at") and due_at <= opens_at:
            self.add_error("opens_at", _("It would open after it is due."))
        elif data.get("due_at") or data.get("closes_at"):
            check_order(self, opens_at, due_at, data.get("closes_at"))
        return data
