"""Groups of students within a section."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.courses.models.section import Enrollment, Section


class StudentGroup(models.Model):
    """Some students of a section. Assignments can be given to a group alone."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="groups", verbose_name=_("class")
    )
    name = models.CharField(_("name"), max_length=100)
    members = models.ManyToManyField(
        Enrollment, blank=True, related_name="groups", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["section", "name"], name="one_group_per_name"),
        )

    def __str__(self) -> str:
        return self.name
