"""Batches queries: those that come while one is running are answered together by the next.

When a network comes back, a whole school reconnects at once, and each socket needs its own row.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BatchLoader(Generic[K, V]):
    """Belongs to one event loop. load: the values of some keys; missing keys are left out."""

    def __init__(self, load: Callable[[Collection[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._load = load
        self._pending: dict[K, asyncio.Future[V | None]] = {}
        self._loading: asyncio.Task[None] | None = None

    def get(self, key: K) -> "asyncio.Future[V | None]":
        """The key's value, or None. All callers with one key share the future: shield it."""
        value = self._pending.setdefault(key, asyncio.get_running_loop().create_future())
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load_pending())
        return value

    async def _load_pending(self) -> None:
        while self._pending:
            batch, self._pending = self._pending, {}
            try:
                values = await self._load(batch.keys())
            except Exception as error:  # noqa: BLE001 - handed on to all who wait
                for future in batch.values():
                    future.set_exception(error)
                    future.exception()  # perhaps nobody waits any more
            else:
                for key, future in batch.items():
                    future.set_result(values.get(key))
