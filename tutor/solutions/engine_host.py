"""Owns the process's one engine, on one event loop in a thread of its own."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any

from tutor.engine.completion import Engine, EngineFailed, ModelUnusable

logger = logging.getLogger(__name__)

StartEngine = Callable[[], Awaitable[Engine]]


class EngineHost:
    """Celery's threads hand it coroutines; all of them run where the engine was born."""

    def __init__(self, start_engine: StartEngine) -> None:
        self._start_engine = start_engine
        self._engine: Engine | None = None
        self._loop = asyncio.new_event_loop()
        self._replacing = asyncio.Lock()
        self._taking = threading.Lock()
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
        """Load the model, which takes minutes; raises what the engine raises."""
        self._thread.start()
        self.run(self.engine()).result()

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

    async def engine_or_end(self) -> Engine:
        """The engine, once it is up; where it cannot be started again, this process ends.

        Without one it must not take tasks, which its end frees for others. Raises EngineFailed.
        """
        try:
            return await self.engine()
        except (EngineFailed, ModelUnusable) as error:
            logger.critical("engine cannot be started again, worker ends: %s", error)
            os.kill(os.getpid(), signal.SIGTERM)
            raise EngineFailed(str(error)) from error

    async def discard(self, broken: Engine) -> None:
        """Close an engine that failed, so that the next `engine()` starts another."""
        async with self._replacing:
            if self._engine is broken:
                self._engine = None
                await broken.close()

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
