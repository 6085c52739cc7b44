from django.contrib import admin

from tutor.administration import BoundedAdmin, UneditedMixin
from tutor.teaching.models import Exemption, KeptMark, Regrade


@admin.register(Exemption)
class ExemptionAdmin(BoundedAdmin[Exemption]):
    list_display = ("enrollment", "assignment", "reason", "author", "created_at")
    list_select_related = (
        *("enrollment__user", "enrollment__section__course"),
        *("assignment__problem_set", "assignment__section__course", "author"),
    )
    search_fields = ("enrollment__user__username", "assignment__problem_set__title")
    raw_id_fields = ("enrollment",)
    autocomplete_fields = ("assignment", "author")


@admin.register(KeptMark)
class KeptMarkAdmin(UneditedMixin, BoundedAdmin[KeptMark]):
    """Deleted here when the school need not keep them any longer."""

    list_display = ("student", "section", "assignment", "points", "max_points", "kept_at")
    list_select_related = ("section__course",)
    search_fields = ("student", "section__name", "assignment")
    list_filter = ("kept_at",)


@admin.register(Regrade)
class RegradeAdmin(UneditedMixin, BoundedAdmin[Regrade]):
    """Orders and their results, read-only."""

    list_display = ("problem", "author", "total", "done", "changed", "created_at", "finished_at")
    list_select_related = ("problem__current", "version__problem", "author")
    search_fields = ("problem__slug", "author__username")
    list_filter = ("created_at",)
