from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tutor.attempts.models import Attempt
from tutor.grading import Verdict
from tutor.grading.multipart import weighted
from tutor.text_gate import UnacceptableText, accept_text

MAX_REASON_LENGTH = 1_000  # characters


def gated(text: str, limit: int = MAX_REASON_LENGTH) -> str:
    try:
        return accept_text(text, limit=limit)
    except UnacceptableText as error:
        raise forms.ValidationError(str(error)) from None


class ReviewForm(forms.Form):
    message = forms.CharField(max_length=500)

    def clean_message(self) -> str:
        return gated(self.cleaned_data["message"])


class DecisionForm(forms.Form):
    """A teacher's grade for an attempt, and the reason: the student reads both.

    A reason is needed where a student has read a verdict or asks for a review.
    The grade of now is chosen at first. Saved as it is, it answers a request for a review, and no
    grade changes.
    """

    RIGHT, PARTLY, WRONG = "right", "partly", "wrong"

    decision = forms.ChoiceField(widget=forms.RadioSelect)
    percent = forms.IntegerField(
        label=gettext_lazy("share of the points, in percent"),
        min_value=1,
        max_value=99,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("why (the student reads it)"),
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, attempt: Attempt) -> None:
        score = round(100 * attempt.score)
        percent = score if 0 < score < 100 else 50
        super().__init__(data, initial={"percent": percent, "decision": self._now(attempt)})
        self.attempt = attempt
        has_verdict = attempt.verdict in (Verdict.CORRECT, Verdict.INCORRECT)
        reason = self.fields["reason"]
        reason.required = has_verdict or self.is_asked
        if not reason.required:
            reason.label = _("a word to the student, if you like")
        choices = [
            (self.RIGHT, _("correct")),
            (self.PARTLY, _("by parts") if attempt.parts else _("partly right")),
            (self.WRONG, _("not right")),
        ]
        for part in attempt.parts_shown:
            self.fields[f"part_{part.letter}"] = forms.IntegerField(
                label=_("Part %(letter)s), in percent of its points") % {"letter": part.letter},
                min_value=0,
                max_value=100,
                required=False,
                initial=part.percent,
            )
        now = self.initial["decision"]
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (value, _("%(verdict)s (as now)") % {"verdict": label} if value == now else label)
            for value, label in choices
        ]

    @classmethod
    def _now(cls, attempt: Attempt) -> str:
        if attempt.verdict == Verdict.CORRECT:
            return cls.RIGHT
        if attempt.verdict == Verdict.INCORRECT:
            return cls.PARTLY if attempt.score else cls.WRONG
        return ""

    @property
    def parts(self) -> list[forms.BoundField]:
        """A field for each part; empty where there are none."""
        return [self[name] for name in self.fields if name.startswith("part_")]

    @property
    def is_asked(self) -> bool:
        review = getattr(self.attempt, "review", None)
        return review is not None and review.answered_at is None

    @property
    def first_error(self) -> str:
        return next((str(error[0]) for error in self.errors.values()), "")

    def clean_reason(self) -> str:
        return gated(self.cleaned_data["reason"])

    def clean(self) -> None:
        if self.cleaned_data.get("decision") != self.PARTLY:
            return
        if self.parts:
            if any(self.cleaned_data.get(part.name) is None for part in self.parts):
                problem = _("Enter what percentage of its points each part gets.")
                raise forms.ValidationError(problem)
        elif not self.cleaned_data.get("percent"):
            raise forms.ValidationError(_("Enter what percentage of the points it is worth."))

    def save(self, author: User) -> None:
        decision, reason = self.cleaned_data["decision"], self.cleaned_data["reason"]
        with transaction.atomic():
            if self.is_asked and self._is_as_now(decision):
                self.attempt.answer_review(author, reason)
                return
            score, parts = self._scores(decision)
            self.attempt.change_grade(
                Verdict.CORRECT if score == 1 else Verdict.INCORRECT,
                score,
                author=author,
                reason=reason,
                parts=parts,
            )

    def _is_as_now(self, decision: str) -> bool:
        if decision != self.initial["decision"]:
            return False
        if decision != self.PARTLY:
            return True
        shares = {"percent": round(100 * self.attempt.score)} if not self.parts else {}
        shares |= {f"part_{part.letter}": part.percent for part in self.attempt.parts_shown}
        return all(self.cleaned_data[name] == share for name, share in shares.items())

    def _scores(self, decision: str) -> tuple[float, list[float]]:
        """Of the whole and of each part."""
        if decision != self.PARTLY:
            score = float(decision == self.RIGHT)
            return score, [score for _part in self.parts]
        if not self.parts:
            return self.cleaned_data["percent"] / 100, []
        scores = [self.cleaned_data[part.name] / 100 for part in self.parts]
        return weighted(scores, [part["share"] for part in self.attempt.version.parts]), scores
