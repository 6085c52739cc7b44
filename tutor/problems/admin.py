from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tutor.administration import BoundedAdmin, PermanentMixin, RecordAdmin, in_lines
from tutor.grading import Form
from tutor.problems.forms import ProblemAdminForm
from tutor.problems.labels import FORM_NAMES, KINDS
from tutor.problems.models import Problem, ProblemVersion, ReferenceSolution, Skill, StoredKey
from tutor.problems.skills.names import skills_called


class StoredKeyInline(PermanentMixin, admin.StackedInline[StoredKey, ProblemVersion]):
    model = StoredKey
    fields = (
        "shown_kind",
        "value",
        "shown_form",
        "options",
        "parameters",
        "expected",
        "tests",
        "parts",
    )
    readonly_fields = fields

    @admin.display(description=_("kind"))
    def shown_kind(self, key: StoredKey) -> str:
        return key.kind_name

    @admin.display(description=_("form"))
    def shown_form(self, key: StoredKey) -> str:
        return str(FORM_NAMES[Form(key.form)])


class ReferenceSolutionInline(
    PermanentMixin, admin.StackedInline[ReferenceSolution, ProblemVersion]
):
    model = ReferenceSolution


class VersionInline(PermanentMixin, admin.TabularInline[ProblemVersion, Problem]):
    model = ProblemVersion
    fields = ("number", "title", "created_at")
    readonly_fields = fields
    show_change_link = True
    ordering = ("-number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProblemVersion]:
        return super().get_queryset(request).filter(seed=0)


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return KINDS

    def queryset(self, request: HttpRequest, queryset: QuerySet[Problem]) -> QuerySet[Problem]:
        kind = self.value()
        return queryset.filter(current__stored_key__kind=kind) if kind else queryset


@admin.register(Skill)
class SkillAdmin(BoundedAdmin[Skill]):
    """Called by their names in the reader's language; what is stored is a path of words."""

    list_display = ("shown_name", "name")
    ordering = ("name",)
    search_fields = ("name",)

    @admin.display(description=_("skill"), ordering="name")
    def shown_name(self, skill: Skill) -> str:
        return skill.shown_name

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Skill], search_term: str
    ) -> tuple[QuerySet[Skill], bool]:
        if not search_term:
            return queryset, False
        named = Q(name__in=skills_called(search_term)) | Q(name__icontains=search_term)
        return queryset.filter(named), False


@admin.register(Problem)
class ProblemAdmin(BoundedAdmin[Problem]):
    form = ProblemAdminForm
    list_display = ("__str__", "owner", "is_shared", "is_public", "created_at")
    list_select_related = ("current", "owner")
    list_filter = (
        "is_public",
        "current__language",
        "current__level",
        KindFilter,
    )
    search_fields = ("slug", "current__title", "current__statement", "skills__name")
    autocomplete_fields = ("owner",)
    filter_horizontal = ("skills",)
    inlines = (VersionInline,)
    actions = ("open_for_practice", "close_to_practice")

    @admin.action(description=_("Open for practice by everybody"))
    def open_for_practice(self, request: HttpRequest, problems: QuerySet[Problem]) -> None:
        problems.update(is_public=True)

    @admin.action(description=_("No longer open for practice outside classes"))
    def close_to_practice(self, request: HttpRequest, problems: QuerySet[Problem]) -> None:
        problems.update(is_public=False)

    def save_model(self, request: HttpRequest, obj: Problem, form: Any, change: bool) -> None:
        if not change and obj.owner is None:
            obj.owner_id = request.user.pk
        super().save_model(request, obj, form, change)
        obj.revise(form.record.content)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Versions, which nobody deletes by hand, go with their problem."""
        deleted, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected


@admin.register(ProblemVersion)
class ProblemVersionAdmin(PermanentMixin, RecordAdmin[ProblemVersion]):
    list_display = ("title", "number", "variant", "created_at")
    fields = (
        "problem",
        "number",
        "title",
        "statement",
        "language",
        "level",
        "shown_choices",
        "shown_hints",
        "drawing",
        "opening",
        "parts",
    )
    list_select_related = ("problem__current", "template__problem")
    list_defer = ("statement", "problem__current__statement", "template__statement")
    search_fields = ("problem__slug", "problem__current__title")
    inlines = (StoredKeyInline, ReferenceSolutionInline)

    @admin.display(description=_("variant"))
    def variant(self, version: ProblemVersion) -> int | None:
        return version.seed or None

    @admin.display(description=_("choices"))
    def shown_choices(self, version: ProblemVersion) -> str:
        return in_lines(version.choices)

    @admin.display(description=_("hints"))
    def shown_hints(self, version: ProblemVersion) -> str:
        return in_lines(version.hints)
