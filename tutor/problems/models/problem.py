from collections.abc import Iterable
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.problems.content import Content
from tutor.problems.models.skill import Skill, has_word
from tutor.problems.models.version import ProblemVersion
from tutor.problems.records import ProblemRecord

MAX_WORDS = 8  # of a search


def words_in(text: str) -> list[str]:
    return text.split()[:MAX_WORDS]


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

        A word is, in any of its forms, in the title, in the statement, or in the name of a skill in
        any language.
        skill: a path, with all below it, or the name or a part of the name of one.
        """
        problems = self.filter(current__isnull=False)
        for word in words_in(text):
            problems = problems.filter(
                has_word("current__title", word)
                | has_word("current__statement", word)
                | has_word("slug", word)
                | models.Q(pk__in=Skill.problems_called(word))
            )
        if skill:
            problems = problems.filter(skills__in=Skill.called(skill)).distinct()
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
