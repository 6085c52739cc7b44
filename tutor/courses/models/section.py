"""Courses, their sections (the classes), and who is enrolled in one."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, default_time_zone, validate_time_zone
from accounts.register_order import RegisterOrder
from tutor.courses.accommodations import granted_words
from tutor.courses.conventions import (
    convention_choices,
    convention_named,
    default_convention,
)

if TYPE_CHECKING:
    from tutor.courses.models.event import SectionEvent

JOIN_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without letters that look like others
JOIN_CODE_LENGTH = 6  # 900 million codes; with limited tries, guessing is hopeless
JOIN_CODE_LASTS = timedelta(weeks=4)  # so that a photo of the blackboard does not work next term


class CourseQuerySet(models.QuerySet["Course"]):
    def managed_by(self, user: User) -> Self:
        """Courses in which `user` teaches a section."""
        return self.filter(sections__in=Section.objects.managed_by(user)).distinct()


class Course(models.Model):
    """A subject taught over a term. Its sections are the classes."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)

    objects: ClassVar[CourseQuerySet] = CourseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.title


class SectionQuerySet(models.QuerySet["Section"]):
    def taught_by(self, user: User) -> Self:
        """Sections in which `user` is a teacher or an assistant."""
        return self.looked_after_by(user.pk)

    def looked_after_by(self, user_pk: int) -> Self:
        """The same, by the key of the person."""
        staff = [Enrollment.Role.TEACHER, Enrollment.Role.ASSISTANT]
        own = Enrollment.objects.filter(user=user_pk, role__in=staff)
        return self.filter(pk__in=own.values("section"))

    def visible_to(self, user: User) -> Self:
        """Sections whose work `user` may see, as staff of the section or an administrator."""
        return self if user.is_superuser else self.taught_by(user)

    def managed_by(self, user: User) -> Self:
        """Sections whose people, dates and names `user` may change."""
        if user.is_superuser:
            return self
        teaching = Enrollment.objects.filter(user=user, role=Enrollment.Role.TEACHER)
        return self.filter(pk__in=teaching.values("section"))

    def current(self) -> Self:
        """Without archived sections."""
        return self.filter(archived_at=None)

    def in_order(self) -> Self:
        return self.order_by(RegisterOrder("course__title"), RegisterOrder("name"), "pk")


class Section(models.Model):
    """One class of a course. Its dates are shown in its own time zone.

    An archived section is left out of all lists, but keeps its address and its work. One section
    is for self-study: it has no teacher, and whoever practises on their own joins it unseen.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, models.CASCADE, related_name="sections", verbose_name=_("course")
    )
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=default_time_zone, validators=[validate_time_zone]
    )
    convention = models.CharField(
        _("country or region"),
        max_length=10,
        choices=convention_choices,
        blank=True,
        default=default_convention,
        db_default="",
    )
    lowest_dropped = models.PositiveSmallIntegerField(
        _("lowest results left out"),
        default=0,
        help_text=_("This many of each student’s lowest results do not count."),
    )
    daily_tokens = models.PositiveIntegerField(
        _("tokens for new solutions a day"),
        null=True,
        blank=True,
        help_text=_(
            "How much the model may write for the students of this class in a day. A solution "
            "takes a few thousand tokens. Solutions that have started are finished. Leave "
            "empty for no limit."
        ),
    )
    cites_material = models.BooleanField(
        _("hints use the course material"), default=False, editable=False
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Enrollment", related_name="sections"
    )
    join_code = models.CharField(
        _("join code"), max_length=12, unique=True, null=True, blank=True, default=None
    )
    join_code_ends_at = models.DateTimeField(_("join code ends at"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)
    is_self_study = models.BooleanField(
        _("for self-study"), default=False, db_default=False, editable=False
    )

    objects: ClassVar[SectionQuerySet] = SectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        constraints = (
            models.UniqueConstraint(
                fields=["is_self_study"],
                condition=Q(is_self_study=True),
                name="one_class_for_self_study",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course}, {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.code])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def has_decimal_comma(self) -> bool:
        """Whether its people write 2,5 and (1; 2), whatever a problem does."""
        return convention_named(self.convention).has_decimal_comma

    @property
    def is_open_to_join(self) -> bool:
        return self.join_code is not None and not self.is_join_code_expired

    @property
    def is_join_code_expired(self) -> bool:
        return self.join_code_ends_at is not None and self.join_code_ends_at <= timezone.now()

    @property
    def shown_join_code(self) -> str:
        """In two halves, which are easier to read out."""
        code = self.join_code or ""
        middle = len(code) // 2
        return f"{code[:middle]}-{code[middle:]}" if code else ""

    @property
    def join_path(self) -> str:
        return reverse("join-link", args=[self.join_code])

    def renew_join_code(self) -> None:
        """Replaces the old code, which stops working."""
        code = "".join(secrets.choice(JOIN_LETTERS) for _ in range(JOIN_CODE_LENGTH))
        self._set_joining(code, timezone.now() + JOIN_CODE_LASTS)

    def stop_joining(self) -> None:
        """Let the code expire now."""
        self._set_joining(self.join_code, timezone.now())

    def _set_joining(self, code: str | None, ends_at: datetime) -> None:
        self.join_code, self.join_code_ends_at = code, ends_at
        self.save(update_fields=["join_code", "join_code_ends_at"])

    def archive(self) -> None:
        """Hide the section from all lists; `restore` undoes it."""
        self.archived_at = timezone.now()
        self.save(update_fields=["archived_at"])

    def restore(self) -> None:
        self.archived_at = None
        self.save(update_fields=["archived_at"])

    def note(
        self, act: "SectionEvent.Act", author: User, about: User | None = None, detail: str = ""
    ) -> None:
        """Add to the history."""
        self.events.create(act=act, author=author, about=about, detail=detail[:200])


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def students(self) -> Self:
        return self.filter(role=Enrollment.Role.STUDENT)

    def of_person(self, user_pk: int, pk: int) -> Self:
        """All of this person, without those in archived sections, except for `pk` itself."""
        return self.filter(user=user_pk).filter(Q(section__archived_at=None) | Q(pk=pk))

    def present(self) -> Self:
        """Without former members."""
        return self.exclude(role=Enrollment.Role.FORMER)

    def accommodated(self) -> Self:
        """Students with accommodations."""
        return self.filter(Q(extra_time__gt=0) | Q(extra_attempts__gt=0) | Q(extra_days__gt=0))

    def in_order(self) -> Self:
        """Teachers, assistants, students, former members; each group by family name."""
        role = Enrollment.Role
        groups = enumerate([role.TEACHER, role.ASSISTANT, role.STUDENT, role.FORMER])
        group = models.Case(*(models.When(role=group, then=n) for n, group in groups))
        return self.order_by(group, *by_name())

    def with_confirmed(self) -> Self:
        """Annotates `has_confirmed_email`: whether the person has proved that it is theirs."""
        confirmed = User.objects.filter(
            pk=models.OuterRef("user"),
            emailaddress__email=Lower("email"),
            emailaddress__verified=True,
        )
        return self.annotate(has_confirmed_email=models.Exists(confirmed))


def by_name() -> list[Any]:
    """The order of a gradebook, also for people with only a first name, or none."""
    names = (NullIf(f"user__{part}", Value("")) for part in ("last_name", "first_name"))
    return [
        RegisterOrder(Coalesce(*names, "user__username")),
        RegisterOrder("user__first_name"),
        "user__username",
    ]


class Enrollment(models.Model):
    """One person in one section. The role decides what they may see there.

    A person who leaves keeps the row, because their work belongs to it, but sees nothing any more.
    Accommodations apply to every assignment of the section, unless the assignment has other terms
    for the student; `Assignment.objects.for_students` applies them.

    origin: how the person joined, which decides whether a teacher may give them a one-time
    password. typed_username, typed_email: from a teacher's list; the account may have others.
    """

    class Origin(models.TextChoices):
        OTHER = "", _("the administration")
        LIST = "list", _("a list that made the account")
        CODE = "code", _("the join code")
        INVITATION = "invitation", _("an invitation")
        ROLE = "role", _("another role")  # permanent: they were a teacher or an assistant here

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        ASSISTANT = "assistant", _("assistant")
        TEACHER = "teacher", _("teacher")
        FORMER = "former", _("former member")

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="enrollments", verbose_name=_("class")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="enrollments",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.STUDENT)
    origin = models.CharField(
        _("joined by"), max_length=10, choices=Origin, default=Origin.OTHER, blank=True
    )
    typed_username = models.CharField(_("user name on the list"), max_length=150, blank=True)
    typed_email = models.EmailField(_("email address on the list"), blank=True)
    extra_time = models.PositiveIntegerField(
        _("extra time, in percent"),
        default=0,
        validators=[MaxValueValidator(400)],
        help_text=_("For assignments with a time limit. 50 means one and a half times as long."),
    )
    extra_attempts = models.PositiveIntegerField(
        _("extra attempts"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("For each problem."),
    )
    extra_days = models.PositiveIntegerField(
        _("extra days"),
        default=0,
        validators=[MaxValueValidator(365)],
        help_text=_("Moves due and closing dates."),
    )

    objects: ClassVar[EnrollmentQuerySet] = EnrollmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        constraints = (
            models.UniqueConstraint(fields=["section", "user"], name="one_enrollment_per_section"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.section} · {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("member", args=[self.section.code, self.user.username])

    @property
    def granted(self) -> list[str]:
        """Its accommodations in words."""
        return granted_words(self.extra_time, self.extra_attempts, self.extra_days)

    @property
    def is_student(self) -> bool:
        return self.role == self.Role.STUDENT

    @property
    def shown_email(self) -> str:
        """Their own address, or the one on the list."""
        return self.user.email or self.typed_email

    def of_same_person(self) -> EnrollmentQuerySet:
        """This enrollment and the person's others, without those in archived sections."""
        return Enrollment.objects.of_person(self.user_id, self.pk)

    def take_role(self, role: str) -> None:
        """Change the role, without saving. Having looked after the section is recorded for good."""
        if {self.role, role} & {self.Role.TEACHER, self.Role.ASSISTANT}:
            self.origin = self.Origin.ROLE
        self.role = role

    @property
    def is_only_teacher(self) -> bool:
        """Whether the section would be left without a teacher."""
        teachers = Enrollment.objects.filter(section=self.section_id, role=self.Role.TEACHER)
        return self.role == self.Role.TEACHER and not teachers.exclude(pk=self.pk).exists()
