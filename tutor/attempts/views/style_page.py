"""A page that shows every component of the pages in every state, for who works on them.

Only with TUTOR_DEBUG. Components come from the templates that the pages include, so that nothing
here can look better than it does there.
"""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.generic import TemplateView

from tutor.attempts.counting import ProgressState, state_of
from tutor.attempts.views.style_samples import samples
from tutor.grading import Feedback, FeedbackCode, Rule, Verdict
from tutor.grading.steps.checks import Mark
from tutor.problems.editing.figure_examples import GROUPS

COLOURS = {
    "Surfaces": ["paper", "sheet", "shade"],
    "Text and lines": ["ink", "quiet", "line", "edge"],
    "What can be pressed": ["accent", "accent-deep", "accent-paper", "on-accent"],
    "Right": ["right", "right-paper"],
    "Wrong": ["wrong", "wrong-paper"],
    "Open": ["open", "open-paper"],
}
MARKS = tuple(Mark)
PROGRESS = tuple(state for state in ProgressState if state != ProgressState.NEW)
MESSAGES = {
    "success": "Your answer is kept.",
    "info": "Two problems are new.",
    "warning": "The due date is tomorrow.",
    "error": "The file is no table.",
}


class SampleForm(forms.Form):
    title = forms.CharField(help_text="As students read it.")
    language = forms.ChoiceField(choices=[("en", "English"), ("zh-hans", "中文")])
    statement = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    attempts = forms.IntegerField(max_value=9)
    is_open = forms.BooleanField(label="Open to students", required=False)


def attempts() -> list[SimpleNamespace]:
    """One for each verdict, as templates of attempts read them."""
    graded = [
        _graded(Verdict.CORRECT, 1),
        _graded(Verdict.INCORRECT, 0.5),
        _graded(Verdict.INCORRECT, 0),
        _graded(Verdict.UNREADABLE, 0),
        _graded(Verdict.UNDECIDED, 0),
    ]
    unfinished = _graded(Verdict.INCORRECT, 0)
    unfinished.state = ProgressState.UNFINISHED
    feedback = Feedback(FeedbackCode.NOT_FACTORED)
    unfinished.grade = SimpleNamespace(rule=Rule.FORM, feedback=feedback)
    sealed = SimpleNamespace(is_pending=False, is_sealed=True)
    return [*graded, unfinished, SimpleNamespace(is_pending=True), sealed]


def _graded(verdict: Verdict, score: float) -> SimpleNamespace:
    state = state_of(verdict, score)
    return SimpleNamespace(
        verdict=verdict.value, score=score, state=state, response="x = 3", is_pending=False
    )


class StylePage(TemplateView):
    template_name = "style.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invalid = SampleForm({"title": "", "attempts": "12", "language": "en"}, prefix="invalid")
        return super().get_context_data(
            colours=COLOURS,
            attempts=attempts(),
            marks=MARKS,
            progress=[SimpleNamespace(state=state) for state in PROGRESS],
            samples=MESSAGES,
            form=SampleForm(),
            invalid_form=invalid,
            figures=GROUPS[0].examples[:3],
            **samples(),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """What is typed into the samples is kept nowhere."""
        return HttpResponse(status=204)


def urls() -> list[URLPattern]:
    return [path("style/", StylePage.as_view(), name="style")] if settings.DEBUG else []
