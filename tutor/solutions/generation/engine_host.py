"""Owns the process's one engine, which runs on one event loop in a thread of its own."""

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

PAUSES_S = (0.25, 0.5, 1.0, 2.0, 4.0)  # between two tries to reach a server; the last repeats
MAX_ABSENCE_S = 10 * 60.0  # a solution waits no longer for its server
MAX_USE_S = 60 * 60.0  # no completion takes longer

StartEngine = Callable[[], Awaitable[Engine]]


class EngineHost:
    """Celery's threads hand it coroutines, which all run on the loop that started the engine."""

    def __init__(
        self,
        start_engine: StartEngine,
        *,
        on_return: Callable[[], object] = lambda: None,
        on_long_absence: Callable[[], object] = lambda: None,
    ) -> None:
        self.absence_reason = ""  # why it waits for the model's server; "" while it does not wait
        self.has_failed = False  # for good: this process can have no engine any more
        self._start_engine = start_engine
        self._on_return = on_return
        self._on_long_absence = on_long_absence
        self._engine: Engine | None = None
        self._loop = asyncio.new_event_loop()
        self._engine_lock = asyncio.Lock()
        self._stop_lock = threading.Lock()
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
        """Load the model, which takes minutes; waits for a server that is away.

        Raises what the engine raises, but for EngineAway.
        """
        self._thread.start()
        self.run(self._begin()).result()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> "Future[Any]":
        """Run it on the engine's loop. Raises CancelledError once the host is stopped."""
        with self._stop_lock:
            if self._is_stopped:
                coroutine.close()
                raise CancelledError
            return self._run(coroutine)

    def _run(self, coroutine: Coroutine[Any, Any, Any]) -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def call(self, function: Callable[[], object]) -> None:
        """Run a plain function on the loop, from any thread, without waiting for it.

        Does nothing once the host is stopped.
        """
        with self._stop_lock:
            if not self._is_stopped:
                self._loop.call_soon_threadsafe(function)

    async def engine(self) -> Engine:
        """The engine, once it is up."""
        async with self._engine_lock:
            if self._engine is None:
                self._engine = await self._start_engine()
            return self._engine

    async def check(self) -> None:
        """Raises EngineFailed if there is no engine, or it does not answer."""
        engine = self._engine
        if engine is None:
            raise EngineFailed(self.absence_reason or "the engine is not loaded yet")
        await engine.check()

    async def engine_or_exit(self) -> Engine:
        """The engine, once it is up. Ends the process if the engine cannot be started again.

        A process without an engine must not take tasks that others could do. Raises EngineFailed,
        and EngineAway at once while the model's server is away.
        """
        if self.absence_reason:
            raise EngineAway(self.absence_reason)
        try:
            return await self.engine()
        except EngineAway as error:
            self._begin_waiting(error)
            raise
        except (EngineFailed, ModelUnusable) as error:
            self._exit_process(error)
            raise EngineFailed(str(error)) from error

    async def discard(self, broken: Engine, why: EngineFailed) -> None:
        """Drop an engine that failed; the next use starts another."""
        if isinstance(why, CompletionFailed):
            return
        async with self._engine_lock:
            if self._engine is not broken:
                return
            self._engine = None
            if isinstance(why, EngineAway):
                self._begin_task(self._close_later(broken))
                self._begin_waiting(why)
            else:
                await broken.close()

    def _exit_process(self, why: Exception) -> None:
        logger.critical("engine cannot be started again, worker ends: %s", why)
        self.has_failed = True
        os.kill(os.getpid(), signal.SIGTERM)

    # A server that is away

    async def _begin(self) -> None:
        try:
            await self.engine()
        except EngineAway as error:
            self._note_absence(error)
            await self._wait_until_back()
            logger.info("the model's server is there")

    def _begin_waiting(self, why: EngineAway) -> None:
        if not self.absence_reason:
            self._note_absence(why)
            self._begin_task(self._wait_or_exit())

    def _note_absence(self, why: EngineAway) -> None:
        if str(why) != self.absence_reason:
            self.absence_reason = str(why)
            logger.warning("waiting for the model's server: %s", why)

    async def _wait_or_exit(self) -> None:
        try:
            await self._wait_until_back()
        except (EngineFailed, ModelUnusable) as error:
            self._exit_process(error)
        else:
            logger.info("the model's server is back")
            await self._notify(self._on_return)

    async def _wait_until_back(self) -> None:
        """Return once the server is there. Raises what starting raises, but for EngineAway."""
        began_at, has_notified = time.monotonic(), False
        for pause_s in chain(PAUSES_S, repeat(PAUSES_S[-1])):
            try:
                await self.engine()
            except EngineAway as error:
                self._note_absence(error)
            else:
                self.absence_reason = ""
                return
            if not has_notified and time.monotonic() - began_at > MAX_ABSENCE_S:
                has_notified = True
                await self._notify(self._on_long_absence)
            await asyncio.sleep(pause_s)

    async def _notify(self, listener: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(listener)
        except Exception:
            logger.exception("solutions were not notified about the model's server")

    async def _close_later(self, engine: Engine) -> None:
        """Close it an hour later: one stream broke off, others may still run."""
        try:
            await asyncio.sleep(MAX_USE_S)
        finally:
            await engine.close()

    def _begin_task(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self, last: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """Stop the engine and the loop. last: closes what the coroutines used."""
        with self._stop_lock:
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
        """Cancel every task, so that no thread waits for a loop that has ended."""
        for _ in range(3):  # a cancelled task may begin another one to clean up
            left = asyncio.all_tasks() - {asyncio.current_task()}
            for task in left:
                task.cancel()
            if left:
                await asyncio.wait(left, timeout=5)
