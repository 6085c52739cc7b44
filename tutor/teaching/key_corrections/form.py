from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tutor.attempts.forms import MAX_REASON_LENGTH, gated
from tutor.problems.content import ANSWER_LIMIT, InvalidRecord
from tutor.problems.records import ProblemRecord
from tutor.teaching.key_corrections.corrected_record import (
    CorrectedRecord,
    stored_values,
    with_values,
)


class KeyCorrectionForm(forms.Form):
    """The right answers, one for each part. Once it is valid, `corrected` has them."""

    never_lower = forms.BooleanField(label=_("nobody loses points"), required=False, initial=True)
    reason = forms.CharField(
        label=_("Reason"),
        initial=_("The right answer of the problem was wrong and is corrected now."),
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Students whose grades change see the reason."),
    )
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    corrected: CorrectedRecord

    def __init__(
        self, data: Any = None, *, record: ProblemRecord, proposed: Mapping[str, str]
    ) -> None:
        """proposed: answers by the names of their fields, to begin with; with "back" after a
        correction that was none, so that it lowers again what that has raised.
        """
        super().__init__(data, initial={"never_lower": "back" not in proposed})
        self.record = record
        self.stored = stored_values(record.content)
        for letter, value in self.stored.items():
            self.fields[f"answer{letter}"] = forms.CharField(
                label=_("Right answer") if not letter else f"{letter})",
                max_length=ANSWER_LIMIT,
                initial=proposed.get(f"answer{letter}", value),
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )

    @property
    def answers(self) -> list[forms.BoundField]:
        return [self[f"answer{letter}"] for letter in self.stored]

    @property
    def before(self) -> dict[str, str]:
        """The stored answers, by the names of their fields."""
        return {f"answer{letter}": value for letter, value in self.stored.items()}

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Letter, stored and entered answer, of each that changes."""
        rows = [(letter, old, self._values[letter]) for letter, old in self.stored.items()]
        return [row for row in rows if row[1] != row[2]]

    @property
    def chosen(self) -> str:
        """What a preview was for, in one text."""
        data = self.cleaned_data
        return "\n".join([str(data["never_lower"]), *self._values.values()])

    @property
    def is_previewed(self) -> bool:
        """Whether the form confirms exactly what the last preview has shown."""
        previewed: str = self.data.get("previewed", "")
        return previewed.replace("\r\n", "\n") == self.chosen

    @property
    def _values(self) -> dict[str, str]:
        return {letter: self.cleaned_data[f"answer{letter}"] for letter in self.stored}

    def clean_reason(self) -> str:
        return gated(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        first = f"answer{next(iter(self.stored))}"
        if self._values == self.stored:
            self.add_error(first, gettext("This answer is stored already. Enter another one."))
            return data
        try:
            self.corrected = with_values(self.record, self._values)
        except InvalidRecord as error:
            self.add_error(first, error.reason)
        return data
