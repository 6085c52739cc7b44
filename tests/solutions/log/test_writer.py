"""How many entries a text becomes, and what goes with them."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync

from tutor.engine.completion import Delta, Outcome
from tutor.solutions.log import writer as module
from tutor.solutions.log.protocol import StepChecked, StepDelta
from tutor.solutions.log.token_log import Fenced
from tutor.solutions.log.writer import LogWriter


class MemoryLog:
    """A log that keeps nothing but what was appended, call by call."""

    def __init__(self):
        self.calls = []

    async def append(self, fence, records, after=""):
        self.calls.append(records)
        return [
            replace(record, id=f"{fence}-{len(self.calls)}{n}") for n, record in enumerate(records)
        ]


@pytest.mark.parametrize(("writers", "calls"), [(1, 25), (12, 25), (60, 5)])
def test_many_writers_of_a_worker_write_longer_entries(writers, calls, monkeypatch):
    clock = iter(range(1, 101))
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: 0.0101 * next(clock)))
    log = MemoryLog()
    writer = LogWriter(log, 1, None, lambda: writers)
    monkeypatch.setattr(writer, "_retry", lambda act: act())

    @async_to_sync
    async def write():
        for number in range(100):
            await writer.take(Delta(reasoning=f"{number} ", token_ids=(number,)))
        assert len(log.calls) == calls
        await writer.close(Outcome.FINISHED)

    write()
    assert writer.transcript.reasoning == "".join(f"{number} " for number in range(100))
    assert writer.transcript.token_ids == list(range(100))


CHECK = {"verdict": "proved"}


@pytest.fixture
def log():
    return MemoryLog()


@pytest.fixture
def writer(log, monkeypatch):
    """Writes when it is told, and not for a minute otherwise."""
    monkeypatch.setattr(module, "FLUSH_S", 60.0)
    writer = LogWriter(log, 1, None, lambda: 1)
    monkeypatch.setattr(writer, "_retry", lambda act: act())
    return writer


async def write_more(writer, text):
    writer._buffer(Delta(answer=text))
    await writer.flush()


async def begin(writer, log):
    """With an answer whose first step is complete."""
    await write_more(writer, "1+1=2\n\nS")
    assert writer.transcript.settled == 1
    log.calls.clear()


def kinds(call):
    return [type(record.entry) for record in call]


async def checking(writer, **how):
    task = asyncio.create_task(writer.write_check(0, CHECK, **how))
    await asyncio.sleep(0.001)
    return task


async def test_a_check_goes_with_the_next_text(writer, log):
    await begin(writer, log)
    waiting = await checking(writer, at_once=False)
    assert not log.calls
    await write_more(writer, "o")
    await waiting
    assert [kinds(call) for call in log.calls] == [[StepDelta, StepChecked]]
    assert writer.transcript.checks == [CHECK, None]


async def test_where_no_text_comes_a_check_goes_alone(writer, log, monkeypatch):
    await begin(writer, log)
    monkeypatch.setattr(module, "FLUSH_S", 0.02)
    async with asyncio.timeout(5):
        await writer.write_check(0, CHECK, at_once=False)
    assert [kinds(call) for call in log.calls] == [[StepChecked]]


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_check_waits_for_no_text_after_the_last(writer, log, at_once):
    await begin(writer, log)
    await writer.close(Outcome.FINISHED)
    async with asyncio.timeout(5):
        await writer.write_check(0, CHECK, at_once=at_once)
    assert kinds(log.calls[-1]) == [StepChecked]


async def test_a_check_that_is_asked_for_at_once_waits_for_no_text(writer, log):
    await begin(writer, log)
    async with asyncio.timeout(5):
        await writer.write_check(0, CHECK)
    assert [kinds(call) for call in log.calls] == [[StepChecked]]


async def test_the_end_of_a_text_takes_the_check_that_waits_with_it(writer, log):
    await begin(writer, log)
    waiting = await checking(writer, at_once=False)
    await writer.close(Outcome.FINISHED)
    async with asyncio.timeout(5):
        await waiting
    assert sum(kinds(call).count(StepChecked) for call in log.calls) == 1


async def test_a_check_that_was_broken_off_while_it_waited_is_not_written(writer, log):
    await begin(writer, log)
    waiting = await checking(writer, at_once=False)
    waiting.cancel()
    await asyncio.wait([waiting])
    await writer.close(Outcome.FINISHED)
    assert StepChecked not in {kind for call in log.calls for kind in kinds(call)}


async def test_whoever_waits_for_a_check_hears_that_the_log_is_anothers(writer, log, monkeypatch):
    await begin(writer, log)
    waiting = await checking(writer, at_once=False)

    async def fenced(*args):
        raise Fenced

    log.append = fenced
    with pytest.raises(Fenced):
        await write_more(writer, "o")
    async with asyncio.timeout(5):
        with pytest.raises(Fenced):
            await waiting
    monkeypatch.setattr(module, "FLUSH_S", 0.02)
    with pytest.raises(Fenced):
        await writer.write_check(0, CHECK, at_once=False)


async def test_a_check_is_written_though_the_stream_that_took_it_along_was_cancelled(writer, log):
    await begin(writer, log)
    may_append, append = asyncio.Event(), log.append

    async def slowly(*args):
        await may_append.wait()
        return await append(*args)

    log.append = slowly
    waiting = await checking(writer, at_once=False)
    stream = asyncio.create_task(write_more(writer, "o"))
    await asyncio.sleep(0.001)
    stream.cancel()
    await asyncio.wait([stream])
    may_append.set()
    async with asyncio.timeout(5):
        await waiting
    assert [kinds(call) for call in log.calls] == [[StepDelta, StepChecked]]
