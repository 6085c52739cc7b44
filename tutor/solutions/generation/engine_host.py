"""Owns the process's one engine, on one event loop in a thread of its own."""

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import CancelledError, Future
from itertools import chain, repeat
from typing import Any

from tutor.engine.completion import (
    CompletionFailed,
    Engine,
    EngineAway,
    EngineFailed,
    ModelUnusable,
)

logger = logging.getLogger(__name__)

PAUSES_S = (0.25, 0.5, 1.0, 2.0, 4.0)  # between two looks for a server; the last for ever
AWAY_S = 10 * 60.0  # what was begun waits no longer for its server
LONGEST_USE_S = 60 * 60.0  # longer than any completion takes

StartEngine = Callable[[], Awaitable[Engine]]


class EngineHost:
    """Celery's threads hand it coroutines; all of them run where the engine was born."""

    def __init__(
        self,
        start_engine: StartEngine,
        *,
        on_return: Callable[[], object] = lambda: None,
        on_long_absence: Callable[[], object] = lambda: None,
    ) -> None:
        self.away = ""  # why its server is waited for; "" where none is
        self.has_failed = False  # for good: this process has no engine any more
        self._start_engine = start_engine
        self._on_return = on_return
        self._on_long_absence = on_long_absence
        self._engine: Engine | None = None
        self._loop = asyncio.new_event_loop()
        self._replacing = asyncio.Lock()
        self._taking = threading.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopped = False
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="engine-loop", daemon=True
        )

    @property
    def is_ready(self) -> bool:
        return self._engine is not None

    @property
    def name(self) -> str:
        """The engine and its version; "" while there is none."""
        engine = self._engine
        return f"{engine.name} {engine.version}" if engine else ""

    def start(self) -> None:
        """Load the model, which takes minutes; raises what the engine raises, but EngineAway.

        A server that is away is waited for.
        """
        self._thread.start()
        self.run(self._begin()).result()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> "Future[Any]":
        """Raises CancelledError once it is stopped."""
        with self._taking:
            if self._is_stopped:
                coroutine.close()
                raise CancelledError
            return self._run(coroutine)

    def _run(self, coroutine: Coroutine[Any, Any, Any]) -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def call(self, function: Callable[[], object]) -> None:
        """Run a plain function on the loop, from any thread, without waiting for it.

        Once it is stopped, nothing is left there to call.
        """
        with self._taking:
            if not self._is_stopped:
                self._loop.call_soon_threadsafe(function)

    async def engine(self) -> Engine:
        """The engine, once it is up."""
        async with self._replacing:
            if self._engine is None:
                self._engine = await self._start_engine()
            return self._engine

    async def check(self) -> None:
        """Raise EngineFailed where there is no engine, or it does not answer."""
        engine = self._engine
        if engine is None:
            raise EngineFailed(self.away or "the engine is not loaded yet")
        await engine.check()

    async def engine_or_end(self) -> Engine:
        """The engine, once it is up; where it cannot be started again, this process ends.

        Without one it must not take tasks, which its end frees for others. Raises EngineFailed,
        and EngineAway at once where its server is waited for.
        """
        if self.away:
            raise EngineAway(self.away)
        try:
            return await self.engine()
        except EngineAway as error:
            self._wait_for_return(error)
            raise
        except (EngineFailed, ModelUnusable) as error:
            self._end_process(error)
            raise EngineFailed(str(error)) from error

    async def discard(self, broken: Engine, why: EngineFailed) -> None:
        """Have another engine started in place of one that failed."""
        if isinstance(why, CompletionFailed):
            return
        async with self._replacing:
            if self._engine is not broken:
                return
            self._engine = None
            if isinstance(why, EngineAway):
                self._begin_task(self._close_later(broken))
                self._wait_for_return(why)
            else:
                await broken.close()

    def _end_process(self, why: Exception) -> None:
        logger.critical("engine cannot be started again, worker ends: %s", why)
        self.has_failed = True
        os.kill(os.getpid(), signal.SIGTERM)

    # A server that is away

    async def _begin(self) -> None:
        try:
            await self.engine()
        except EngineAway as error:
            self._note_absence(error)
            await self._return()

    def _wait_for_return(self, why: EngineAway) -> None:
        if not self.away:
            self._note_absence(why)
            self._begin_task(self._return_or_end())

    def _note_absence(self, why: EngineAway) -> None:
        if str(why) != self.away:
            self.away = str(why)
            logger.warning("waiting for the model's server: %s", why)

    async def _return_or_end(self) -> None:
        try:
            await self._return()
        except (EngineFailed, ModelUnusable) as error:
            self._end_process(error)
        else:
            await self._tell(self._on_return)

    async def _return(self) -> None:
        """Once the server is there; raises what starting raises but EngineAway."""
        gone_at, has_told = time.monotonic(), False
        for pause_s in chain(PAUSES_S, repeat(PAUSES_S[-1])):
            try:
                await self.engine()
            except EngineAway as error:
                self._note_absence(error)
            else:
                logger.info("the model's server is back")
                self.away = ""
                return
            if not has_told and time.monotonic() - gone_at > AWAY_S:
                has_told = True
                await self._tell(self._on_long_absence)
            await asyncio.sleep(pause_s)

    async def _tell(self, listener: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(listener)
        except Exception:
            logger.exception("no solution was told of the model's server")

    async def _close_later(self, engine: Engine) -> None:
        """Once nothing can be streamed from it any more: one that broke off need not be all."""
        try:
            await asyncio.sleep(LONGEST_USE_S)
        finally:
            await engine.close()

    def _begin_task(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self, last: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """`last`: closes what the coroutines used."""
        with self._taking:
            self._is_stopped = True
        if self._engine is not None:
            self._run(self._engine.close()).result(timeout=20)
            self._engine = None
        self._run(self._cancel_all()).result(timeout=20)
        if last is not None:
            self._run(last()).result(timeout=20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    async def _cancel_all(self) -> None:
        """Whoever waits in a thread for one of them must not wait for a loop that has ended."""
        for _ in range(3):  # what ends may begin another one to write its last
            left = asyncio.all_tasks() - {asyncio.current_task()}
            for task in left:
                task.cancel()
            if left:
                await asyncio.wait(left, timeout=5)
