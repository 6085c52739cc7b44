from math import ceil
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import NamesForm, ZoneField
from accounts.models import User
from accounts.register_order import RegisterOrder
from tutor.countries import countries
from tutor.courses.conventions import OLDER, country_choices, older_choice, sample
from tutor.courses.models import Course, Enrollment, Section, StudentGroup
from tutor.courses.roster.table import MAX_CHARACTERS, BadTable, decode

MAX_ROSTER_BYTES = 1024 * 1024
COUNTRY_HELP = gettext_lazy(
    "Everybody in the class reads numbers and dates like this, and may type numbers like this in "
    "every problem."
)
DAILY_LIMIT_HELP = gettext_lazy(
    "About how many new solutions the model may write for this class in a day. Leave empty for no "
    "limit."
)
TOKENS_OF_SOLUTION = 3_000  # about as many as a worked solution takes
MAX_DAILY_SOLUTIONS = 500_000

ZONE_HELP = gettext_lazy("All dates of the class are in this time zone.")
OTHER_ZONE_HELP = gettext_lazy(
    "All dates of the class are in this time zone. In another one they get another time of day, "
    "also when assignments are due."
)


def zone_field(stored: str, help_text: Any = ZONE_HELP) -> ZoneField:
    return ZoneField(stored, label=gettext_lazy("time zone"), help_text=help_text)


class CountrySelect(forms.Select):
    """Each country has its time zones, of which a script proposes one, and a sample to be shown."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if country := countries().get(str(value)):
            option["attrs"]["data-zones"] = " ".join(country.zones)
        option["attrs"]["data-sample"] = sample(str(value))
        return option


def country_field(stored: str) -> forms.ChoiceField:
    """stored: what a class has; a name from before there were countries can be kept."""
    older = list(dict.fromkeys(name for name in ("", stored) if name in OLDER))
    return forms.ChoiceField(
        label=gettext_lazy("numbers and dates"),
        choices=[*map(older_choice, older), *country_choices()],
        required=False,
        widget=CountrySelect,
        help_text=COUNTRY_HELP,
    )


class SectionForm(forms.ModelForm[Section]):
    """Settings of a section; a new course title holds for all sections of the course.

    daily_solutions: stands for the tokens that they take; the stored number stays while it is not
    changed.
    """

    course_title = forms.CharField(label=gettext_lazy("course"), max_length=200)
    daily_solutions = forms.IntegerField(
        label=gettext_lazy("daily limit for new solutions"),
        help_text=DAILY_LIMIT_HELP,
        min_value=0,
        max_value=MAX_DAILY_SOLUTIONS,
        required=False,
    )

    class Meta:
        model = Section
        fields = ("name", "time_zone", "convention")

    field_order = ("course_title", "name", "convention", "time_zone", "daily_solutions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["convention"] = country_field(self.instance.convention)
        self.fields["time_zone"] = zone_field(self.instance.time_zone, OTHER_ZONE_HELP)
        self.order_fields(self.field_order)
        self.initial.setdefault("course_title", self.instance.course.title)
        if (tokens := self.instance.daily_tokens) is not None:
            self.initial["daily_solutions"] = ceil(tokens / TOKENS_OF_SOLUTION)

    def save(self, commit: bool = True) -> Section:
        Course.objects.filter(pk=self.instance.course_id).update(
            title=self.cleaned_data["course_title"]
        )
        if "daily_solutions" in self.changed_data:
            solutions = self.cleaned_data["daily_solutions"]
            self.instance.daily_tokens = (
                None if solutions is None else solutions * TOKENS_OF_SOLUTION
            )
        return super().save(commit)


class NewSectionForm(forms.ModelForm[Section]):
    """A new section, of a course that the teacher teaches or of a new course."""

    course = forms.ModelChoiceField(
        label=gettext_lazy("course"),
        queryset=Course.objects.none(),
        required=False,
        empty_label=gettext_lazy("a new course"),
    )
    new_course = forms.CharField(
        label=gettext_lazy("title of the new course"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The subject and the term, such as “Mathematics 10, 2026/27”."),
    )

    class Meta:
        model = Section
        fields = ("name", "time_zone", "convention")
        help_texts = {"name": gettext_lazy("Such as “10b”.")}  # noqa: RUF012

    field_order = ("course", "new_course", "name", "convention", "time_zone")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["convention"] = country_field(settings.CONVENTION)
        self.fields["time_zone"] = zone_field(user.time_zone)
        self.order_fields(self.field_order)
        self.initial.setdefault("time_zone", user.time_zone)
        courses = Course.objects.managed_by(user).order_by(RegisterOrder("title"), "pk")
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]
        if not courses:
            del self.fields["course"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            not data.get("course")
            and not data.get("new_course")
            and "new_course" not in self.errors
        ):
            self.add_error("new_course", _("Choose a course, or enter a title for a new one."))
        return data

    def save(self, commit: bool = True) -> Section:
        section: Section = super().save(commit=False)
        section.course = self.cleaned_data.get("course") or Course.objects.create(
            title=self.cleaned_data["new_course"]
        )
        section.save()
        section.enrollments.create(user=self.user, role=Enrollment.Role.TEACHER)
        return section


class RoleForm(forms.ModelForm[Enrollment]):
    role = forms.ChoiceField(
        label=gettext_lazy("role"),
        choices=[choice for choice in Enrollment.Role.choices if choice[0] != "former"],
    )

    class Meta:
        model = Enrollment
        fields = ("role",)

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        if role != Enrollment.Role.TEACHER and self.initial["role"] == Enrollment.Role.TEACHER:
            require_another_teacher(self.instance)
        self.instance.take_role(role)
        return role


class NameForm(NamesForm, forms.ModelForm[User]):
    """The name of a student whose account a list made."""

    class Meta:
        model = User
        fields = ("first_name", "last_name")


class AccommodationForm(forms.ModelForm[Enrollment]):
    """What a student is always granted."""

    class Meta:
        model = Enrollment
        fields = ("extra_time", "extra_attempts", "extra_days")


class GroupForm(forms.ModelForm[StudentGroup]):
    class Meta:
        model = StudentGroup
        fields = ("name", "members")
        widgets = {"members": forms.CheckboxSelectMultiple}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        students = self.instance.section.enrollments.students().in_order().select_related("user")
        members = self.fields["members"]
        members.queryset = students  # type: ignore[attr-defined]
        members.label_from_instance = lambda student: student.user.isolated_register_name  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        groups = self.instance.section.groups.exclude(pk=self.instance.pk)
        if groups.filter(name=name).exists():
            raise forms.ValidationError(_("Another group has this name."))
        return name


def require_another_teacher(enrollment: Enrollment) -> None:
    """Raises ValidationError if the section would be left without a teacher."""
    if enrollment.is_only_teacher:
        raise forms.ValidationError(
            _("A class needs a teacher. Give somebody else this role first.")
        )


class RosterForm(forms.Form):
    """A class list, as a file or as pasted cells."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label=gettext_lazy("or cells from a spreadsheet"),
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_file(self) -> str:
        """The text of the file; empty if none was chosen."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MAX_ROSTER_BYTES:
            raise forms.ValidationError(_("The file is too large. Lists can have at most 1 MB."))
        try:
            return decode(file.read())
        except BadTable as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data["file"].strip() or data["text"].strip()):
            self.add_error("text", _("Choose a file, or paste the cells here."))
        return data

    @property
    def source(self) -> str:
        """The field that the list came from, which shows what is wrong with it."""
        return "file" if self.cleaned_data["file"].strip() else "text"


class JoinForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
