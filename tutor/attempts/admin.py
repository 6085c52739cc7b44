from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tutor.attempts.models import (
    Attempt,
    GivenHelp,
    GradeChange,
    Handout,
    Practice,
    WithheldHelp,
)


class ReadOnly:
    """Mixin: what was handed in and judged is a record. It goes with its student alone.

    A grade is changed on the page of its attempt, where a reason is asked for.
    """

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False


class GradeChangeInline(ReadOnly, admin.TabularInline[GradeChange, Attempt]):
    model = GradeChange
    fk_name = "attempt"
    fields = ("number", "source", "verdict", "score", "rule", "author", "reason", "created_at")
    readonly_fields = fields
    can_delete = False


@admin.register(Attempt)
class AttemptAdmin(ReadOnly, admin.ModelAdmin[Attempt]):
    list_display = ("student", "problem", "number", "verdict", "score", "helped_by", "submitted_at")
    list_select_related = ("enrollment__user", "version", "grade")
    list_filter = (
        *("grade__verdict", "grade__source", "enrollment__section"),
        ("practice", admin.EmptyFieldListFilter),
    )
    search_fields = ("enrollment__user__username", "enrollment__user__last_name", "version__title")
    date_hierarchy = "submitted_at"
    inlines = (GradeChangeInline,)

    @admin.display(description=_("student"), ordering="enrollment__user__username")
    def student(self, attempt: Attempt) -> str:
        return attempt.enrollment.user.get_username()

    @admin.display(description=_("problem"), ordering="version__title")
    def problem(self, attempt: Attempt) -> str:
        return attempt.version.title


@admin.register(Handout)
class HandoutAdmin(ReadOnly, admin.ModelAdmin[Handout]):
    list_display = ("enrollment", "item", "seed", "drawn_at")
    list_select_related = ("enrollment__user", "enrollment__section__course", "item__problem_set")
    search_fields = ("enrollment__user__username", "item__problem__slug")


@admin.register(Practice)
class PracticeAdmin(ReadOnly, admin.ModelAdmin[Practice]):
    list_display = ("enrollment", "item", "number", "begun_at")
    list_select_related = ("enrollment__user", "enrollment__section__course", "item__problem_set")
    search_fields = ("enrollment__user__username", "item__problem__slug")


@admin.register(GivenHelp)
class GivenHelpAdmin(ReadOnly, admin.ModelAdmin[GivenHelp]):
    list_display = ("enrollment", "item", "rung", "number", "given_at")
    list_select_related = ("enrollment__user", "enrollment__section__course", "item__problem_set")
    list_filter = ("rung", "enrollment__section")
    search_fields = ("enrollment__user__username", "item__problem__slug")
    date_hierarchy = "given_at"


@admin.register(WithheldHelp)
class WithheldHelpAdmin(ReadOnly, admin.ModelAdmin[WithheldHelp]):
    list_display = ("item", "rung", "number", "reason", "leak", "withheld_at")
    list_select_related = ("item__problem_set",)
    list_filter = ("rung", "reason", "enrollment__section")
    search_fields = ("item__problem__slug", "text")
    date_hierarchy = "withheld_at"
