"""Stores the recipes that come with Lemma."""

from typing import Any

from django.apps import apps as all_apps

from tutor.engine.prompts import SolutionRecipe
from tutor.engine.shipped import SHIPPED


def ship(apps: Any = all_apps, using: str = "default", **kwargs: object) -> None:
    """Store the recipes that come with Lemma and are not stored yet; runs after every `migrate`."""
    try:
        rows = apps.get_model("solutions", "Recipe")
    except LookupError:
        return  # migrated to a state without recipes
    stored = set(rows.objects.using(using).values_list("name", "version"))
    rows.objects.using(using).bulk_create(
        [
            rows(**_columns(recipe))
            for recipe in SHIPPED
            if (recipe.name, recipe.version) not in stored
        ],
        ignore_conflicts=True,
    )


def _columns(recipe: SolutionRecipe) -> dict[str, Any]:
    sampling = recipe.sampling
    return {
        "name": recipe.name,
        "version": recipe.version,
        "model": recipe.model,
        "engine": recipe.engine.value,
        "quantization": recipe.quantization.value if recipe.quantization else "",
        "template": recipe.template.name,
        "thinks": recipe.thinks,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "max_tokens": sampling.max_tokens,
        "thinking_budget": sampling.thinking_budget,
        "samples": recipe.samples,
        "source": recipe.source,
    }
