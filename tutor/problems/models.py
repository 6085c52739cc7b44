from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor import grading
from tutor.figures import without_figures
from tutor.grading import Rule
from tutor.grading.multipart import PartKey
from tutor.problems.checked_key import CheckedKey
from tutor.problems.content import AnswerTest, Content, InvalidRecord
from tutor.problems.expected import Expected
from tutor.problems.figures import in_words as figures_in_words
from tutor.problems.labels import KIND_NAMES
from tutor.problems.parts import (
    hints_of,
    key_row,
    part_key,
    part_of,
    prompt_row,
    statement_with,
)
from tutor.problems.records import ProblemRecord
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


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, user: User) -> Self:
        """What a teacher may read, stored answers included.

        Their own, what is shared, and what the sections work on that they teach: a colleague who
        teaches with them has written it. Students see problems only through the items of what was
        assigned to them.
        """
        if user.is_superuser:
            return self
        if not user.is_teacher:
            return self.none()
        enrollments = "items__problem_set__assignments__section__enrollments"
        taught = self.model._default_manager.filter(
            **{f"{enrollments}__user": user, f"{enrollments}__role": "teacher"}
        )
        return self.filter(
            models.Q(owner=user)
            | models.Q(is_shared=True)
            | models.Q(pk__in=taught.order_by().values("pk"))
        )

    def editable_by(self, user: User) -> Self:
        """One's own, and what a class of theirs uses of a colleague who teaches it with them.

        Nobody edits other problems under their author's hands: one copies them.
        """
        if user.is_superuser:
            return self.visible_to(user)
        section = "items__problem_set__assignments__section"
        common = self.model._default_manager.filter(
            **{
                f"{section}__in": user.enrollments.filter(role="teacher").values("section"),
                f"{section}__enrollments__user": models.F("owner"),
                f"{section}__enrollments__role": "teacher",
            }
        )
        return self.visible_to(user).filter(
            models.Q(owner=user) | models.Q(pk__in=common.order_by().values("pk"))
        )

    def matching(
        self, *, text: str = "", skill: str = "", kind: str = "", language: str = ""
    ) -> Self:
        """Problems that meet every criterion; an empty text is no criterion.

        A word is in the title, in the statement, or in the name of a skill in any language.
        """
        problems = self.filter(current__isnull=False)
        for word in text.split()[:8]:
            problems = problems.filter(
                models.Q(current__title__icontains=word)
                | models.Q(current__statement__icontains=word)
                | models.Q(slug__icontains=word)
                | models.Q(pk__in=Skill.problems_called(word))
            )
        if skill:
            within = models.Q(name=skill) | models.Q(name__startswith=f"{skill}.")
            problems = problems.filter(skills__in=Skill.objects.filter(within)).distinct()
        if kind:
            problems = problems.filter(current__stored_key__kind=kind)
        return problems.filter(current__language=language) if language else problems

    def public(self) -> Self:
        """Those with which everybody may practise, whichever class they have."""
        return self.filter(is_public=True, current__isnull=False, archived_at=None)

    def in_use(self) -> Self:
        """Without archived problems."""
        return self.filter(archived_at=None)

    def with_content(self) -> Self:
        """Two queries for everything that an export writes."""
        return self.select_related(
            "current", "current__stored_key", "current__reference_solution"
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
    category = models.CharField(
        _("category"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where a question bank such as Moodle’s has it: Year 9/Lines."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name=_("owner"),
    )
    is_shared = models.BooleanField(
        _("shared"),
        default=False,
        help_text=_("Other teachers may read it, assign it and copy it."),
    )
    is_public = models.BooleanField(
        _("open for practice"),
        default=False,
        db_default=False,
        help_text=_("Everybody who signs in may practise with it, also without a class."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)

    objects: ClassVar[ProblemQuerySet] = ProblemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.current.title if self.current else self.slug

    def get_absolute_url(self) -> str:
        return reverse("problem", args=[self.code])

    def archive(self) -> None:
        """Leave it out of searches and of practice; what was assigned stays."""
        self.archived_at = timezone.now()
        self.save(update_fields=["archived_at"])

    def restore(self) -> None:
        self.archived_at = None
        self.save(update_fields=["archived_at"])

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
            category=self.category,
        )

    def tag(self, names: Iterable[str]) -> None:
        """Set the skills to exactly `names`, making those that are new."""
        self.skills.set([Skill.objects.get_or_create(name=name)[0] for name in names])


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
        Problem, models.CASCADE, related_name="versions", verbose_name=_("problem")
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
    def _drawn(self) -> dict[int, "ProblemVersion"]:
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
        ReferenceSolution.objects.update_or_create(
            version=self, defaults={"text": content.solution}
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
        if seed not in self._drawn:
            self._drawn[seed] = self._stored_variant(seed)
        return self._drawn[seed]

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


class StoredKey(models.Model):
    """What counts as right for one version. Never part of a page, a prompt or a task.

    For a version with parts, the columns hold the key of the last part, and `parts` all keys.
    """

    version = models.OneToOneField(ProblemVersion, models.CASCADE, related_name="stored_key")
    kind = models.CharField(_("kind"), max_length=20)
    value = models.TextField(_("value"))
    form = models.CharField(_("form"), max_length=30)
    options = models.JSONField(_("options"), default=dict, blank=True)
    parameters = models.TextField(_("parameters"), blank=True)  # their formulas may hold the answer
    expected = models.JSONField(_("expected wrong answers"), default=list, blank=True)
    tests = models.JSONField(_("tests"), default=list, blank=True)
    parts = models.JSONField(_("keys of the parts"), default=list, blank=True)

    class Meta:
        verbose_name = _("answer key")
        verbose_name_plural = _("answer keys")

    def __str__(self) -> str:
        return self.kind_name

    @property
    def kind_name(self) -> str:
        if self.parts:
            count = len(self.parts)
            return ngettext("%(n)d part", "%(n)d parts", count) % {"n": count}
        return str(KIND_NAMES[grading.Kind(self.kind)])

    @staticmethod
    def columns(content: Content) -> dict[str, Any]:
        """The columns of the row for `content`."""
        is_template = bool(content.parameters.strip())
        worked_out = content if is_template or not content.parts else content.variant(1)
        options = worked_out.key.to_dict()
        return {
            "kind": options.pop("kind"),
            "value": options.pop("value"),
            "form": options.pop("form", grading.Form.ANY.value),
            "options": options,
            "parameters": content.parameters,
            "expected": [row.to_dict() for row in content.expected],
            "tests": [asdict(row) for row in content.tests],
            "parts": [
                key_row(part, full.key.value)
                for part, full in zip(content.parts, worked_out.parts, strict=True)
            ],
        }

    @cached_property
    def checked_key(self) -> CheckedKey:
        """Unusable for a template, and for a row that was stored without the checks."""
        try:
            whole = grading.read_key(self._fields())
            return CheckedKey(whole, self._part_keys(), self.expected_answers())
        except grading.InvalidKey:
            return CheckedKey.unusable(Rule.INVALID_KEY, len(self.version.parts))

    def _part_keys(self) -> tuple[PartKey, ...]:
        """Raises grading.InvalidKey."""
        prompts = self.version.parts
        if len(prompts) != len(self.parts):
            raise grading.InvalidKey(f"need {len(prompts)} keys of parts, got {len(self.parts)}")
        return tuple(part_key(*pair) for pair in zip(prompts, self.parts, strict=True))

    def as_written(self) -> grading.AnswerKey:
        """The key with its placeholders, unchecked."""
        fields = self._fields()
        kind, form = grading.Kind(fields.pop("kind")), grading.Form(fields.pop("form"))
        return grading.AnswerKey(kind=kind, form=form, **fields)

    def expected_answers(self) -> tuple[Expected, ...]:
        return tuple(Expected(**row) for row in self.expected)

    def _fields(self) -> dict[str, Any]:
        return {"kind": self.kind, "value": self.value, "form": self.form, **self.options}


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
