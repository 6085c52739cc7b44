"""The admin's one form for a problem: its catalogue entry and what its current version says."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from tutor.grading import Form
from tutor.problems.content import InvalidRecord
from tutor.problems.labels import FORMS, KINDS
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord

_SEPARATOR = re.compile(r"^---+\s*$", re.MULTILINE)
_FIELD_OF = {"key": "key_value"}


class OptionsField(forms.JSONField):
    """Django's own raises ValueError for a number of thousands of digits."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValueError as error:
            invalid = self.error_messages["invalid"]
            raise forms.ValidationError(invalid, code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except ValueError:
            return InvalidJSONInput(data)


def text_area(rows: int) -> AdminTextareaWidget:
    return AdminTextareaWidget(attrs={"rows": rows})


class ProblemAdminForm(forms.ModelForm[Problem]):
    """Saving it revises the problem; `record` is what it said, once it is valid."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=AdminTextInputWidget)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    level = forms.IntegerField(
        label=_("Level"), min_value=1, max_value=5, help_text=_("1 primary school … 5 university")
    )
    statement = forms.CharField(
        label=_("Statement"),
        widget=text_area(6),
        help_text=_(r"Markdown with formulas in \( \), \[ \], $ $ or $$ $$."),
    )
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=text_area(4),
        help_text=_(
            "Only for answers of the kind choice. Separate them by a line of three hyphens."
        ),
    )
    key_kind = forms.ChoiceField(label=_("Answer: kind"), choices=KINDS)
    key_value = forms.CharField(label=_("Answer: value"), widget=text_area(2), max_length=4_000)
    key_form = forms.ChoiceField(label=_("Answer: form"), choices=FORMS, initial=Form.ANY.value)
    key_options = OptionsField(
        label=_("Answer: options"),
        required=False,
        initial=dict,
        widget=text_area(2),
        help_text=_('Such as {"tolerance": "0.01"}, {"places": 2} or {"unit": "cm"}.'),
    )
    hints = forms.CharField(
        label=_("Hints"),
        required=False,
        widget=text_area(6),
        help_text=_("From weak to strong, separated by a line of three hyphens."),
    )
    solution = forms.CharField(label=_("Reference solution"), widget=text_area(10))

    class Meta:
        model = Problem
        fields = (
            "slug",
            "owner",
            "is_shared",
            "is_public",
            "skills",
            "source",
            "licence",
            "category",
        )

    record: ProblemRecord

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.current:
            record = self.instance.record()
            self.initial = {**stored_values(record), **self.initial}
            if record.content.parts:  # which have the answers, and the editor's page alone
                for name in ("key_kind", "key_value", "key_form", "key_options", "choices"):
                    self.fields[name].disabled, self.fields[name].required = True, False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                unchanged, fields = self._kept(), record_fields(data)
                if "parts" in unchanged:
                    del fields["key"]  # theirs
                self.record = ProblemRecord.from_dict({**unchanged, **fields})
            except InvalidRecord as error:
                name = _FIELD_OF.get(error.name, error.name)
                self.add_error(name if name in self.fields else None, error.reason)
        return data

    def _kept(self) -> dict[str, Any]:
        """What the editor's page alone can change."""
        stored = self.instance.record().to_dict() if self.instance.current else {}
        return {
            name: stored[name]
            for name in ("parameters", "expected", "tests", "parts")
            if name in stored
        }


def stored_values(record: ProblemRecord) -> dict[str, Any]:
    """Initial values of the form's own fields."""
    content, options = record.content, record.content.key.to_dict()
    return {
        "title": content.title,
        "language": content.language,
        "level": content.level,
        "statement": content.statement,
        "choices": "\n---\n".join(content.choices),
        "key_kind": options.pop("kind"),
        "key_value": options.pop("value"),
        "key_form": options.pop("form", Form.ANY.value),
        "key_options": options,
        "hints": "\n---\n".join(content.hints),
        "solution": content.solution,
    }


def record_fields(data: dict[str, Any]) -> dict[str, Any]:
    """The form's cleaned data as an exchange record."""
    options = data["key_options"] or {}
    key = {"kind": data["key_kind"], "value": data["key_value"], "form": data["key_form"]}
    copied = (
        "slug",
        "title",
        "language",
        "level",
        "statement",
        "solution",
        "source",
        "licence",
        "category",
    )
    return {
        **{name: data[name] for name in copied},
        "key": {**options, **key} if isinstance(options, dict) else options,
        "choices": parts(data["choices"]),
        "hints": parts(data["hints"]),
        "skills": [skill.name for skill in data["skills"]],
    }


def parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
