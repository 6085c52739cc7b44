"""The model that lies in the repository: small, whole, and asked as it was trained."""

import json

import pytest

from tutor.demo.run import LEMMA_DEMO, MODELS
from tutor.distill.exercise import DECLINED
from tutor.distill.lessons import FAMILIES, Scope
from tutor.distill.tokenizer import OPENING, chat_prompt
from tutor.engine.chat_tokenizer import ChatTokenizer
from tutor.engine.completion import Prompt
from tutor.engine.model_folder import find_model
from tutor.engine.prompts import DEMO, recipe_for

MAX_BYTES = 16_000_000
# Ids that its weights were trained with: another tokenizer would make another model of it.
GOLDEN = {"12+3": [16, 17, 10, 18], "<think>": [1278], "</think>": [1279]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return MODELS[LEMMA_DEMO](tmp_path_factory.mktemp("data"))


def test_an_engine_may_load_it(folder):
    assert find_model(str(folder)) == folder
    assert json.loads((folder / "config.json").read_text())["model_type"] == "qwen2"
    assert sum(file.stat().st_size for file in folder.iterdir()) < MAX_BYTES


def test_it_is_asked_as_it_was_trained(folder):
    assert recipe_for(str(folder)) == DEMO
    tokenizer = ChatTokenizer(str(folder))
    encodings = {text: tokenizer.hf.encode(text, add_special_tokens=False) for text in GOLDEN}
    assert encodings == GOLDEN
    ids, thinking = tokenizer.encode(Prompt("Solve.", forced=f"{OPENING}\n"))
    assert thinking
    assert tokenizer.hf.decode(ids) == chat_prompt("Solve.")


def test_the_model_card_names_all_taught_families(folder):
    scope = Scope.from_dict(json.loads((folder / "scope.json").read_text()))
    card = (folder / "README.md").read_text("utf-8")
    assert scope.families <= set(FAMILIES)
    for family in scope.families:
        assert f"| {family.replace('_', ' ')} |" in card
    assert DECLINED["en"] in card
