from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.problems.skills.names import area_name, path_called, skill_name, skills_called
from tutor.problems.skills.skill_map import skill_map
from tutor.problems.skills.word_forms import forms_of


def has_word(field: str, word: str) -> models.Q:
    """Whether a text of the database holds the word, in any of its forms."""
    holds = models.Q()
    for form in forms_of(word):
        holds |= models.Q(**{f"{field}__icontains": form})
    return holds


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
    def called(cls, text: str) -> models.QuerySet[Any, Any]:
        """The skill of this path or name with all below it; else those with the text in theirs."""
        path = text if text in skill_map().names else path_called(text)
        within = models.Q(name=path or text) | models.Q(name__startswith=f"{path or text}.")
        if not path:
            within |= cls._has_in_name(text)
        return cls.objects.filter(within)

    @classmethod
    def problems_called(cls, word: str) -> models.QuerySet[Any, Any]:
        """Keys of the problems with a skill of that name; a word of its path will do, too."""
        named = cls._has_in_name(word)
        return cls.objects.filter(named, problems__isnull=False).values("problems")

    @staticmethod
    def _has_in_name(word: str) -> models.Q:
        return models.Q(name__in=skills_called(word)) | has_word("name", word)
