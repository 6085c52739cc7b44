"""Questions to the database that come while others are answered, asked together.

A whole school comes back at once when a network does, and each asks the same of a row of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Gathering(Generic[K, V]):
    """Of one event loop. find: what there is of some keys, without those of which there is none."""

    def __init__(self, find: Callable[[Collection[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._find = find
        self._asked: dict[K, asyncio.Future[V | None]] = {}
        self._asking: asyncio.Task[None] | None = None

    def ask(self, key: K) -> "asyncio.Future[V | None]":
        """What there is, or None; all who ask for a key get the same future, to be shielded."""
        answer = self._asked.setdefault(key, asyncio.get_running_loop().create_future())
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        return answer

    async def _ask(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, {}
            try:
                found = await self._find(asked.keys())
            except Exception as error:  # noqa: BLE001 - whatever it is, they wait to be told
                for answer in asked.values():
                    answer.set_exception(error)
                    answer.exception()  # perhaps nobody waits any more
            else:
                for key, answer in asked.items():
                    answer.set_result(found.get(key))
