import asyncio

import pytest
import redis.asyncio

from tutor.redis_client import MAX_CONNECTIONS, open_redis


async def test_cancelled_while_it_closes_a_client_closes_to_the_end(monkeypatch):
    began, closed = asyncio.Event(), asyncio.Event()
    close = redis.asyncio.Redis.aclose

    async def close_slowly(client):
        began.set()
        await asyncio.sleep(0.05)
        await close(client)
        closed.set()

    monkeypatch.setattr(redis.asyncio.Redis, "aclose", close_slowly)

    async def use():
        async with open_redis() as client:
            await client.ping()

    using = asyncio.create_task(use())
    await began.wait()
    using.cancel()
    with pytest.raises(asyncio.CancelledError):
        await using
    assert closed.is_set()


async def test_more_calls_at_once_than_a_client_has_connections_wait_for_each_other():
    async with open_redis() as client:
        other_connections = len(await client.client_list()) - 1
        calls = [client.blpop(["nothing"], timeout=0.05) for _ in range(3 * MAX_CONNECTIONS)]
        assert await asyncio.gather(*calls) == [None] * len(calls)
        assert len(await client.client_list()) - other_connections <= MAX_CONNECTIONS
