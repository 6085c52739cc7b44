from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User, validate_time_zone


class Course(models.Model):
    """A subject taught over a term; its sections are the classes."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)

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


class Section(models.Model):
    """One class of a course. Its dates are shown in its own time zone."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, models.CASCADE, related_name="sections", verbose_name=_("course")
    )
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Enrollment", related_name="sections"
    )

    objects: ClassVar[models.Manager[Self]] = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return f"{self.course}, {self.name}"


class Enrollment(models.Model):
    """One person's place in one section. The role decides what they may see there."""

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        ASSISTANT = "assistant", _("assistant")
        TEACHER = "teacher", _("teacher")

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

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        constraints = (
            models.UniqueConstraint(fields=["section", "user"], name="one_enrollment_per_section"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.section} · {self.get_role_display()}"
