from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tutor.administration import BoundedAdmin
from tutor.assignments.models import (
    Assignment,
    CalendarFeed,
    Item,
    Override,
    ProblemSet,
    Sitting,
)
from tutor.courses.admin import ArchivedFilter


class ItemInline(admin.TabularInline[Item, ProblemSet]):
    model = Item
    verbose_name = _("problem")
    verbose_name_plural = _("problems")
    extra = 1
    autocomplete_fields = ("problem",)


@admin.register(ProblemSet)
class ProblemSetAdmin(BoundedAdmin[ProblemSet]):
    list_display = ("title", "owner")
    list_select_related = ("owner",)
    search_fields = ("title", "owner__username")
    autocomplete_fields = ("owner",)
    inlines = (ItemInline,)


@admin.register(Assignment)
class AssignmentAdmin(BoundedAdmin[Assignment]):
    list_display = ("problem_set", "section", "opens_at", "due_at", "attempts_allowed")
    list_select_related = ("problem_set", "section__course")
    list_filter = (
        "help_policy",
        "for_all",
        "due_at",
        ("section__archived_at", ArchivedFilter),
    )
    search_fields = ("problem_set__title", "section__name", "section__course__title")
    autocomplete_fields = ("problem_set", "section", "groups", "students")
    fieldsets = (
        (None, {"fields": ("problem_set", "section", "for_all", "groups", "students")}),
        (_("Dates"), {"fields": ("opens_at", "due_at", "closes_at", "time_limit_min")}),
        (_("Attempts and marks"), {"fields": ("attempts_allowed", "late_credit", "weight")}),
        (
            _("Help"),
            {
                "description": _("A number of attempts counts where help comes after attempts."),
                "fields": (
                    "verdict_policy",
                    "check_policy",
                    "check_after_attempts",
                    ("hint_policy", "hint_after_attempts"),
                    ("reply_policy", "reply_after_attempts"),
                    ("step_policy", "step_after_attempts"),
                    ("help_policy", "help_after_attempts"),
                    "has_faded_examples",
                    "has_wrong_lines",
                ),
            },
        ),
    )


@admin.register(Override)
class OverrideAdmin(BoundedAdmin[Override]):
    list_display = (
        "enrollment",
        "assignment",
        "opens_at",
        "due_at",
        "closes_at",
        "attempts_allowed",
        "time_limit_min",
        "reason",
    )
    list_select_related = (
        "enrollment__user",
        "enrollment__section__course",
        "assignment__problem_set",
        "assignment__section__course",
    )
    search_fields = ("enrollment__user__username", "assignment__problem_set__title", "reason")
    autocomplete_fields = ("assignment", "enrollment")
    fieldsets = (
        (None, {"fields": ("assignment", "enrollment", "reason")}),
        (
            _("For this student"),
            {
                "description": _("What is left empty is as in the assignment."),
                "fields": ("opens_at", "due_at", "closes_at", "attempts_allowed", "time_limit_min"),
            },
        ),
    )


@admin.register(Sitting)
class SittingAdmin(BoundedAdmin[Sitting]):
    list_display = ("enrollment", "assignment", "begun_at")
    list_select_related = (
        "enrollment__user",
        "enrollment__section__course",
        "assignment__problem_set",
        "assignment__section__course",
    )
    list_filter = ("begun_at",)
    search_fields = ("enrollment__user__username", "assignment__problem_set__title")
    autocomplete_fields = ("assignment", "enrollment")

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        ended = _("When Lemma submitted what was left. Empty while the test is going on.")
        return super().get_form(request, *args, help_texts={"settled_at": ended}, **kwargs)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(BoundedAdmin[CalendarFeed]):
    """Whose feed there is; its secret address is nobody else's business."""

    list_display = ("user",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    autocomplete_fields = ("user",)
