from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, Section
from tutor.materials.search_terms import STEM


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: User) -> Self:
        """The material of sections that `user` looks after. Students see only single passages."""
        return self.filter(section__in=Section.objects.visible_to(user))

    def managed_by(self, user: User) -> Self:
        return self.filter(section__in=Section.objects.managed_by(user))

    def claim(self, pk: int) -> "Material | None":
        """Claim waiting material for the caller; None if another worker was first."""
        claimed = self.filter(pk=pk, state=Material.State.WAITING).update(
            state=Material.State.READING, tries=models.F("tries") + 1, touched_at=timezone.now()
        )
        return self.select_related("source").get(pk=pk) if claimed else None

    def untouched_for(self, time: timedelta, state: "Material.State") -> Self:
        return self.filter(state=state, touched_at__lt=timezone.now() - time)


class Material(models.Model):
    """A file that a teacher uploaded for a section. The row is also the job of reading it.

    size: in bytes. tries: how often a worker has started to read it. pages: None for a text
    without pages.
    """

    class Kind(models.TextChoices):
        MARKDOWN = "markdown", _("Markdown")
        PDF = "pdf", _("PDF")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being read")
        READ = "read", _("read")
        FAILED = "failed", _("failed")

    class Reason(models.TextChoices):
        """Why it could not be read, for the teacher."""

        NO_TEXT = "no_text", _("The file has no text. Its pages may be pictures of text.")
        LOCKED = "locked", _("The file is locked with a password. Save it without one.")
        BROKEN = "broken", _("The file is damaged. Open it and save it as PDF again.")
        TOO_LONG = "too_long", _("The file has too many pages or letters. Upload it in parts.")
        TOO_HARD = "too_hard", _("Reading the file took too much time or memory.")
        NOT_UTF8 = "not_utf8", _("The text is not in UTF-8.")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="materials", verbose_name=_("class")
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    size = models.PositiveIntegerField(_("size"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    empty_pages = models.PositiveIntegerField(_("pages without text"), default=0, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[MaterialQuerySet] = MaterialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("course material")
        verbose_name_plural = _("course material")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("material", args=[self.code])

    @property
    def is_to_come(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING)

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED


class Source(models.Model):
    """The uploaded file, in the database because web and workers may share no disk.

    It has its own table so that lists of materials read no megabytes.
    """

    material = models.OneToOneField(Material, models.CASCADE, related_name="source")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.material)


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, user: User) -> Self:
        """All passages for people who look after the section; for students, those their hints cite.

        If the section's hints do not use its material now, students see none.
        """
        cited = Citation.objects.in_use().filter(
            attempt__enrollment__user=user, attempt__enrollment__role=Enrollment.Role.STUDENT
        )
        looked_after = Section.objects.visible_to(user)
        return self.filter(
            Q(material__section__in=looked_after) | Q(pk__in=cited.values("passage"))
        )


class Passage(models.Model):
    """A piece of a material. position: from 1. heading, page: where it is, if known."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    material = models.ForeignKey(
        Material, models.CASCADE, related_name="passages", verbose_name=_("course material")
    )
    position = models.PositiveIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    text = models.TextField(_("text"))

    objects: ClassVar[PassageQuerySet] = PassageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ("material", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["material", "position"], name="one_passage_per_position"
            ),
        )

    def __str__(self) -> str:
        return f"{self.material}, {self.location}" if self.location else str(self.material)

    def get_absolute_url(self) -> str:
        return reverse("passage", args=[self.code])

    @property
    def location(self) -> str:
        """Its page or its heading."""
        return gettext("page %(n)d") % {"n": self.page} if self.page else self.heading

    @property
    def in_full(self) -> str:
        """Everything that a reader of it sees."""
        return f"{self.material.title}\n\n{self.heading}\n\n{self.text}"


class Term(models.Model):
    """A word of a passage, and how much the passage is about it; see `search`."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="+", db_index=False)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=STEM)
    weight = models.FloatField()

    class Meta:
        # Everything that a search reads, so that it needs no table access.
        indexes = (
            models.Index(fields=["section", "term", "passage", "weight"], name="term_of_section"),
        )

    def __str__(self) -> str:
        return self.term


class CitationQuerySet(models.QuerySet["Citation"]):
    def in_use(self) -> Self:
        """The citations of sections whose hints use their material now."""
        return self.filter(passage__material__section__cites_material=True)

    def of(self, attempts: Iterable[Attempt]) -> dict[int, list["Citation"]]:
        """By the key of the attempt. One query, or none if there are no attempts."""
        citations: dict[int, list[Citation]] = defaultdict(list)
        if attempts := list(attempts):
            rows = self.filter(attempt__in=attempts).select_related("passage__material")
            for citation in rows:
                citations[citation.attempt_id].append(citation)
        return citations


class Citation(models.Model):
    """A passage that a hint about a wrong answer points to. number: the one in the hint."""

    attempt = models.ForeignKey(
        Attempt, models.CASCADE, related_name="citations", verbose_name=_("attempt")
    )
    passage = models.ForeignKey(
        Passage, models.CASCADE, related_name="citations", verbose_name=_("passage")
    )
    number = models.PositiveSmallIntegerField(_("number"))

    objects: ClassVar[CitationQuerySet] = CitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("passage of a hint")
        verbose_name_plural = _("passages of hints")
        ordering = ("attempt", "number")
        constraints = (
            models.UniqueConstraint(fields=["attempt", "passage"], name="one_citation_a_passage"),
        )

    def __str__(self) -> str:
        return f"{self.attempt} · {self.passage}"
