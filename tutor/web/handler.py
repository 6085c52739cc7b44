"""Makes each page in one go, in a thread that is used again, with its database connection."""

import time
from collections import deque
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import IO, Any, NamedTuple

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import connections
from django.http import FileResponse
from django.urls import set_script_prefix

MAX_IDLE_S = 60.0  # of a thread; then it ends, and its connection is closed
MAX_CONNECTION_AGE_S = 60 * 60


class PageHandler(ASGIHandler):
    """Django's handler, but from the first middleware to the last a page stays in its thread.

    Most middleware here is synchronous. Django would go back to the event loop for each that is
    not, six times for a page; while other pages compute, each way takes a turn of all of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.threads = PageThreads()

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async with self.threads.thread():
            await self.handle(scope, receive, send)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """A page that has begun runs to its end: nobody asks whether its client is still there."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            response = await sync_to_async(self._respond)(scope, body)
            try:
                await self.send_response(response, send)
            finally:
                if not response.closed:
                    await sync_to_async(response.close)()

    def _respond(self, scope: Any, body: IO[bytes]) -> Any:
        """A response that is closed already, unless it has yet to be streamed."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, refusal = self.create_request(scope, body)
        response: Any = refusal if request is None else self.get_response(request)
        response._handler_class = type(self)
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()  # its content stays
        return response


class IdleThread(NamedTuple):
    executor: ThreadPoolExecutor
    since: float  # by the monotonic clock


class PageThreads:
    """Threads for pages. The one that was used last is used first, so that few are kept."""

    def __init__(self) -> None:
        self.idle: deque[IdleThread] = deque()

    @asynccontextmanager
    async def thread(self) -> AsyncIterator[None]:
        """Synchronous work inside runs in a thread that nothing else uses meanwhile."""
        executor = self.idle.pop().executor if self.idle else ThreadPoolExecutor(1, "page")
        try:
            async with ThreadSensitiveContext(executor=executor):
                yield
        finally:
            self.idle.append(IdleThread(executor, time.monotonic()))
            self._end_idle()

    def _end_idle(self) -> None:
        while self.idle and time.monotonic() - self.idle[0].since > MAX_IDLE_S:
            executor = self.idle.popleft().executor
            executor.submit(connections.close_all)
            executor.shutdown(wait=False)


def keep_connections() -> None:
    """Let threads keep their connections to PostgreSQL: a new one costs more than a page's queries.

    Each is checked before a page uses it. No more are kept than pages are made at a time.
    """
    for database in connections.settings.values():
        if database["ENGINE"] == "django.db.backends.postgresql":
            database["CONN_MAX_AGE"] = MAX_CONNECTION_AGE_S
