from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.problems.skills.names import area_name, skill_name, skills_called


class Skill(models.Model):
    """Something to be good at, such as ``calculus.extrema``; dots go from wide to narrow."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return skill_name(self.name)

    @property
    def words(self) -> str:
        """All of its path: what a text about it could say."""
        return self.name.replace(".", " ").replace("_", " ")

    @property
    def area_name(self) -> str:
        return area_name(self.name)

    @classmethod
    def problems_called(cls, word: str) -> models.QuerySet[Any, Any]:
        """Keys of the problems with a skill of that name; a word of its path will do, too."""
        named = models.Q(name__in=skills_called(word)) | models.Q(name__icontains=word)
        return cls.objects.filter(named, problems__isnull=False).values("problems")
