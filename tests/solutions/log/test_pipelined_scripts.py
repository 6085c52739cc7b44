"""Calls by many writers that go to Redis in one pipeline."""

import asyncio

import pytest
import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as AwayError
from redis.exceptions import ResponseError

from tutor.redis_client import open_redis
from tutor.solutions.log import pipelined_scripts
from tutor.solutions.log.pipelined_scripts import PipelinedScripts

DOUBLE = "return 2 * tonumber(ARGV[1])"
PUSH = "return redis.call('RPUSH', KEYS[1], ARGV[1])"


@pytest.fixture
def pipelines(monkeypatch):
    """How many calls each pipeline took."""
    taken = []
    execute = redis.asyncio.client.Pipeline.execute

    async def counted(pipe, *args, **kwargs):
        taken.append(len(pipe))
        return await execute(pipe, *args, **kwargs)

    monkeypatch.setattr(redis.asyncio.client.Pipeline, "execute", counted)
    return taken


async def under_way(pipelines):
    while not pipelines:  # noqa: ASYNC110 - nothing there tells of it
        await asyncio.sleep(0)


async def test_calls_of_the_same_moment_go_in_one_pipeline_and_each_gets_its_answer(pipelines):
    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(DOUBLE)
        await client.script_load(DOUBLE)
        answers = await asyncio.gather(*(shared.call(script, [], [n]) for n in range(50)))
    assert answers == [2 * n for n in range(50)]
    assert pipelines == [50]


async def test_calls_soon_after_the_first_go_with_it(pipelines, monkeypatch):
    monkeypatch.setattr(pipelined_scripts, "GATHER_S", 0.2)  # however busy the machine is

    async def called_in(script, turns: int) -> int:
        for _ in range(turns):
            await asyncio.sleep(0)
        return await shared.call(script, [], [turns])

    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(DOUBLE)
        await client.script_load(DOUBLE)
        answers = await asyncio.gather(*(called_in(script, turns) for turns in range(5)))
    assert answers == [2 * turns for turns in range(5)]
    assert pipelines == [5]


async def test_what_comes_meanwhile_goes_in_the_next_one(pipelines):
    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(DOUBLE)
        await client.script_load(DOUBLE)
        first = asyncio.create_task(shared.call(script, [], [1]))
        await under_way(pipelines)
        answers_of_others = await asyncio.gather(*(shared.call(script, [], [n]) for n in (2, 3)))
        assert [await first, *answers_of_others] == [2, 4, 6]
    assert pipelines == [1, 2]


async def test_a_server_that_does_not_know_the_script_is_told(pipelines):
    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(DOUBLE)
        assert await shared.call(script, [], [4]) == 8
        await client.script_flush()
        assert await shared.call(script, [], [5]) == 10


async def test_an_error_is_its_own_calls_only():
    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(PUSH)
        await client.set("a word", "and no list")
        calls = [shared.call(script, [key], ["x"]) for key in ("one", "a word", "two")]
        first, wrong, two = await asyncio.gather(*calls, return_exceptions=True)
    assert (first, two) == (1, 1)
    assert isinstance(wrong, ResponseError)
    assert "WRONGTYPE" in str(wrong)


async def test_where_redis_is_away_everybody_hears_of_it():
    nowhere = redis.asyncio.Redis(port=1, retry=Retry(NoBackoff(), 0))
    shared, script = PipelinedScripts(nowhere), nowhere.register_script(DOUBLE)
    calls = [shared.call(script, [], [n]) for n in range(3)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(error) for error in answers] == [AwayError] * 3


async def test_who_gives_up_takes_no_other_with_it(pipelines):
    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(PUSH)
        impatient, patient = (
            asyncio.create_task(shared.call(script, [key], ["x"])) for key in ("one", "two")
        )
        await under_way(pipelines)
        impatient.cancel()
        assert await patient == 1
        assert await client.llen("one") == 1  # it was on its way


async def test_what_cannot_be_encoded_is_its_own_calls_only():
    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(PUSH)
        calls = [shared.call(script, ["one"], [word]) for word in ("x", "\ud800", "y")]
        first, wrong, two = await asyncio.gather(*calls, return_exceptions=True)
    assert {first, two} == {1, 2}
    assert isinstance(wrong, UnicodeEncodeError)


async def test_broken_off_before_it_began_it_leaves_nobody_waiting_either():
    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(DOUBLE)
        calling = asyncio.create_task(shared.call(script, [], [1]))
        while shared._sending is None:  # noqa: ASYNC110 - nothing there tells of it
            await asyncio.sleep(0)
        shared._sending.cancel()
        async with asyncio.timeout(5):
            [answers] = await asyncio.gather(calling, return_exceptions=True)
            assert isinstance(answers, asyncio.CancelledError)
            assert await shared.call(script, [], [3]) == 6


async def test_broken_off_it_leaves_nobody_waiting_and_the_next_call_travels(monkeypatch):
    """As when a worker's loop ends: what comes while a pipeline is put away waits for nothing."""
    held, put_away = asyncio.Event(), asyncio.Event()
    pipeline = redis.asyncio.client.Pipeline
    execute, reset = pipeline.execute, pipeline.reset

    async def hang(pipe, *args, **kwargs):
        held.set()
        await asyncio.Event().wait()

    async def reset_slowly(pipe):
        put_away.set()
        await asyncio.sleep(0.02)
        await reset(pipe)

    async with open_redis() as client:
        shared, script = PipelinedScripts(client), client.register_script(DOUBLE)
        monkeypatch.setattr(pipeline, "execute", hang)
        monkeypatch.setattr(pipeline, "reset", reset_slowly)
        first = asyncio.create_task(shared.call(script, [], [1]))
        await held.wait()
        shared._sending.cancel()
        await put_away.wait()
        late = asyncio.create_task(shared.call(script, [], [2]))
        async with asyncio.timeout(5):
            answers = await asyncio.gather(first, late, return_exceptions=True)
        assert [type(error) for error in answers] == [asyncio.CancelledError] * 2
        monkeypatch.setattr(pipeline, "execute", execute)
        assert await shared.call(script, [], [3]) == 6
