from django.contrib import admin

from tutor.solutions.models import Reply, Sample, Solution, SolutionView


@admin.register(Solution)
class SolutionAdmin(admin.ModelAdmin[Solution]):
    """What was generated, to read: a record is not edited. Deleting one asks for it anew."""

    list_display = (
        "version",
        "number",
        "state",
        "outcome",
        "verdict",
        "completion_tokens",
        "duration_s",
        "created_at",
    )
    list_filter = ("state", "outcome", "verdict", "recipe")
    list_select_related = ("version__problem",)
    search_fields = ("version__title", "version__problem__slug")
    date_hierarchy = "created_at"

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_change_permission(self, *args: object) -> bool:
        return False


@admin.register(SolutionView)
class SolutionViewAdmin(admin.ModelAdmin[SolutionView]):
    list_display = ("user", "solution", "first_watched_at")
    list_select_related = ("user", "solution__version__problem")

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_change_permission(self, *args: object) -> bool:
        return False


@admin.register(Sample)
class SampleAdmin(admin.ModelAdmin[Sample]):
    list_display = ("version", "recipe", "number", "state", "outcome", "verdict", "tokens")
    list_filter = ("state", "verdict", "outcome", "recipe")
    list_select_related = ("version__problem",)

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_change_permission(self, *args: object) -> bool:
        return False


@admin.register(Reply)
class ReplyAdmin(admin.ModelAdmin[Reply]):
    list_display = ("attempt", "state", "way", "tries", "queued_at", "ended_at")
    list_filter = ("state", "way", "recipe")
    list_select_related = ("attempt__enrollment__user", "attempt__item__problem_set")

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_change_permission(self, *args: object) -> bool:
        return False
