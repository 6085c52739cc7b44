"""Every template in both languages, put to a real engine and a model that is small."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from tests.engine.completing import complete
from tutor.engine.completion import EngineConfig, Outcome, Sampling
from tutor.engine.prompts import CHAT, R1_DISTILL
from tutor.engine.templates import TEMPLATES
from tutor.engine.vllm_engine import VllmEngine

pytestmark = [pytest.mark.vllm, pytest.mark.asyncio(loop_scope="module")]

ASKED = {
    "en": {
        "code": "Read numbers, one on each line, and print the largest.",
        "decision": "Our class has 200 euros. Do we buy five calculators or go on an excursion?",
        "conversation": "Why do people learn mathematics?",
    },
    "zh-hans": {
        "code": "读入若干个数，每行一个，输出其中最大的数。",
        "decision": "我们班有200元。应该买五个计算器，还是去郊游？",
        "conversation": "人们为什么要学数学？",
    },
}
SUM = {"en": "What is 2 + 3?", "zh-hans": "2 + 3 等于多少？"}


def config(model: Path, **options) -> EngineConfig:
    return EngineConfig(model=str(model), max_model_len=2048, cpu_kv_cache_gb=0.5, **options)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(thinking_model) -> AsyncIterator[VllmEngine]:
    engine = await VllmEngine.start(config(thinking_model, seeded=True))
    yield engine
    await engine.close()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", TEMPLATES)
async def test_the_prompt_arrives_whole_and_an_answer_comes(engine, name, language):
    recipe = replace(CHAT, template=TEMPLATES[name])
    question = ASKED[language].get(name, SUM[language])
    prompt = recipe.prompt(question, [], language)
    ids, thinking = engine.tokenizer.encode(prompt)
    assert f"user\n{prompt.user}<|im_end|>" in engine.tokenizer.hf.decode(ids)
    assert prompt.user.startswith(question)
    assert not thinking
    sampling = Sampling(max_tokens=60, temperature=0.2, top_p=0.9, seed=1)
    completion = await complete(engine, prompt, sampling, name=f"{name}-{language}")
    assert completion.answer.strip()
    assert completion.reasoning == ""
    assert 0 < completion.tokens <= 60
    assert completion.outcome in {Outcome.FINISHED, Outcome.BUDGET_EXHAUSTED, Outcome.LOOPING}
    if completion.outcome is Outcome.BUDGET_EXHAUSTED:
        assert completion.tokens == 60


@pytest.mark.parametrize("name", ["mathematics", "code", "decision", "conversation"])
async def test_a_forced_beginning_is_thought_and_what_follows_its_end_is_the_answer(engine, name):
    recipe = replace(R1_DISTILL, template=TEMPLATES[name])
    prompt = recipe.prompt(ASKED["en"].get(name, SUM["en"]), [], "en")
    ids, thinking = engine.tokenizer.encode(prompt)
    assert engine.tokenizer.hf.decode(ids).endswith("assistant\n<think>\n")
    assert thinking
    begun = replace(prompt, forced=f"{prompt.forced}To answer this, I")  # else it may say nothing
    sampling = Sampling(max_tokens=60, temperature=0.6, top_p=0.95, thinking_budget=8, seed=1)
    completion = await complete(engine, begun, sampling, name=f"thinking-{name}")
    text = engine.tokenizer.hf.decode(completion.token_ids).removesuffix("<|im_end|>")
    reasoning, closed, answer = text.partition("</think>")
    assert closed  # by the budget; what so small a model says after it may be nothing
    assert completion.reasoning.strip() == reasoning.strip() != ""
    assert completion.answer.strip() == answer.strip()
