"""Clients of Redis are closed completely, whatever happens to who closes them."""

import asyncio

import pytest

from tutor.redis_client import run_despite_cancel


async def test_work_goes_on_to_its_end_however_often_its_caller_is_cancelled():
    may_end, has_ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await may_end.wait()
        has_ended.set()

    caller = asyncio.create_task(run_despite_cancel(work()))
    for _ in range(3):
        await asyncio.sleep(0)
        caller.cancel()
    await asyncio.sleep(0)
    assert not caller.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert has_ended.is_set()


async def test_an_error_of_the_work_reaches_its_caller():
    async def work() -> None:
        raise OSError("no socket")

    with pytest.raises(OSError, match="no socket"):
        await run_despite_cancel(work())
