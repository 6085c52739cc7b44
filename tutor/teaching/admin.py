from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tutor.administration import BoundedAdmin, UneditedMixin
from tutor.teaching.models import Exemption, KeptMark, Regrade


@admin.register(Exemption)
class ExemptionAdmin(BoundedAdmin[Exemption]):
    list_display = ("enrollment", "assignment", "reason", "author", "created_at")
    list_select_related = (
        "enrollment__user",
        "enrollment__section__course",
        "assignment__problem_set",
        "assignment__section__course",
        "author",
    )
    search_fields = ("enrollment__user__username", "assignment__problem_set__title")
    fields = ("enrollment", "assignment", "reason")
    autocomplete_fields = ("enrollment", "assignment")

    def save_model(self, request: HttpRequest, obj: Exemption, form: Any, change: bool) -> None:
        """Its author is who makes it, whoever changes it later."""
        if not change:
            obj.author_id = request.user.pk
        super().save_model(request, obj, form, change)


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

    list_display = ("problem", "author", "done", "changed", "created_at", "finished_at")
    list_select_related = ("problem__current", "version", "author")
    search_fields = ("problem__slug", "author__username")
    list_filter = ("created_at",)
