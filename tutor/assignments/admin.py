from django.contrib import admin

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
        *("help_policy", "for_all", "due_at"),
        ("section__archived_at", ArchivedFilter),
    )
    search_fields = ("problem_set__title", "section__name", "section__course__title")
    autocomplete_fields = ("problem_set", "section", "groups", "students")


@admin.register(Override)
class OverrideAdmin(BoundedAdmin[Override]):
    list_display = (
        *("enrollment", "assignment", "opens_at", "due_at", "closes_at"),
        *("attempts_allowed", "time_limit_min", "reason"),
    )
    list_select_related = (
        *("enrollment__user", "enrollment__section__course"),
        *("assignment__problem_set", "assignment__section__course"),
    )
    search_fields = ("enrollment__user__username", "assignment__problem_set__title", "reason")
    autocomplete_fields = ("assignment", "enrollment")


@admin.register(Sitting)
class SittingAdmin(BoundedAdmin[Sitting]):
    list_display = ("enrollment", "assignment", "begun_at")
    list_select_related = (
        *("enrollment__user", "enrollment__section__course"),
        *("assignment__problem_set", "assignment__section__course"),
    )
    list_filter = ("begun_at",)
    search_fields = ("enrollment__user__username", "assignment__problem_set__title")
    autocomplete_fields = ("assignment", "enrollment")


@admin.register(CalendarFeed)
class CalendarFeedAdmin(BoundedAdmin[CalendarFeed]):
    """Whose feed there is; its secret address is nobody else's business."""

    list_display = ("user",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    autocomplete_fields = ("user",)
