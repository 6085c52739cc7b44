from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tutor.administration import BoundedAdmin, PermanentMixin, RecordAdmin
from tutor.problems.forms import ProblemAdminForm
from tutor.problems.labels import KINDS
from tutor.problems.models import Problem, ProblemVersion, ReferenceSolution, Skill, StoredKey


class StoredKeyInline(PermanentMixin, admin.StackedInline[StoredKey, ProblemVersion]):
    model = StoredKey


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
    ordering = ("name",)
    search_fields = ("name",)


@admin.register(Problem)
class ProblemAdmin(BoundedAdmin[Problem]):
    form = ProblemAdminForm
    list_display = ("slug", "__str__", "owner", "is_shared", "is_public", "created_at")
    list_select_related = ("current", "owner")
    list_filter = ("is_public", "current__language", "current__level", KindFilter, "skills")
    search_fields = ("slug", "current__title", "current__statement")
    autocomplete_fields = ("owner",)
    filter_horizontal = ("skills",)
    inlines = (VersionInline,)
    actions = ("open_for_practice", "close_to_practice")

    @admin.action(description=_("Open for practice by everybody"))
    def open_for_practice(self, request: HttpRequest, problems: QuerySet[Problem]) -> None:
        problems.update(is_public=True)

    @admin.action(description=_("Close to practice outside of classes"))
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
    list_display = ("title", "problem", "number", "seed", "created_at")
    list_select_related = ("problem__current", "template__problem")
    list_defer = ("statement", "problem__current__statement", "template__statement")
    search_fields = ("problem__slug", "problem__current__title")
    inlines = (StoredKeyInline, ReferenceSolutionInline)
