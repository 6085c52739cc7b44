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

if TYPE_CHECKING:
    from tutor.courses.models.event import SectionEvent

JOIN_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without those that are mistaken for others
JOIN_CODE_LENGTH = 6  # 900 million codes: limits on tries make guessing hopeless
JOIN_CODE_LASTS = timedelta(weeks=4)  # a picture of the blackboard opens nothing next term


class CourseQuerySet(models.QuerySet["Course"]):
    def managed_by(self, user: User) -> Self:
        """Those of which `user` teaches a section."""
        return self.filter(sections__in=Section.objects.managed_by(user)).distinct()


class Course(models.Model):
    """A subject taught over a term; its sections are the classes."""

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
        """Sections whose work `user` may see as a teacher or an assistant."""
        staff = [Enrollment.Role.TEACHER, Enrollment.Role.ASSISTANT]
        return self.filter(
            pk__in=Enrollment.objects.filter(user=user, role__in=staff).values("section")
        )

    def visible_to(self, user: User) -> Self:
        """Those into which `user` may look as one who looks after them."""
        return self if user.is_superuser else self.taught_by(user)

    def managed_by(self, user: User) -> Self:
        """Those whose people, dates and names `user` may change."""
        if user.is_superuser:
            return self
        teaching = Enrollment.objects.filter(user=user, role=Enrollment.Role.TEACHER)
        return self.filter(pk__in=teaching.values("section"))

    def current(self) -> Self:
        """Without those that were put into the archive."""
        return self.filter(archived_at=None)


class Section(models.Model):
    """One class of a course. Its dates are shown in its own time zone.

    An archived one is left out of everybody's lists; whoever has its address still finds it,
    and nothing in it is lost. Its join code is one of letters and digits, or None.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, models.CASCADE, related_name="sections", verbose_name=_("course")
    )
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=default_time_zone, validators=[validate_time_zone]
    )
    lowest_dropped = models.PositiveSmallIntegerField(
        _("lowest results left out"),
        default=0,
        help_text=_("Of each student's assignments that count, so many of the lowest do not."),
    )
    daily_tokens = models.PositiveIntegerField(
        _("tokens for new solutions a day"),
        null=True,
        blank=True,
        help_text=_(
            "What the model may write for the students of this section in a day; a solution takes "
            "some thousands. What is begun is finished. Empty: no limit."
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

    objects: ClassVar[SectionQuerySet] = SectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return f"{self.course}, {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.code])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def takes_joiners(self) -> bool:
        return self.join_code is not None and not self.is_join_code_over

    @property
    def is_join_code_over(self) -> bool:
        return self.join_code_ends_at is not None and self.join_code_ends_at <= timezone.now()

    @property
    def shown_join_code(self) -> str:
        """In two groups, as people read it to one another."""
        code = self.join_code or ""
        middle = len(code) // 2
        return f"{code[:middle]}-{code[middle:]}" if code else ""

    @property
    def join_path(self) -> str:
        return reverse("join-link", args=[self.join_code])

    def renew_join_code(self) -> None:
        """The old one opens nothing from now on."""
        code = "".join(secrets.choice(JOIN_LETTERS) for _ in range(JOIN_CODE_LENGTH))
        self._set_joining(code, timezone.now() + JOIN_CODE_LASTS)

    def stop_joining(self) -> None:
        """Whoever types the code is told that it is over."""
        self._set_joining(self.join_code, timezone.now())

    def _set_joining(self, code: str | None, ends_at: datetime) -> None:
        self.join_code, self.join_code_ends_at = code, ends_at
        self.save(update_fields=["join_code", "join_code_ends_at"])

    def archive(self) -> None:
        """Out of everybody's lists, from where it can be taken back."""
        self.archived_at = timezone.now()
        self.save(update_fields=["archived_at"])

    def restore(self) -> None:
        self.archived_at = None
        self.save(update_fields=["archived_at"])

    def note(
        self, act: "SectionEvent.Act", author: User, about: User | None = None, detail: str = ""
    ) -> None:
        """Add to what happened here."""
        self.events.create(act=act, author=author, about=about, detail=detail[:200])


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def students(self) -> Self:
        return self.filter(role=Enrollment.Role.STUDENT)

    def present(self) -> Self:
        """Without those who left."""
        return self.exclude(role=Enrollment.Role.FORMER)

    def accommodated(self) -> Self:
        """Those who are always granted something."""
        return self.filter(Q(extra_time__gt=0) | Q(extra_attempts__gt=0) | Q(extra_days__gt=0))

    def in_order(self) -> Self:
        """Teachers, assistants, students, those who left; each group by family name."""
        role = Enrollment.Role
        groups = enumerate([role.TEACHER, role.ASSISTANT, role.STUDENT, role.FORMER])
        group = models.Case(*(models.When(role=group, then=n) for n, group in groups))
        return self.order_by(group, *by_name())

    def with_confirmed(self) -> Self:
        """Each says whether the person has shown that their address is theirs: anybody may type
        one. `has_confirmed_email`.
        """
        confirmed = User.objects.filter(
            pk=models.OuterRef("user"),
            emailaddress__email=Lower("email"),
            emailaddress__verified=True,
        )
        return self.annotate(has_confirmed_email=models.Exists(confirmed))


def by_name() -> list[Any]:
    """Orders enrollments as a gradebook does: of some only a first name is known, or none."""
    names = (NullIf(f"user__{part}", Value("")) for part in ("last_name", "first_name"))
    return [Lower(Coalesce(*names, "user__username")), "user__first_name", "user__username"]


class Enrollment(models.Model):
    """One person's place in one section. The role decides what they may see there.

    Who leaves keeps the row, since their work hangs on it, and sees nothing any more. What a
    student is always granted stands here too, and holds for every assignment of the section
    where nothing else was said for them; `Assignment.objects.for_students` applies it.

    origin says how the person came, which decides whether a teacher of the section may give them
    a one-time password. typed_username and typed_email are what a teacher's list said of them:
    neither is a fact about the account.
    """

    class Origin(models.TextChoices):
        OTHER = "", _("the administration")
        LIST = "list", _("a list that made the account")
        CODE = "code", _("the join code")
        INVITATION = "invitation", _("an invitation")
        ROLE = "role", _("another role")  # for good: they were a teacher or an assistant here

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        ASSISTANT = "assistant", _("assistant")
        TEACHER = "teacher", _("teacher")
        FORMER = "former", _("former member")

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="enrollments", verbose_name=_("section")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="enrollments",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.STUDENT)
    origin = models.CharField(
        _("came by"), max_length=10, choices=Origin, default=Origin.OTHER, blank=True
    )
    typed_username = models.CharField(_("user name on the list"), max_length=150, blank=True)
    typed_email = models.EmailField(_("email address on the list"), blank=True)
    extra_time = models.PositiveIntegerField(
        _("more time, in percent"),
        default=0,
        validators=[MaxValueValidator(400)],
        help_text=_("Where an assignment has a time limit. 50: one and a half times as long."),
    )
    extra_attempts = models.PositiveIntegerField(
        _("more attempts"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("At each problem."),
    )
    extra_days = models.PositiveIntegerField(
        _("later by days"),
        default=0,
        validators=[MaxValueValidator(365)],
        help_text=_("What is due, and what closes."),
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
    def is_accommodated(self) -> bool:
        return bool(self.extra_time or self.extra_attempts or self.extra_days)

    @property
    def is_student(self) -> bool:
        return self.role == self.Role.STUDENT

    @property
    def shown_email(self) -> str:
        """Their own address, or what the list said."""
        return self.user.email or self.typed_email

    def of_same_person(self) -> EnrollmentQuerySet:
        """This place and the person's others, without those in sections that are archived."""
        mine = Enrollment.objects.filter(user=self.user_id)
        return mine.filter(Q(section__archived_at=None) | Q(pk=self.pk))

    def take_role(self, role: str) -> None:
        """Change the role; saved by the caller. Who looked after the section is noted for good."""
        if {self.role, role} & {self.Role.TEACHER, self.Role.ASSISTANT}:
            self.origin = self.Origin.ROLE
        self.role = role

    @property
    def is_only_teacher(self) -> bool:
        """Whether the section would have no teacher without them."""
        teachers = Enrollment.objects.filter(section=self.section_id, role=self.Role.TEACHER)
        return self.role == self.Role.TEACHER and not teachers.exclude(pk=self.pk).exists()
