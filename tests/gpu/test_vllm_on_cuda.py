"""The production model on a CUDA card: TUTOR_TEST_GPU_MODEL is its folder or hub name."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tutor.engine.completion import EngineConfig, Outcome, Sampling
from tutor.engine.prompts import R1_DISTILL, recipe_for
from tutor.engine.vllm_engine import VllmEngine

MODEL = os.environ.get("TUTOR_TEST_GPU_MODEL", "")
EXTREMA = R1_DISTILL.prompt(
    "Find the maximum of \\(f(x) = x^3 - 3x^2 + 2x + 1\\) on \\([0, 3]\\).", [], "en"
)

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not shutil.which("nvidia-smi"), reason="this machine has no CUDA device"),
    pytest.mark.skipif(not MODEL, reason="TUTOR_TEST_GPU_MODEL names no R1 distill to load"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine() -> AsyncIterator[VllmEngine]:
    engine = await VllmEngine.start(EngineConfig(model=MODEL, max_model_len=16_384))
    yield engine
    await engine.close()


async def complete(
    engine: VllmEngine, sampling: Sampling, name: str
) -> tuple[str, str, int, Outcome]:
    reasoning, answer, tokens, outcome = "", "", 0, None
    async for delta in engine.stream(EXTREMA, sampling, request_id=name):
        reasoning += delta.reasoning
        answer += delta.answer
        tokens += len(delta.token_ids)
        outcome = delta.outcome
    assert outcome is not None
    return reasoning, answer, tokens, outcome


async def test_it_reasons_and_then_answers_in_a_box(engine):
    assert recipe_for(MODEL) is R1_DISTILL
    samples = await asyncio.gather(
        *(complete(engine, R1_DISTILL.sampling, f"sample {n}") for n in range(8))
    )
    finished = [sample for sample in samples if sample[3] is Outcome.FINISHED]
    assert len(finished) >= 6
    assert all(reasoning and "think>" not in reasoning for reasoning, *_ in samples)
    boxed = [answer for _, answer, *_ in finished if "\\boxed{" in answer]
    assert len(boxed) >= 5
    assert sum("\\boxed{7}" in answer for answer in boxed) >= len(boxed) / 2


async def test_reasoning_ends_at_its_budget_and_an_answer_follows(engine):
    sampling = Sampling(max_tokens=512, thinking_budget=64)
    _, answer, *_ = await complete(engine, sampling, "hurried")
    assert answer


async def test_sixteen_at_once_share_the_card(engine):
    async def tokens_per_s(count: int) -> float:
        began = time.monotonic()
        sampling = Sampling(max_tokens=256)
        samples = await asyncio.gather(
            *(complete(engine, sampling, f"{n} of {count}") for n in range(count))
        )
        return sum(tokens for _, _, tokens, _ in samples) / (time.monotonic() - began)

    assert await tokens_per_s(16) >= 3 * await tokens_per_s(1)
