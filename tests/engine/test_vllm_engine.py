"""The real engine with the demonstration's model, on whatever this machine has."""

import asyncio
import gc
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from tests.engine.completing import STORY, THINKING, complete, first_delta, greedy
from tutor.engine import vllm_engine
from tutor.engine.completion import (
    EngineConfig,
    EngineFailed,
    ModelUnusable,
    Outcome,
    Prompt,
    Quantization,
    Sampling,
)
from tutor.engine.cores import model_threads
from tutor.engine.orphans import end_orphans
from tutor.engine.vllm_engine import VllmEngine

pytestmark = [pytest.mark.vllm, pytest.mark.asyncio(loop_scope="package")]


def config(model: Path, **options) -> EngineConfig:
    return EngineConfig(model=str(model), max_model_len=2048, cpu_kv_cache_gb=0.5, **options)


def engine_processes(owner: int | None = None) -> list[psutil.Process]:
    """vLLM's, with the titles that it gives them: the core, and a worker for each device."""
    children = psutil.Process(owner).children(recursive=True)
    running = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in running if "VLLM::" in "".join(child.cmdline())]


def core_process() -> psutil.Process:
    return next(p for p in engine_processes() if "EngineCore" in "".join(p.cmdline()))


async def test_a_long_prompt_may_use_up_the_context(engine):
    prompt_ids, _ = engine.tokenizer.encode(long := Prompt("1 + " * 500))
    completion = await complete(engine, long, greedy(5000))
    assert completion.outcome in {Outcome.BUDGET_EXHAUSTED, Outcome.LOOPING}
    assert len(prompt_ids) + len(completion.token_ids) <= 2048


async def test_seeds_hold_for_more_prompts_than_are_computed_at_once(engine):
    """In pieces, the first seeded prompt would end the engine on a CPU."""
    prompts = [Prompt(f"{'Anna counts her apples. ' * 30}What is {n} + {n}?") for n in range(20)]
    assert sum(len(engine.tokenizer.encode(prompt)[0]) for prompt in prompts) > 2048
    completions = await asyncio.gather(
        *(
            complete(engine, prompt, Sampling(4, seed=n), name=f"seeded-{n}")
            for n, prompt in enumerate(prompts)
        )
    )
    assert all(1 <= len(completion.token_ids) <= 4 for completion in completions)


async def story_after(engine, tpot_s):
    """Its deltas, as they come after a completion of which each token took so long."""
    engine._tpot_s = tpot_s
    deltas = engine.stream(STORY, greedy(60), request_id=f"after {tpot_s}")
    return [delta async for delta in deltas if delta.token_ids]


async def test_a_fast_model_hands_over_several_tokens_at_once_and_loses_none(engine):
    slow, fast = await story_after(engine, 0.1), await story_after(engine, 0.003)
    assert len(fast[0].token_ids) == 1, "the first does not wait for others"
    assert len(fast) <= 1 + 60 // 6
    assert len(slow) > 2 * len(fast)
    ids = [id_ for delta in fast for id_ in delta.token_ids]
    assert len(ids) == 60
    assert "".join(delta.answer for delta in fast) == engine.tokenizer.hf.decode(ids)


async def test_tokens_of_reasoning_and_answer_come_apart(engine):
    engine._tpot_s = 0.001
    sampling = greedy(60, thinking_budget=20)
    deltas = [delta async for delta in engine.stream(THINKING, sampling, request_id="apart")]
    assert max(len(delta.token_ids) for delta in deltas) == 8
    assert any(delta.reasoning for delta in deltas)
    assert any(delta.answer for delta in deltas)
    assert not any(delta.reasoning and delta.answer for delta in deltas)


async def test_it_sees_how_fast_a_completion_was(engine):
    await story_after(engine, 5.0)
    assert 0 < engine._tpot_s < 1


async def test_engine_processes_are_marked_as_ours(engine):
    processes = engine_processes()
    assert len(processes) == 1, "a second one would wait in a loop for the other, on a core"
    assert all("TUTOR_ENGINE_OWNER" in process.environ() for process in processes)
    end_orphans()
    assert engine_processes() == processes
    own_names = {
        "TUTOR_ENGINE_OWNER",
        "SPT_NOENV",
        "LD_PRELOAD",
        "OMP_NUM_THREADS",
        "PYTHONWARNINGS",
    }
    assert own_names.isdisjoint(os.environ)


@pytest.mark.skipif(bool(shutil.which("nvidia-smi")), reason="the model is on a card")
async def test_the_engine_uses_one_core_per_model_thread(engine):
    threads = core_process().threads()
    core_sets = {frozenset(os.sched_getaffinity(thread.id)) for thread in threads}
    assert len(core_sets) == 1
    assert len(*core_sets) == model_threads()


async def test_an_engine_that_is_loaded_is_not_lost_to_who_gives_up_meanwhile(
    demo_model, monkeypatch
):
    loaded = SimpleNamespace(
        model_config=SimpleNamespace(max_model_len=1, try_get_generation_config=dict)
    )

    def load(*args: object) -> SimpleNamespace:
        asyncio.get_running_loop().call_soon(starting.cancel)
        return loaded

    monkeypatch.setattr(vllm_engine, "_load", load)
    starting = asyncio.create_task(VllmEngine.start(config(demo_model)))
    assert (await starting).llm is loaded
    gc.unfreeze()


async def test_weights_that_are_stored_otherwise_are_refused(demo_model):
    with pytest.raises(ModelUnusable, match="to be stored as awq, and are stored as unquantized"):
        await VllmEngine.start(config(demo_model, quantization=Quantization.AWQ))


@pytest.mark.skipif(bool(shutil.which("nvidia-smi")), reason="a card makes them FP8")
async def test_what_a_processor_cannot_make_of_weights_is_said(demo_model):
    with pytest.raises(ModelUnusable, match="FP8 on a CUDA device only"):
        await VllmEngine.start(config(demo_model, quantization=Quantization.FP8))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_model_len": 100_000}, r"max_model_len \(100000\) is greater than .*8192"),
        ({"dtype": "float17"}, "should be 'auto', 'half', 'float16', 'bfloat16'"),
    ],
)
async def test_an_option_that_the_model_does_not_allow_is_named(demo_model, options, message):
    with pytest.raises(ModelUnusable, match=message) as caught:
        await VllmEngine.start(EngineConfig(model=str(demo_model), **options))
    assert "\n" not in str(caught.value)


async def test_a_cache_that_holds_no_answer_stops_the_start(demo_model):
    before = set(engine_processes())
    with pytest.raises(EngineFailed, match="could not load"):
        await VllmEngine.start(EngineConfig(model=str(demo_model), cpu_kv_cache_gb=0.0001))
    assert set(engine_processes()) == before


async def test_a_killed_engine_fails_its_requests_and_another_can_start(engine, demo_model):
    streams = [engine.stream(STORY, greedy(1900), request_id=f"killed {n}") for n in range(2)]
    for stream in streams:
        await first_delta(stream)
    began = time.monotonic()
    core_process().kill()
    for stream in streams:
        with pytest.raises(EngineFailed):
            async for _ in stream:
                pass
    assert time.monotonic() - began < 20
    with pytest.raises(EngineFailed):
        await complete(engine, STORY, greedy(10))
    await engine.close()
    assert gc.get_freeze_count() == 0

    another = await VllmEngine.start(config(demo_model, dtype="float32"))
    try:
        assert gc.get_freeze_count() > 100_000
        completion = await complete(another, Prompt("What is the capital of France?"), greedy(40))
        stream = another.stream(STORY, greedy(1900), request_id="closed")
        await first_delta(stream)
    finally:
        await another.close()
    # In bfloat16 the processor decides, by how it rounds.
    assert completion.answer == "The capital of France is Paris."
    with pytest.raises(EngineFailed):
        async for _ in stream:
            pass
    with pytest.raises(EngineFailed, match="closed"):
        await complete(another, STORY, greedy(10))
    assert not engine_processes()


async def test_an_engine_that_is_asked_to_end_does_not_pass_for_a_model_that_finished(demo_model):
    engine = await VllmEngine.start(config(demo_model))
    try:
        stream = engine.stream(STORY, greedy(1900), request_id="terminated")
        await first_delta(stream)
        core_process().send_signal(signal.SIGTERM)
        with pytest.raises(EngineFailed):
            async for _ in stream:
                pass
    finally:
        await engine.close()


OWNER = """
import asyncio, sys
import psutil
from tutor.engine.completion import EngineConfig
from tutor.engine.vllm_engine import VllmEngine

async def main():
    engine = await VllmEngine.start(EngineConfig(model=sys.argv[1], cpu_kv_cache_gb=0.1))
    print("started", engine.max_model_len, flush=True)
    await asyncio.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.fixture
def owner(demo_model, tmp_path) -> Iterator[subprocess.Popen[str]]:
    """Another process that starts an engine."""
    script = tmp_path / "owner.py"
    script.write_text(OWNER)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, script, demo_model], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process
        process.kill()


SHARED = Path("/dev/shm")  # noqa: S108


def shared_memory(processes: list[psutil.Process]) -> set[Path]:
    """What these have mapped, of which the path may be another than it was mapped by."""
    maps = [Path(f"/proc/{process.pid}/maps").read_text("utf-8") for process in processes]
    inodes = set(re.findall(rf" (\d+) +{SHARED}/", "".join(maps)))
    return {Path(entry.path) for entry in os.scandir(SHARED) if str(entry.inode()) in inodes}


def wait_until_given_back(memory: set[Path], *, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while left := {path for path in memory if path.exists()}:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


async def test_processes_of_a_killed_owner_are_ended(owner):
    while not (line := owner.stdout.readline()).startswith("started"):
        assert line, "the engine did not start"
    assert 1000 < int(line.split()[1]) < 8192, "as much of the context as the cache holds"
    left = engine_processes(owner.pid)
    engine_memory = shared_memory([psutil.Process(owner.pid), *left])
    assert engine_memory
    owner.kill()
    owner.wait()
    assert left
    end_orphans()
    assert not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in left)
    wait_until_given_back(engine_memory, within_s=60)
