from dataclasses import asdict
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tutor import grading
from tutor.grading import Rule
from tutor.grading.multipart import PartKey
from tutor.problems.checked_key import CheckedKey
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.labels import KIND_NAMES
from tutor.problems.parts import (
    key_row,
    part_key,
)


class StoredKey(models.Model):
    """What counts as right for one version. Only pages of teachers show it, no prompt and no task.

    For a version with parts, the columns hold the key of the last part, and `parts` all keys.
    """

    version = models.OneToOneField("ProblemVersion", models.CASCADE, related_name="stored_key")
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


class ReferenceSolutionQuerySet(models.QuerySet["ReferenceSolution"]):
    def for_students(self) -> Self:
        """Without those that say nothing, or end with an answer that the key calls wrong."""
        return self.exclude(text="").filter(contradicts_key=False)


class ReferenceSolution(models.Model):
    """A teacher's worked solution of one version. Never sent to the model."""

    version = models.OneToOneField(
        "ProblemVersion", models.CASCADE, related_name="reference_solution"
    )
    text = models.TextField(_("text"))
    contradicts_key = models.BooleanField(default=False, db_default=False, editable=False)

    objects: ClassVar[ReferenceSolutionQuerySet] = ReferenceSolutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("reference solution")
        verbose_name_plural = _("reference solutions")

    def __str__(self) -> str:
        return str(self.version)
