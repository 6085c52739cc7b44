"""The admin pages of recipes: edit one, see the model's prompt, activate it."""

from collections.abc import Sequence
from typing import Any

import redis.exceptions
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.requests import AuthedRequest
from tutor.administration import BoundedAdmin, PermanentMixin
from tutor.engine.prompts import weights_name
from tutor.engine.templates import TEMPLATES
from tutor.problems.figures import in_words
from tutor.problems.models import Problem
from tutor.redis_client import connect
from tutor.solutions.dispatch.model_choice import recipe_in_force
from tutor.solutions.dispatch.presence import present_workers
from tutor.solutions.models import Activation, Recipe
from tutor.solutions.models.recipe import SHIPPED_NAMES, activate

Question = tuple[str, Sequence[str], str]  # statement, choices, language
# Shown unless a problem of the catalogue is named.
EXAMPLES: tuple[Question, ...] = (
    (r"Solve \(x^2 - 5x + 6 = 0\).", (), "en"),
    ("下列哪个数是质数？", ("51", "53", "57"), "zh-hans"),
)
_COPIED_FIELDS = (
    "model",
    "engine",
    "quantization",
    "template",
    "thinks",
    "temperature",
    "top_p",
    "max_tokens",
    "thinking_budget",
    "samples",
)


class ExampleForm(forms.Form):
    problem = forms.SlugField(label=_("Short name of a problem in the catalogue"), required=False)


@admin.register(Recipe)
class RecipeAdmin(BoundedAdmin[Recipe]):
    """Saving an edited recipe makes a new version; recipes that come with Lemma are read-only."""

    list_display = ("name", "version", "is_active", "model", "template")
    ordering = ("name", "-version")
    list_filter = ("engine", "template")
    search_fields = ("name", "model")
    fieldsets = (
        (None, {"fields": ("name", "model", "engine", "quantization")}),
        (_("Prompt"), {"fields": ("template", "thinks")}),
        (
            _("Sampling"),
            {"fields": ("temperature", "top_p", "max_tokens", "thinking_budget", "samples")},
        ),
        (None, {"fields": ("source",)}),
    )
    actions = ("make_active",)
    change_form_template = "solutions/admin_recipe.html"
    change_list_template = "solutions/admin_recipes.html"

    def get_urls(self) -> list[URLPattern]:
        prompts = self.admin_site.admin_view(self.prompts)
        return [path("<int:pk>/prompt/", prompts, name="recipe-prompt"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recipe]:
        newest = Activation.objects.order_by("-pk").values("recipe")[:1]
        return super().get_queryset(request).annotate(active_pk=Subquery(newest))

    @admin.display(description=_("active"))
    def is_active(self, recipe: Any) -> str:
        return "✓" if recipe.pk == recipe.active_pk else ""

    def has_change_permission(self, request: HttpRequest, obj: Recipe | None = None) -> bool:
        is_shipped = obj is not None and obj.name in SHIPPED_NAMES
        return not is_shipped and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Recipe | None = None) -> bool:
        is_permanent = obj is not None and (obj.name in SHIPPED_NAMES or obj.activations.exists())
        return not is_permanent and super().has_delete_permission(request, obj)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        newest = Activation.objects.select_related("recipe", "author").first()
        context = {"newest": newest, "in_force": recipe_in_force()}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        recipe = self.get_object(request, object_id)
        context = {"copy": _to_copy(recipe)} if recipe else {}
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def save_model(self, request: HttpRequest, obj: Recipe, form: Any, change: bool) -> None:
        if not form.has_changed():
            return
        obj.pk, obj._state.adding = None, True
        obj.version, obj.author_id = obj.next_version(), request.user.pk
        super().save_model(request, obj, form, change=False)

    def response_change(self, request: HttpRequest, obj: Recipe) -> HttpResponse:
        match = request.resolver_match
        if match and match.kwargs["object_id"] == str(obj.pk):
            text = gettext("Nothing was changed.")
        else:
            text = gettext("Saved as %s. Earlier versions stay as they are.") % obj
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(_page_of(obj))

    @admin.action(description=_("Make active"), permissions=["change"])
    def make_active(self, request: AuthedRequest, chosen: QuerySet[Recipe]) -> None:
        if chosen.count() != 1:
            text = gettext("Choose one recipe: only one can be active.")
            self.message_user(request, text, messages.ERROR)
            return
        self._activate(request, chosen.get())

    def prompts(self, request: AuthedRequest, pk: int) -> HttpResponse:
        """The exact prompt for the model; posting activates or deactivates the recipe."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        recipe = get_object_or_404(Recipe, pk=pk)
        active = Recipe.objects.active()
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            if "deactivate" not in request.POST:
                self._activate(request, recipe)
            elif recipe == active:
                self._deactivate(request)
            return redirect("admin:recipe-prompt", recipe.pk)
        form = ExampleForm(request.GET or None)
        questions, engine_recipe = _questions(form, request), recipe.for_engine()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("The prompt of %s") % recipe,
            "recipe": recipe,
            "sampling": engine_recipe.sampling,
            "prompts": [engine_recipe.prompt(*question) for question in questions],
            "form": form,
            "is_active": recipe == active,
            "may_activate": self.has_change_permission(request),
            "objection": recipe.objection,
            "is_judged": TEMPLATES[recipe.template].is_judged,
            "workers": workers_of(recipe),
        }
        return render(request, "solutions/admin_recipe_prompt.html", context)

    def _deactivate(self, request: AuthedRequest) -> None:
        activate(None, request.user)
        text = gettext("No recipe is active now. Lemma chooses one by the model’s name.")
        self.message_user(request, text, messages.SUCCESS)

    def _activate(self, request: AuthedRequest, recipe: Recipe) -> None:
        try:
            activate(recipe, request.user)
        except ValueError as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        text = gettext("The recipe %s is active: new solutions use it from now on.") % recipe
        self.message_user(request, text, messages.SUCCESS)
        if not workers_of(recipe):
            text = gettext("No worker has %s loaded now. Solutions wait until one is started.")
            self.message_user(request, text % recipe.model, messages.WARNING)


def workers_of(recipe: Recipe) -> int:
    """How many workers have loaded its model now."""
    engine_recipe = recipe.for_engine()
    weights = weights_name(engine_recipe.model, engine_recipe.quantization)
    try:
        with connect() as client:
            models = [worker.model for worker in present_workers(client)]
            return sum(weights_name(model, None) == weights for model in models)
    except redis.exceptions.RedisError:
        return 0


def _questions(form: ExampleForm, request: AuthedRequest) -> Sequence[Question]:
    """The problem that the form names; without one, the examples."""
    if not form.is_bound or not form.is_valid() or not (name := form.cleaned_data["problem"]):
        return EXAMPLES
    problems = Problem.objects.visible_to(request.user).filter(slug=name, current__isnull=False)
    problem = problems.select_related("current").first()
    if problem is None or problem.current is None:
        form.add_error("problem", _("There is no problem of this name."))
        return []
    content = problem.current.content()
    if problem.current.is_template:
        content = content.variant(1)
    return [(in_words(content.statement, content.language), content.choices, content.language)]


def _page_of(recipe: Recipe) -> str:
    return reverse("admin:solutions_recipe_change", args=[recipe.pk])


def _to_copy(recipe: Recipe) -> str:
    """The query string by which Django's form for adding is filled with a copy."""
    query = QueryDict(mutable=True)
    for name in _COPIED_FIELDS:
        value = getattr(recipe, name)
        if value not in (None, "", False):
            query[name] = str(value)
    return query.urlencode()


@admin.register(Activation)
class ActivationAdmin(PermanentMixin, BoundedAdmin[Activation]):
    """Who activated which recipe, and when; read-only."""

    list_display = ("happened_at", "__str__", "author")
    list_select_related = ("recipe", "author")
