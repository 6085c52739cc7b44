from django.contrib import admin

from tutor.assignments.models import Assignment, Item, ProblemSet


class ItemInline(admin.TabularInline[Item, ProblemSet]):
    model = Item
    extra = 1
    autocomplete_fields = ("problem",)


@admin.register(ProblemSet)
class ProblemSetAdmin(admin.ModelAdmin[ProblemSet]):
    search_fields = ("title",)
    autocomplete_fields = ("owner",)
    inlines = (ItemInline,)


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    list_display = (
        *("problem_set", "section", "opens_at", "due_at", "closes_at"),
        *("attempts_allowed", "help_policy"),
    )
    list_select_related = ("problem_set", "section__course")
    list_filter = ("section", "help_policy")
    search_fields = ("problem_set__title", "section__name")
    autocomplete_fields = ("problem_set", "section")
