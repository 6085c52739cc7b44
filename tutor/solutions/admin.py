from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from tutor.solutions import recipe_admin as recipe_admin  # registers what it has
from tutor.solutions.models import Reply, Sample, Solution, SolutionView

COSTS_OF = timedelta(days=31)


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
    change_list_template = "solutions/admin_solutions.html"
    search_fields = ("version__title", "version__problem__slug")
    date_hierarchy = "created_at"

    def get_urls(self) -> list[URLPattern]:
        costs = path("costs/", self.admin_site.admin_view(self.costs), name="solution-costs")
        return [costs, *super().get_urls()]

    def costs(self, request: HttpRequest) -> HttpResponse:
        """Tokens and seconds of the last weeks, by section and day."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What solutions cost"),
            "rows": Solution.objects.costs(timezone.now() - COSTS_OF),
            "days": COSTS_OF.days,
        }
        return render(request, "solutions/admin_costs.html", context)

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
