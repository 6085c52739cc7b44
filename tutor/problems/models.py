from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from tutor import grading
from tutor.problems.content import Content, ProblemRecord


class Skill(models.Model):
    """Something to be good at, such as ``calculus.extrema``; dots go from wide to narrow."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ProblemQuerySet(models.QuerySet["Problem"]):
    def with_content(self) -> Self:
        """Two queries for everything that an export writes."""
        return self.select_related(
            "current", "current__answer_key", "current__reference_solution"
        ).prefetch_related("skills")


class Problem(models.Model):
    """One exercise through all its versions. What it says is in `current`."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    current = models.OneToOneField(
        "ProblemVersion", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    skills = models.ManyToManyField(
        Skill, blank=True, related_name="problems", verbose_name=_("skills")
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name=_("owner"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar[models.Manager[Self]] = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.current.title if self.current else self.slug

    @transaction.atomic
    def revise(self, content: Content) -> "ProblemVersion":
        """Make `content` what the problem says, in a new version where the old one is in use."""
        version = Problem.objects.select_for_update().get(pk=self.pk).current
        if version and version.content() == content:
            return version
        if version is None or version.is_in_use():
            version = ProblemVersion(problem=self, number=version.number + 1 if version else 1)
        version.write(content)
        self.current = version
        self.save(update_fields=["current"])
        return version

    def record(self) -> ProblemRecord:
        """The problem as an exchange file writes it, its stored answer included."""
        if self.current is None:
            raise ValueError(f"problem {self.slug} has no version yet")
        return ProblemRecord(
            slug=self.slug,
            content=self.current.content(),
            skills=tuple(skill.name for skill in self.skills.all()),
            source=self.source,
            licence=self.licence,
        )

    def tag(self, names: Iterable[str]) -> None:
        """Set the skills to exactly `names`, making those that are new."""
        self.skills.set([Skill.objects.get_or_create(name=name)[0] for name in names])


class ProblemVersion(models.Model):
    """What a problem said from one edit to the next.

    Solutions and attempts point here, so what a student saw can always be opened again. The
    stored answer and the reference solution are left out on purpose: they lie in tables of
    their own, which no student's page reads.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    problem = models.ForeignKey(
        Problem, models.CASCADE, related_name="versions", verbose_name=_("problem")
    )
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    statement = models.TextField(_("statement"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    choices = models.JSONField(_("choices"), default=list, blank=True)
    hints = models.JSONField(_("hints"), default=list, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a problem")
        verbose_name_plural = _("versions of problems")
        constraints = (
            models.UniqueConstraint(fields=["problem", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5), name="level_from_1_to_5"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.problem.slug}, {self.number})"

    def content(self) -> Content:
        return Content(
            title=self.title,
            statement=self.statement,
            key=self.answer_key.for_grading(),
            solution=self.reference_solution.text,
            language=self.language,
            level=self.level,
            choices=tuple(self.choices),
            hints=tuple(self.hints),
        )

    def write(self, content: Content) -> None:
        """Store `content` in this version, which nobody may have seen yet."""
        for name in ("title", "statement", "language", "level"):
            setattr(self, name, getattr(content, name))
        self.choices, self.hints = list(content.choices), list(content.hints)
        self.save()
        AnswerKey.objects.update_or_create(version=self, defaults=AnswerKey.columns(content.key))
        ReferenceSolution.objects.update_or_create(
            version=self, defaults={"text": content.solution}
        )
        self.refresh_from_db()

    def is_in_use(self) -> bool:
        """Whether anything outside the catalogue, such as a solution, points at this version."""
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self}).exists()
            for relation in self._meta.related_objects
            if relation.related_model._meta.app_label != self._meta.app_label
        )


class AnswerKey(models.Model):
    """What counts as right for one version. Never part of a page, a prompt or a task."""

    version = models.OneToOneField(ProblemVersion, models.CASCADE, related_name="answer_key")
    kind = models.CharField(_("kind"), max_length=20)
    value = models.TextField(_("value"))
    form = models.CharField(_("form"), max_length=30)
    options = models.JSONField(_("options"), default=dict, blank=True)

    class Meta:
        verbose_name = _("answer key")
        verbose_name_plural = _("answer keys")

    def __str__(self) -> str:
        return f"{self.kind}, {self.form}"

    @staticmethod
    def columns(key: grading.AnswerKey) -> dict[str, Any]:
        """The columns that hold `key`: three of its fields, and the rest as options."""
        options = key.to_dict()
        return {
            "kind": options.pop("kind"),
            "value": options.pop("value"),
            "form": options.pop("form", grading.Form.ANY.value),
            "options": options,
        }

    def for_grading(self) -> grading.AnswerKey:
        """Raises grading.InvalidKey where the row was written past the checks."""
        fields = {"kind": self.kind, "value": self.value, "form": self.form}
        return grading.AnswerKey.from_dict({**fields, **self.options})


class ReferenceSolution(models.Model):
    """A teacher's worked solution of one version. Never sent to the model."""

    version = models.OneToOneField(
        ProblemVersion, models.CASCADE, related_name="reference_solution"
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("reference solution")
        verbose_name_plural = _("reference solutions")

    def __str__(self) -> str:
        return str(self.version)
