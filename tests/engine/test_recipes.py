"""What Lemma ships as recipes and templates, held against the cards that they follow."""

import string
from dataclasses import replace

import pytest

from tutor.engine.completion import EngineKind, Prompt, Quantization
from tutor.engine.model_folder import find_model
from tutor.engine.prompts import (
    DEMO,
    MAX_TEMPERATURE,
    recipe_for,
    temperatures,
    weights_name,
    weights_of,
)
from tutor.engine.shipped import SHIPPED, model_path
from tutor.engine.templates import TEMPLATES

BY_NAME = {recipe.name: recipe for recipe in SHIPPED}


def test_each_template_speaks_both_languages_and_holds_the_text_once():
    for template in TEMPLATES.values():
        languages = {"en"} if template.name == "statement" else {"en", "zh-hans"}
        assert set(template.texts) == languages
        for text in template.texts.values():
            places = [field for _, field, _, _ in string.Formatter().parse(text) if field]
            assert places == ["problem"]
            assert "{x}" in text.format(problem="{x}")


def test_only_mathematics_is_judged_and_asks_for_a_boxed_answer():
    judged = {name for name, template in TEMPLATES.items() if template.is_judged}
    assert judged == {"mathematics", "mathematics-steps", "statement"}
    for name in ("code", "decision", "conversation"):
        assert not any("boxed" in text for text in TEMPLATES[name].texts.values())


def test_every_recipe_is_within_what_its_model_takes():
    assert len(BY_NAME) == len(SHIPPED) == 7
    for recipe in SHIPPED:
        low, high = temperatures(recipe.model)
        assert low <= recipe.sampling.temperature <= high
        assert 0 < recipe.sampling.top_p <= 1
        budget = recipe.sampling.thinking_budget
        assert budget is None or (recipe.thinks and budget < recipe.sampling.max_tokens)
        assert recipe.template.is_judged
        assert recipe.source
        assert recipe.quantization is None or recipe.engine is EngineKind.VLLM


def test_an_r1_distill_is_drawn_within_its_cards_range_and_others_within_the_engines():
    assert temperatures("/srv/DeepSeek-R1-Distill-Qwen-1.5B-AWQ") == (0.5, 0.7)
    assert temperatures("gpt-3.5-turbo") == (0, MAX_TEMPERATURE)


@pytest.mark.parametrize(
    ("name", "tokens"),
    [("r1-distill-qwen-1.5b", 32_768), ("r1-distill-qwen-1.5b-small-card", 4_096)],
)
def test_an_r1_distill_is_shipped_as_its_card_says(name, tokens):
    recipe = BY_NAME[name]
    sampling = recipe.sampling
    assert (sampling.temperature, sampling.top_p, sampling.max_tokens) == (0.6, 0.95, tokens)
    assert recipe.prompt("1 + 1?", [], "en").forced == "<think>\n"
    assert recipe.prompt("1 + 1?", [], "en") == recipe_for(recipe.model).prompt("1 + 1?", [], "en")


def test_all_ways_of_generating_have_codes_of_their_own():
    codes = [recipe.whole_code for recipe in SHIPPED]
    assert len(set(codes)) == len(codes)
    assert codes[0] == (
        "DeepSeek-R1-Distill-Qwen-1.5B r1-distill-qwen-1.5b-1 t0.6 p0.95 n32768 b31744"
    )


def test_weights_are_named_without_their_place_and_fp8_is_another_model():
    assert weights_name("/srv/models/some-model", Quantization.AWQ) == "some-model"
    assert weights_name("org/some-model", None) == "some-model"
    assert weights_name("some-model", Quantization.FP8) == "some-model@fp8"


def test_the_name_of_weights_is_one_word():
    name = weights_name("/srv/our models/Qwen  tuned\t2", Quantization.FP8)
    assert name == weights_name(name, None) == "Qwen_tuned_2@fp8"


@pytest.mark.parametrize("folder", ["org/some-model", "/srv/Our own 2-7 t5", "a-1 t1 p1 n1"])
@pytest.mark.parametrize("added", ["", " tools", " tools corrections 2"])
def test_the_weights_are_read_from_the_code_of_a_recipe(folder, added):
    for recipe in SHIPPED:
        sampling = replace(recipe.sampling, seed=-1)
        for changed in (recipe, replace(recipe, sampling=sampling, quantization=Quantization.FP8)):
            code = replace(changed, model=folder).whole_code + added
            assert weights_of(code) == weights_name(folder, changed.quantization)


def test_the_demonstrations_recipe_finds_its_model_and_asks_as_before():
    recipe = BY_NAME["lemma-demo-3m"]
    assert find_model(model_path(recipe.model)).name == "lemma-demo-3m"
    assert model_path("org/other") == "org/other"
    assert (recipe.sampling, recipe.template) == (DEMO.sampling, DEMO.template)
    assert recipe.prompt("1 + 1?", [], "zh-hans") == Prompt("1 + 1?", "<think>\n")
