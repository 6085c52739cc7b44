"""Tells a server that is away from one that is busy."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import openai

from tutor.engine.completion import EngineAway, ServerConfig

CONNECT_S = 5.0
PROBE_S = 5.0
# The status of a proxy whose server is away, and of a server that starts or shuts down.
AWAY = frozenset({502, 503, 504})


class Silence:
    """How long a server may send nothing before it counts as away.

    While it writes a completion: `silence_s`. Before that it may be busy with others for `busy_s`,
    as long as it still lists its models.
    """

    def __init__(self, client: openai.AsyncOpenAI, config: ServerConfig) -> None:
        # For requests that it watches: it decides when to give one up, not the client.
        self.timeout = openai.Timeout(2 * config.busy_s, connect=CONNECT_S)
        self._client = client
        self._url = config.base_url
        self._silence_s = config.silence_s
        self._busy_s = config.busy_s
        self._probe_s = min(PROBE_S, config.silence_s / 2)

    @asynccontextmanager
    async def before_it_begins(self) -> AsyncIterator[None]:
        """Limits the wait for the first piece of a completion. Raises EngineAway."""
        began_at = time.monotonic()
        try:
            async with asyncio.timeout(self._silence_s) as limit:
                extending = asyncio.create_task(self._extend(limit))
                try:
                    yield
                finally:
                    extending.cancel()
        except TimeoutError as error:
            raise self._away(time.monotonic() - began_at) from error

    async def between(self, pieces: AsyncIterator[Any]) -> AsyncGenerator[Any, None]:
        """Yield the same pieces. Raises EngineAway where the next one does not come in time."""
        async with self.before_it_begins():
            piece = await anext(pieces, None)
        while piece is not None:
            yield piece
            try:
                async with asyncio.timeout(self._silence_s):
                    piece = await anext(pieces, None)
            except TimeoutError as error:
                raise self._away(self._silence_s) from error

    async def _extend(self, limit: asyncio.Timeout) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._busy_s
        while loop.time() < until:
            await asyncio.sleep(self._silence_s - self._probe_s)
            if not await self._answers():
                return
            limit.reschedule(min(until, loop.time() + self._silence_s))

    async def _answers(self) -> bool:
        client = self._client.with_options(timeout=self._probe_s, max_retries=0)
        try:
            await client.models.list()
        except openai.APIStatusError as error:
            return error.status_code not in AWAY
        except openai.OpenAIError:
            return False
        return True

    def _away(self, silent_s: float) -> EngineAway:
        return EngineAway(f"{self._url} said nothing for {silent_s:.2g} s")
