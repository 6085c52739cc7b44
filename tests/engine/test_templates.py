"""Every template in both languages, put to a real engine and a model that is small."""

import asyncio
from dataclasses import replace
from itertools import product

import pytest

from tests.engine.completing import complete
from tutor.engine.completion import Outcome, Sampling
from tutor.engine.prompts import CHAT, R1_DISTILL
from tutor.engine.templates import TEMPLATES

pytestmark = [pytest.mark.vllm, pytest.mark.asyncio(loop_scope="package")]

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


async def test_the_prompt_arrives_whole_and_an_answer_comes(engine):
    await asyncio.gather(*(ask(engine, *asked) for asked in product(TEMPLATES, ASKED)))


async def ask(engine, name, language):
    recipe = replace(CHAT, template=TEMPLATES[name])
    question = ASKED[language].get(name, SUM[language])
    prompt = recipe.prompt(question, [], language)
    ids, thinking = engine.tokenizer.encode(prompt)
    assert f"user\n{prompt.user}<|im_end|>" in engine.tokenizer.hf.decode(ids)
    assert prompt.user.startswith(question)
    assert not thinking
    sampling = Sampling(max_tokens=24, temperature=0.2, top_p=0.9, seed=1)
    completion = await complete(engine, prompt, sampling, name=f"{name}-{language}")
    assert completion.answer.strip(), name
    assert completion.reasoning == ""
    assert 0 < completion.tokens <= 24
    assert completion.outcome in {Outcome.FINISHED, Outcome.BUDGET_EXHAUSTED, Outcome.LOOPING}
    if completion.outcome is Outcome.BUDGET_EXHAUSTED:
        assert completion.tokens == 24


async def test_a_forced_beginning_is_thought_and_what_follows_its_end_is_the_answer(engine):
    names = ("mathematics", "code", "decision", "conversation")
    await asyncio.gather(*(think(engine, name) for name in names))


async def think(engine, name):
    recipe = replace(R1_DISTILL, template=TEMPLATES[name])
    prompt = recipe.prompt(ASKED["en"].get(name, SUM["en"]), [], "en")
    ids, thinking = engine.tokenizer.encode(prompt)
    assert engine.tokenizer.hf.decode(ids).endswith("assistant\n<think>\n")
    assert thinking
    begun = replace(prompt, forced=f"{prompt.forced}To answer this, I")  # else it may say nothing
    sampling = Sampling(max_tokens=24, temperature=0.6, top_p=0.95, thinking_budget=8, seed=1)
    completion = await complete(engine, begun, sampling, name=f"thinking-{name}")
    text = engine.tokenizer.hf.decode(completion.token_ids).removesuffix("<|im_end|>")
    reasoning, closed, answer = text.partition("</think>")
    assert closed, name  # by the budget; what so small a model says after it may be nothing
    assert completion.reasoning.strip() == reasoning.strip() != ""
    assert completion.answer.strip() == answer.strip()
