"""Clients of Redis: `connect` for threads, `open_redis` for event loops."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import redis
import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import ConstantBackoff, ExponentialBackoff
from redis.retry import Retry

# Of one client: a call that finds none free waits for one, where redis-py's own pool would fail.
MAX_CONNECTIONS = 32
WAIT_S = 10.0

OnConnect = Callable[["redis.asyncio.connection.AbstractConnection"], Awaitable[None]]


def connect(*, fails_fast: bool = False) -> "redis.Redis":
    """A client that uses the process's connections; closing the client leaves them open.

    fails_fast: give up within two seconds, for callers whose lease would run out meanwhile.
    """
    timeout_s, retries = (2, 0) if fails_fast else (5, 2)
    return redis.Redis(connection_pool=_pool(settings.REDIS_URL, timeout_s, retries))


@cache
def _pool(url: str, timeout_s: float, retries: int) -> "redis.ConnectionPool":
    return redis.ConnectionPool.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=2,
        socket_timeout=timeout_s,
        retry=Retry(ConstantBackoff(0.1), retries),  # redis-py's own retries take seconds
    )


def async_client(on_connect: OnConnect | None = None) -> "redis.asyncio.Redis":
    """A client for one event loop; the caller closes it.

    on_connect: called with each new connection instead of the connection's own `on_connect`.
    """
    pool = redis.asyncio.BlockingConnectionPool.from_url(
        settings.REDIS_URL,
        max_connections=MAX_CONNECTIONS,
        timeout=WAIT_S,
        decode_responses=True,
        socket_connect_timeout=2,
        socket_timeout=10,
        retry=AsyncRetry(ExponentialBackoff(cap=1.0, base=0.1), retries=5),
        redis_connect_func=on_connect,
        driver_info=None,  # else each connection looks redis-py's version up in files
    )
    return redis.asyncio.Redis.from_pool(pool)


@asynccontextmanager
async def open_redis() -> AsyncIterator["redis.asyncio.Redis"]:
    """A client of its own for the running event loop, closed even if its user is cancelled."""
    client = async_client()
    try:
        yield client
    finally:
        await close_all(client)


async def close_all(*clients: "redis.asyncio.Redis") -> None:
    """Close them completely, even if the caller is cancelled: half closed, they keep sockets."""
    await run_despite_cancel(_close(clients))


async def _close(clients: "Sequence[redis.asyncio.Redis]") -> None:
    await asyncio.gather(*(client.aclose() for client in clients))


async def run_despite_cancel(work: Coroutine[Any, Any, None]) -> None:
    """Await its end, however often the caller is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    cancellation: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancellation = error
    task.result()  # raises what the work has raised
    if cancellation is not None:
        raise cancellation
