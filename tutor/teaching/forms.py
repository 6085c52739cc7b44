from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.forms import name_in_list
from tutor.assignments.models import Assignment
from tutor.attempts.forms import MAX_REASON_LENGTH, gated
from tutor.attempts.models import MAX_MESSAGE_LENGTH
from tutor.courses.models import Enrollment, EnrollmentQuerySet, Section, StudentGroup
from tutor.teaching.models import Exemption
from tutor.teaching.students import name_of, students_of

_MAX_WEIGHT = Decimal("999.99")


class CountingForm(forms.Form):
    """A weight for each assignment, and how many of a student's lowest results do not count."""

    lowest_dropped = forms.IntegerField(
        label=_("Lowest results left out"), min_value=0, max_value=50
    )

    def __init__(self, data: Any, *, section: Section, assignments: Iterable[Assignment]) -> None:
        super().__init__(data, initial={"lowest_dropped": section.lowest_dropped})
        self.section = section
        self.assignments = {f"weight-{assignment.pk}": assignment for assignment in assignments}
        for name, assignment in self.assignments.items():
            self.fields[name] = forms.DecimalField(
                label=assignment.title,
                min_value=0,
                max_value=_MAX_WEIGHT,
                decimal_places=2,
                initial=assignment.weight,
            )

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[name] for name in self.assignments]

    def save(self) -> None:
        self.section.lowest_dropped = self.cleaned_data["lowest_dropped"]
        self.section.save(update_fields=["lowest_dropped"])
        for name, assignment in self.assignments.items():
            assignment.weight = self.cleaned_data[name]
            assignment.save(update_fields=["weight"])


class ExemptionForm(forms.Form):
    student = forms.ChoiceField(label=_("Student"))
    assignment = forms.ChoiceField(label=_("Assignment"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self, data: Any = None, *, section: Section, assignments: Iterable[Assignment]
    ) -> None:
        super().__init__(data)
        self.fields["student"].choices = [  # type: ignore[attr-defined]
            (enrollment.pk, name_of(enrollment)) for enrollment in students_of(section)
        ]
        self.fields["assignment"].choices = [  # type: ignore[attr-defined]
            (assignment.pk, assignment.title) for assignment in assignments
        ]

    def save(self, author: User) -> None:
        Exemption.objects.update_or_create(
            enrollment_id=self.cleaned_data["student"],
            assignment_id=self.cleaned_data["assignment"],
            defaults={"reason": self.cleaned_data["reason"], "author": author},
        )


class RegradeForm(forms.Form):
    """How to regrade a problem, and why; students whose grades change read the reason."""

    never_lower = forms.BooleanField(label=_("nobody loses points"), required=False, initial=True)
    other_wordings = forms.BooleanField(
        label=_("also answers to earlier wordings of the question"), required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        initial=_("The right answer of the problem was wrong and is corrected now."),
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Students whose grades change see the reason."),
    )

    def clean_reason(self) -> str:
        return gated(self.cleaned_data["reason"])

    def chosen(self, name: str) -> bool:
        """Whether the box is ticked; in an unsent form, whether it is ticked initially."""
        return bool(self.cleaned_data[name] if self.is_bound else self.fields[name].initial)

    def has_reason(self) -> bool:
        if self.cleaned_data["reason"]:
            return True
        self.add_error("reason", gettext("Enter a reason for the change."))
        return False


class AdviceForm(forms.Form):
    """A teacher's advice on a wrong answer; an empty text removes it."""

    version = forms.UUIDField()
    part = forms.CharField(required=False, max_length=1)
    answer = forms.CharField(max_length=2_000, strip=False)
    text = forms.CharField(required=False, max_length=MAX_REASON_LENGTH)

    def clean_text(self) -> str:
        return gated(self.cleaned_data["text"])

    @property
    def first_error(self) -> str:
        return next((str(error[0]) for error in self.errors.values()), "")


class MessageForm(forms.Form):
    """A message to students. code: of the message, so that it is sent once."""

    code = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Message"),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "It appears on the student’s home page and beside the problem. Formulas go between "
            "\\( and \\). Nobody can reply."
        ),
    )

    def clean_text(self) -> str:
        return gated(self.cleaned_data["text"], MAX_MESSAGE_LENGTH)


class ClassMessageForm(MessageForm):
    """A message to the whole class or to some of its students."""

    ALL, SOME = "all", "some"

    to = forms.ChoiceField(
        label=_("To"),
        choices=[(ALL, _("the whole class")), (SOME, _("some students, ticked below"))],
        widget=forms.RadioSelect,
    )
    groups = forms.ModelMultipleChoiceField(
        StudentGroup.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    students = forms.ModelMultipleChoiceField(
        Enrollment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        students = section.enrollments.students()
        shown = students.in_order().select_related("user")
        self.fields["students"].queryset = shown  # type: ignore[attr-defined]
        self.fields["students"].label_from_instance = name_in_list  # type: ignore[attr-defined]
        self.fields["groups"].queryset = section.groups.all()  # type: ignore[attr-defined]
        self.fields["text"].help_text = gettext(
            "It appears on each student’s home page and under Notices. Formulas go between "
            "\\( and \\). Nobody can reply."
        )

    @property
    def is_for_all(self) -> bool:
        return bool(self.cleaned_data["to"] == self.ALL)

    @property
    def recipients(self) -> EnrollmentQuerySet:
        """Current students only."""
        students = self.section.enrollments.students()
        if self.is_for_all:
            return students
        in_groups = Q(groups__in=self.cleaned_data["groups"])
        return students.filter(in_groups | Q(pk__in=self.cleaned_data["students"])).distinct()

    def clean(self) -> dict[str, Any]:
        """A message that was meant for some must never reach all by mistake."""
        data = super().clean() or self.cleaned_data
        is_ticked = bool(data.get("groups") or data.get("students"))
        if data.get("to") == self.ALL and is_ticked:
            text = _("You chose the whole class, and ticked some students too. Choose one of them.")
            self.add_error("to", text)
        elif data.get("to") == self.SOME and not is_ticked:
            self.add_error("to", _("Tick at least one student or group below."))
        elif data.get("to") and not self.recipients.exists():
            self.add_error("to", _("There is no student to write to."))
        return data


class ExtraForm(forms.Form):
    """One more problem. code: of the assignment, so that it is given once."""

    code = forms.UUIDField()
    problem = forms.UUIDField()
