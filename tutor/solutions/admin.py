from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutor.administration import BoundedAdmin, RecordAdmin, UneditedMixin, in_lines
from tutor.grading.steps.checks import StepVerdict
from tutor.problems.labels import feedback_sentence, rule_sentence
from tutor.solutions import recipe_admin as recipe_admin  # registers its pages
from tutor.solutions.models import AnswerHint, HintDraft, ReadinessSample, Solution, SolutionView

COSTS_OF = timedelta(days=31)
NEWEST = 1_000
INSTANTS = ("created_at", "claimed_at", "ended_at")
SECONDS = ("first_token", "seconds")


# Of a step: proved, or found to be wrong.
SIGNS = {StepVerdict.PROVED.value: "✓", StepVerdict.REFUTED.value: "✗"}


def _rounded(seconds: float | None) -> str | None:
    return None if seconds is None else number_format(seconds, 1)


class RecipeFilter(admin.SimpleListFilter):
    """Offers the recipes of the newest rows."""

    title = gettext_lazy("recipe")
    parameter_name = "recipe"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        newest = model_admin.model._default_manager.order_by("-pk").values_list("recipe", flat=True)
        return [(code, code) for code in sorted({*newest[:NEWEST]})]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(recipe=self.value()) if self.value() else queryset


@admin.register(Solution)
class SolutionAdmin(UneditedMixin, BoundedAdmin[Solution]):
    """Read-only: a record is not edited. After a deletion a solution is generated anew."""

    list_display = (
        "problem",
        "number",
        "state",
        "outcome",
        "verdict",
        "completion_tokens",
        "seconds",
        "created_at",
    )
    list_defer = ("reasoning", "steps", "checks", "corrections", "version__statement")
    list_filter = ("created_at", "state", "outcome", "verdict", RecipeFilter)
    list_select_related = ("version", "enrollment__user", "enrollment__section__course")
    change_list_template = "solutions/admin_solutions.html"
    search_fields = ("version__title", "version__problem__slug")
    fieldsets = (
        (None, {"fields": ("version", "recipe", "number", "enrollment", "state", "outcome")}),
        (gettext_lazy("Last failure"), {"fields": ("failure", "failed_at", "crashes")}),
        (gettext_lazy("Where and when"), {"fields": ("host", "engine", "model", *INSTANTS)}),
        (
            gettext_lazy("Answer"),
            {"fields": ("verdict", "score", "why", "remark", "final_answer", "grader")},
        ),
        (
            gettext_lazy("Text"),
            {"fields": ("reasoning", "shown_steps", "checker")},
        ),
        (gettext_lazy("Figures"), {"fields": ("reasoning_tokens", "completion_tokens", *SECONDS)}),
    )
    readonly_fields = ("failure", "failed_at", "host", *INSTANTS)

    @admin.display(description=gettext_lazy("problem"))
    def problem(self, solution: Solution) -> str:
        return solution.version.title

    @admin.display(description=gettext_lazy("rule"))
    def why(self, solution: Solution) -> str:
        return rule_sentence(solution.rule)

    @admin.display(description=gettext_lazy("feedback"))
    def remark(self, solution: Solution) -> str:
        return feedback_sentence(solution.feedback)

    @admin.display(description=gettext_lazy("steps"))
    def shown_steps(self, solution: Solution) -> str:
        """Each with its check, where one was made; the checks in full are in the record."""
        marks = [check["verdict"] for check in solution.checks]
        marks += [""] * (len(solution.steps) - len(marks))
        pairs = zip(marks, solution.steps, strict=True)
        return in_lines(f"{SIGNS.get(mark, '')} {step}" for mark, step in pairs)

    @admin.display(description=gettext_lazy("seconds to the first token"))
    def first_token(self, solution: Solution) -> str | None:
        return _rounded(solution.ttft_s)

    @admin.display(description=gettext_lazy("seconds"), ordering="duration_s")
    def seconds(self, solution: Solution) -> str | None:
        return _rounded(solution.duration_s)

    def get_urls(self) -> list[URLPattern]:
        costs = path("costs/", self.admin_site.admin_view(self.costs), name="solution-costs")
        return [costs, *super().get_urls()]

    def costs(self, request: HttpRequest) -> HttpResponse:
        """Tokens and seconds of the last month, by section and day."""
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


@admin.register(SolutionView)
class SolutionViewAdmin(RecordAdmin[SolutionView]):
    list_display = ("user", "problem", "first_watched_at")
    list_select_related = ("user", "solution__version")
    search_fields = ("user__username", "user__first_name", "user__last_name")

    @admin.display(description=gettext_lazy("problem"))
    def problem(self, view: SolutionView) -> str:
        return view.solution.version.title


@admin.register(ReadinessSample)
class ReadinessSampleAdmin(UneditedMixin, BoundedAdmin[ReadinessSample]):
    list_display = ("version", "recipe", "number", "state", "outcome", "verdict", "tokens")
    list_filter = ("state", "verdict", "outcome", RecipeFilter)
    list_select_related = ("version",)


@admin.register(AnswerHint)
class AnswerHintAdmin(RecordAdmin[AnswerHint]):
    list_display = ("attempt", "state", "source", "tries", "queued_at", "ended_at")
    list_filter = ("queued_at", "state", "source")
    list_select_related = ("attempt__enrollment__user", "attempt__item__problem_set")


@admin.register(HintDraft)
class HintDraftAdmin(RecordAdmin[HintDraft]):
    list_display = ("attempt", "recipe", "state", "fate", "objection", "author", "queued_at")
    list_filter = ("queued_at", "state", "fate", "objection")
    list_select_related = ("attempt__enrollment__user", "attempt__item__problem_set", "author")
