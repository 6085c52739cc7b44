"""A rush of requests is worked off, a few at a time."""

import asyncio

from tutor.concurrency import ConcurrencyLimit


async def test_a_rush_is_worked_off_a_few_at_a_time():
    running, most, done = 0, 0, []

    async def page(scope, receive, send):
        nonlocal running, most
        scope = scope["number"]
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        if scope == 3:
            raise ValueError
        done.append(scope)

    pages = ConcurrencyLimit(page, at_once=4)
    waiting = [asyncio.create_task(pages({"number": number}, None, None)) for number in range(20)]
    waiting[10].cancel()  # who hangs up while waiting takes no place
    await asyncio.gather(*waiting, return_exceptions=True)
    assert sorted(done) == [number for number in range(20) if number not in {3, 10}]
    assert most == 4


async def test_a_probe_does_not_wait_in_line():
    is_full, may_end, answered = asyncio.Event(), asyncio.Event(), []

    async def page(scope, receive, send):
        if scope["path"] == "/":
            is_full.set()
            await may_end.wait()
        answered.append(scope["path"])

    pages = ConcurrencyLimit(page, at_once=1)
    slow = asyncio.create_task(pages({"path": "/"}, None, None))
    await is_full.wait()
    await asyncio.wait_for(pages({"path": "/healthz"}, None, None), 5)
    may_end.set()
    await slow
    assert answered == ["/healthz", "/"]
