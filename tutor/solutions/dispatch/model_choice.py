"""Which recipe and which model new solutions are asked of."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from django.conf import settings

from tutor.engine.completion import EngineKind, Quantization
from tutor.engine.prompts import SolutionRecipe, recipe_for, weights_name
from tutor.per_page import once_per_page
from tutor.solutions.models import Recipe


@once_per_page
def recipe_in_force() -> SolutionRecipe:
    """The active recipe; without one, the recipe that suits the model's name."""
    active = Recipe.objects.active()
    return active.for_engine() if active else recipe_of_settings()


def recipe_of_settings() -> SolutionRecipe:
    model, quantization = settings.MODEL or settings.DEFAULT_MODEL, settings.MODEL_QUANTIZATION
    return replace(
        recipe_for(model),
        model=model,
        engine=EngineKind(settings.ENGINE or EngineKind.VLLM),
        quantization=Quantization(quantization) if quantization else None,
    )


def recipe_to_load() -> SolutionRecipe:
    """The recipe whose model a worker that starts now has to load.

    The environment wins over the active recipe: a folder named there is where the model lies on
    this machine, and another model leaves the active recipe to other workers.
    """
    recipe, by_settings = recipe_in_force(), recipe_of_settings()
    if settings.MODEL and PurePath(settings.MODEL).name != PurePath(recipe.model).name:
        return by_settings
    return replace(
        recipe,
        model=settings.MODEL or recipe.model,
        engine=by_settings.engine if settings.ENGINE else recipe.engine,
        quantization=by_settings.quantization or recipe.quantization,
    )


def recipe_of(code: str) -> SolutionRecipe | None:
    """The recipe that a solution's code begins with; None where no recipe of that code is left.

    The code goes on with what does not change the prompt, for example that tools were offered.
    """
    matches = (recipe for recipe in _recipes() if f"{code} ".startswith(f"{recipe.whole_code} "))
    return next(matches, None)


def _recipes() -> Iterator[SolutionRecipe]:
    """The settings' own first: most solutions use it, and it needs no query."""
    yield recipe_of_settings()
    for row in Recipe.objects.all():
        yield row.for_engine()


def recipe_code(recipe: SolutionRecipe | None = None) -> str:
    """Identifies how solutions are generated: the recipe's code and the options added to it.

    recipe: the one in force, where the caller has it already.
    """
    recipe = recipe or recipe_in_force()
    code = recipe.whole_code
    if recipe.engine is EngineKind.OPENAI and settings.OPENAI_TOOLS:
        code += " tools"
    return f"{code} corrections {settings.CORRECTIONS}" if settings.CORRECTIONS else code


def weights_wanted() -> str:
    """The model of the recipe in force, as `weights_name` calls it."""
    recipe = recipe_in_force()
    return weights_name(recipe.model, recipe.quantization)


def tries_wanted(recipe: SolutionRecipe | None = None) -> int:
    """How many solutions of one problem make a vote."""
    return settings.SOLUTION_TRIES or (recipe or recipe_in_force()).samples
