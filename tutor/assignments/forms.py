from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.register_order import RegisterOrder
from tutor.assignments.extending import MAX_DAYS
from tutor.assignments.models import Assignment, Override, ProblemSet
from tutor.assignments.models.assignment import RULE_COLUMNS, TELLING
from tutor.courses.conventions import date_language
from tutor.courses.models import Enrollment, Section

YEARS = range(2000, 2100)  # further away, sums of dates and days leave the calendar
ISO_FORMAT = "%Y-%m-%dT%H:%M"  # what the browser's own field sends


class InstantInput(forms.DateTimeInput):
    """The browser's own field for a date and a time of day."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=ISO_FORMAT)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the language in which a script writes the day beneath."""
        return super().get_context(name, value, {**(attrs or {}), "data-language": date_language()})


class InstantField(forms.DateTimeField):
    """An instant in the time zone that is current, which is the section's on its pages."""

    widget = InstantInput
    input_formats = (ISO_FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")

    def to_python(self, value: Any) -> datetime | None:
        instant = super().to_python(value)
        if instant is not None and instant.year not in YEARS:
            raise forms.ValidationError(_("This year is out of range."))
        return instant


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


def check_ladder(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Steps that come later than the whole solution, which shows them, are refused."""
    policy = Assignment.HelpPolicy
    step, solution = (_attempts_before(data, level) for level in ("step", "help"))
    is_never = data.get("step_policy") == policy.NEVER
    if solution is not None and not is_never and (step is None or step > solution):
        sentence = _("The whole solution would come before its steps. Give steps no later than it.")
        form.add_error("step_policy", sentence)


_TELLING_FIELDS = frozenset(RULE_COLUMNS[level][0] for level in TELLING)
_EARLY = (Assignment.HelpPolicy.ALWAYS, Assignment.HelpPolicy.AFTER_ATTEMPTS)


def check_verdict(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Help that tells what is right is refused before the verdict."""
    if data.get("verdict_policy") != Assignment.VerdictPolicy.AFTER_END:
        return
    sentence = _(
        "This would tell whether an answer is right before the verdict does. Give it after the due "
        "date, or the verdict at once."
    )
    for name in _TELLING_FIELDS:
        if data.get(name) in _EARLY:
            form.add_error(name, sentence)


def _attempts_before(data: dict[str, Any], level: str) -> int | None:
    """None where attempts alone never earn this help."""
    policy = Assignment.HelpPolicy
    count = data.get(f"{level}_after_attempts")
    return {policy.ALWAYS.value: 0, policy.AFTER_ATTEMPTS.value: count}.get(
        data.get(f"{level}_policy", "")
    )


class OverrideForm(forms.ModelForm[Override]):
    class Meta:
        model = Override
        fields = ("opens_at", "due_at", "closes_at", "attempts_allowed", "time_limit_min", "reason")
        formfield_callback = instant_field

    def __init__(self, *args: Any, given: Assignment, **kwargs: Any) -> None:
        """given: the assignment as the student has it now."""
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


class ExtensionForm(forms.Form):
    """More days for the students who are ticked."""

    days = forms.IntegerField(
        label=gettext_lazy("days"), min_value=1, max_value=MAX_DAYS, initial=3
    )
    student = forms.ModelMultipleChoiceField(
        Enrollment.objects.none(),
        error_messages={"required": gettext_lazy("Tick the students who get more days.")},
    )

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        students = assignment.section.enrollments.students()
        self.fields["student"].queryset = students  # type: ignore[attr-defined]


HELP_FIELDS = (
    "check_policy",
    "check_after_attempts",
    "hint_policy",
    "hint_after_attempts",
    "reply_policy",
    "reply_after_attempts",
    "step_policy",
    "step_after_attempts",
    "help_policy",
    "help_after_attempts",
)
_DECIDE_TIME = {"opens_at", "due_at", "closes_at", "time_limit_min"}
EXERCISE_FIELDS = ("has_faded_examples", "has_wrong_lines")


class AssignmentForm(forms.ModelForm[Assignment]):
    """A set given to a section. Its dates are typed in the section's time zone.

    What becomes a test gives help after its end, and with a time limit the verdict too, unless
    somebody has chosen these in the form.
    help_chosen: the page's script notes it where a choice is the same as the default.
    """

    help_chosen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    is_help_put_off = are_verdicts_put_off = False

    class Meta:
        model = Assignment
        fields = (
            "problem_set",
            "opens_at",
            "due_at",
            "closes_at",
            "late_credit",
            "attempts_allowed",
            "time_limit_min",
            "verdict_policy",
            *HELP_FIELDS,
            *EXERCISE_FIELDS,
            "for_all",
            "groups",
            "students",
        )
        formfield_callback = instant_field
        widgets = {  # noqa: RUF012
            "groups": forms.CheckboxSelectMultiple,
            "students": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.instance.section
        if self.instance.pk:
            del self.fields["problem_set"]  # what was worked on stays what it is
        else:
            sets = ProblemSet.objects.visible_to(user).exclude(assignments__section=section)
            self.fields["problem_set"].queryset = sets.order_by(RegisterOrder("title"), "pk")  # type: ignore[attr-defined]
            self.fields["problem_set"].empty_label = _("choose a set")  # type: ignore[attr-defined]
            self.fields["problem_set"].error_messages["invalid_choice"] = _(
                "This class already has the set, or the set is not yours. A class can have each "
                "set only once: change the dates of that assignment, or copy the set."
            )
        students = section.enrollments.students().in_order().select_related("user")
        self.fields["students"].queryset = students  # type: ignore[attr-defined]
        self.fields["students"].label_from_instance = name_in_list  # type: ignore[attr-defined]
        self.fields["groups"].queryset = section.groups.all()  # type: ignore[attr-defined]

    def clean_problem_set(self) -> ProblemSet:
        problem_set: ProblemSet = self.cleaned_data["problem_set"]
        if not problem_set.items.exists():
            raise forms.ValidationError(_("This set has no problems yet. Add some to it first."))
        return problem_set

    def help_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each level of help when it is given, and after how many attempts."""
        fields = [self[name] for name in HELP_FIELDS]
        return list(zip(fields[::2], fields[1::2], strict=True))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_order(self, data.get("opens_at"), data.get("due_at"), data.get("closes_at"))
        self._check_time_limit(data)
        self._check_running(data)
        if self._becomes_test(data) and not data.get("help_chosen"):
            self._put_help_off(data)
        if self._becomes_timed(data) and not data.get("help_chosen"):
            self._withhold_verdicts(data)
        check_ladder(self, data)
        check_verdict(self, data)
        if not (data.get("for_all") or data.get("groups") or data.get("students")):
            self.add_error("for_all", _("Choose the whole class, or somebody below."))
        return data

    def _check_time_limit(self, data: dict[str, Any]) -> None:
        """Refuses a limit that nobody can use up, since the assignment ends before."""
        limit_min, opens_at = data.get("time_limit_min"), data.get("opens_at")
        if self.errors or limit_min is None or not _DECIDE_TIME & set(self.changed_data):
            return
        if self.data.get("opens") == "now":
            opens_at = timezone.now().replace(second=0, microsecond=0)
        open_min = ((data["closes_at"] or data["due_at"]) - opens_at) // timedelta(minutes=1)
        if limit_min > open_min:
            sentence = ngettext(
                "The assignment is open for only %(n)s minute. Give a shorter time limit or a "
                "later due date.",
                "The assignment is open for only %(n)s minutes. Give a shorter time limit or a "
                "later due date.",
                open_min,
            )
            self.add_error("time_limit_min", sentence % {"n": open_min})

    def _check_running(self, data: dict[str, Any]) -> None:
        """Refuses a limit that students who work now have used up already."""
        limit_min, former_min = data.get("time_limit_min"), self.initial.get("time_limit_min")
        if limit_min is None or former_min is None or self.instance.pk is None:
            return
        now = timezone.now()
        used_up = self.instance.sittings.filter(
            begun_at__gt=now - timedelta(minutes=former_min),
            begun_at__lte=now - timedelta(minutes=limit_min),
        ).count()
        if used_up and limit_min < former_min:
            sentence = ngettext(
                "%(n)s student who works now has used more time than that. Give a longer limit, or "
                "wait until the student is done.",
                "%(n)s students who work now have used more time than that. Give a longer limit, "
                "or wait until they are done.",
                used_up,
            )
            self.add_error("time_limit_min", sentence % {"n": used_up})

    def _becomes_test(self, data: dict[str, Any]) -> bool:
        is_test = data.get("time_limit_min") is not None or data.get("attempts_allowed") == 1
        return is_test and not self.instance.is_test

    def _becomes_timed(self, data: dict[str, Any]) -> bool:
        is_timed = data.get("time_limit_min") is not None
        return is_timed and self.initial.get("time_limit_min") is None

    @property
    def gives_several_attempts(self) -> bool:
        """Whether what was sent makes a test with a time limit and several attempts a problem.

        Any number is the rule where the verdicts come after the end, and no remark is needed.
        """
        is_timed = self.instance.time_limit_min is not None
        has_changed = {"time_limit_min", "attempts_allowed", "verdict_policy"} & set(
            self.changed_data
        )
        is_rule = self.instance.withholds_verdicts and self.instance.attempts_allowed is None
        is_single = self.instance.attempts_allowed == 1
        return is_timed and not is_single and not is_rule and bool(has_changed)

    @property
    def is_window_new(self) -> bool:
        return bool(_DECIDE_TIME & set(self.changed_data)) or "problem_set" in self.changed_data

    @property
    def is_test_new(self) -> bool:
        """Whether what was sent makes a test of something."""
        return bool({"problem_set", "time_limit_min", "attempts_allowed"} & set(self.changed_data))

    def _withhold_verdicts(self, data: dict[str, Any]) -> None:
        """Unless help was left open on purpose, which tells what is right."""
        is_open = any(data.get(name) in _EARLY for name in _TELLING_FIELDS)
        if not is_open and "verdict_policy" not in self.changed_data:
            data["verdict_policy"] = Assignment.VerdictPolicy.AFTER_END
            self.are_verdicts_put_off = True

    def _put_help_off(self, data: dict[str, Any]) -> None:
        if not set(HELP_FIELDS) & set(self.changed_data):
            early = [name for name in HELP_FIELDS if data.get(name) in _EARLY]
            data.update(dict.fromkeys(early, Assignment.HelpPolicy.AFTER_DUE))
            self.is_help_put_off = True


def name_in_list(enrollment: Enrollment) -> str:
    return enrollment.user.isolated_register_name


class CopyForm(forms.Form):
    """Which assignments of another section come here, and how much later they are."""

    assignments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("assignments"),
        queryset=Assignment.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=gettext_lazy("extra days"),
        min_value=-3660,
        max_value=3660,
        help_text=gettext_lazy("364 moves the dates by a year and keeps the days of the week."),
    )

    def __init__(self, *args: Any, source: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = source.assignments.select_related("problem_set").order_by("opens_at", "pk")
        self.fields["assignments"].queryset = rows  # type: ignore[attr-defined]
        self.fields["assignments"].label_from_instance = attrgetter("title")  # type: ignore[attr-defined]


class TitleForm(forms.ModelForm[ProblemSet]):
    class Meta:
        model = ProblemSet
        fields = ("title",)
