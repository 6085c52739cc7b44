from contextlib import suppress
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tutor.figures import without_figures
from tutor.grading import Rule
from tutor.problems.checked_key import CheckedKey
from tutor.problems.content import AnswerTest, Content, InvalidRecord
from tutor.problems.figures import in_words as figures_in_words
from tutor.problems.models.stored_key import ReferenceSolution, StoredKey
from tutor.problems.parts import (
    hints_of,
    part_of,
    prompt_row,
    statement_with,
)


class VersionQuerySet(models.QuerySet["ProblemVersion"]):
    def as_written(self) -> Self:
        """Without the variants that were made from them."""
        return self.filter(seed=0)


class ProblemVersion(models.Model):
    """What a problem said from one edit to the next.

    A version with parameters is a template that no student sees. Its variants are rows of this
    table too, with the values in their texts, their own key and their own reference solution:
    whoever has a variant needs to know nothing of parameters, and what it said stays what it
    said, whatever becomes of the way in which values are picked.

    Of a problem with parts, `statement` and `hints` hold those of the parts too, so that whoever
    reads them needs to know nothing of parts; `opening` is what stands before a).

    Solutions and attempts point here, so what a student saw can always be opened again. The
    stored answer and the reference solution are left out on purpose: they lie in tables of
    their own, which no student's page reads.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    problem = models.ForeignKey(
        "Problem", models.CASCADE, related_name="versions", verbose_name=_("problem")
    )
    number = models.PositiveIntegerField(_("version"))
    template = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="variants"
    )
    seed = models.PositiveIntegerField(_("seed"), default=0, editable=False)  # 0: as written
    is_template = models.BooleanField(default=False, editable=False)
    title = models.CharField(_("title"), max_length=200)
    statement = models.TextField(_("statement"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    choices = models.JSONField(_("choices"), default=list, blank=True)
    hints = models.JSONField(_("hints"), default=list, blank=True)
    drawing = models.CharField(_("drawing"), max_length=200, blank=True, default="", db_default="")
    opening = models.TextField(_("statement before the parts"), blank=True)
    parts = models.JSONField(_("parts"), default=list, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("version of a problem")
        verbose_name_plural = _("versions of problems")
        constraints = (
            models.UniqueConstraint(
                fields=["problem", "number", "seed"], name="one_version_per_number_and_seed"
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5), name="level_from_1_to_5"
            ),
        )

    def __str__(self) -> str:
        names = [self.title, gettext("Version %(n)s") % {"n": self.number}]
        if self.seed:
            names.append(gettext("Variant %(seed)s") % {"seed": self.seed})
        return " · ".join(names)

    @property
    def checked_key(self) -> CheckedKey:
        """What answers are judged by; read and checked once per instance."""
        try:
            return self.stored_key.checked_key
        except StoredKey.DoesNotExist:
            return CheckedKey.unusable(Rule.NO_KEY, len(self.parts))

    @cached_property
    def statement_in_words(self) -> str:
        """For a model, which sees no figures."""
        return figures_in_words(self.statement, self.language)

    @cached_property
    def statement_without_figures(self) -> str:
        """For a solver, which would read the description of a figure as claims."""
        return without_figures(self.statement)

    @cached_property
    def example_statement(self) -> str:
        """With the numbers of one variant and without figures, for who looks for a problem."""
        if self.is_template:
            with suppress(InvalidRecord):
                return without_figures(self.content().variant(1).statement)
        return self.statement_without_figures

    @cached_property
    def _variants(self) -> dict[int, "ProblemVersion"]:
        """The variants of this version that were asked for, by their seed."""
        return {}

    def content(self) -> Content:
        key = self.stored_key
        parts = tuple(part_of(*rows) for rows in zip(self.parts, key.parts, strict=True))
        own_hints = len(self.hints) - len(hints_of(parts))
        return Content(
            title=self.title,
            statement=self.opening if parts else self.statement,
            key=parts[-1].key if parts else key.as_written(),
            solution=self.reference_solution.text,
            language=self.language,
            level=self.level,
            choices=tuple(self.choices),
            hints=tuple(self.hints[:own_hints]),
            drawing=self.drawing,
            parts=parts,
            parameters=key.parameters,
            expected=key.expected_answers(),
            tests=tuple(AnswerTest(**row) for row in key.tests),
        )

    def fill(self, content: Content) -> None:
        """Take over what students may read; nothing is stored."""
        for name in ("title", "statement", "language", "level", "drawing"):
            setattr(self, name, getattr(content, name))
        self.choices, self.hints = list(content.choices), list(content.hints)
        self.opening, self.parts = "", []
        if content.parts:
            self.opening, self.parts = (
                content.statement,
                [prompt_row(part) for part in content.parts],
            )
            self.statement = statement_with(content.statement, content.parts)
            self.hints += hints_of(content.parts)
        self.is_template = bool(content.parameters.strip())

    def write(self, content: Content) -> None:
        """Store `content` in this version, which nobody may have seen yet."""
        self.fill(content)
        self.save()
        StoredKey.objects.update_or_create(version=self, defaults=StoredKey.columns(content))
        contradicts = not self.is_template and bool(content.variant(1).contradicting_answer())
        ReferenceSolution.objects.update_or_create(
            version=self, defaults={"text": content.solution, "contradicts_key": contradicts}
        )
        self.refresh_from_db()

    @transaction.atomic
    def variant(self, seed: int) -> "ProblemVersion":
        """The variant of this version that belongs to `seed` (from 1), stored when first asked for.

        A version without parameters is its own only variant. Raises InvalidRecord where the
        parameters have no values for this seed.
        """
        if not self.is_template:
            return self
        if seed not in self._variants:
            self._variants[seed] = self._stored_variant(seed)
        return self._variants[seed]

    def _stored_variant(self, seed: int) -> "ProblemVersion":
        stored = self.variants.filter(seed=seed).first()
        if stored is None:
            content = self.content().variant(seed)
            stored, is_new = ProblemVersion.objects.get_or_create(
                problem_id=self.problem_id,
                number=self.number,
                seed=seed,
                defaults={"template": self, "level": self.level, "title": content.title},
            )
            if is_new:
                stored.write(content)
        return stored

    def is_in_use(self) -> bool:
        """Whether a variant was made, or anything else, such as a solution, points here."""
        return self.variants.exists() or any(
            relation.related_model._base_manager.filter(**{relation.field.name: self}).exists()
            for relation in self._meta.related_objects
            if relation.related_model._meta.app_label != self._meta.app_label
        )
