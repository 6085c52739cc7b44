"""Persistent database connections for code that calls from an event loop or from many threads."""

import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from queue import LifoQueue
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import SyncToAsync
from django.db import close_old_connections, connections

P = ParamSpec("P")
R = TypeVar("R")

OPEN_S = 60.0  # for which an idle connection stays open


def with_persistent_connection(function: Callable[P, R]) -> Callable[P, Coroutine[Any, Any, R]]:
    """Channels' `database_sync_to_async`, but the next call uses the same connection.

    A page has a thread of its own, and a connection for as long as it is made. All sockets of a
    web process share one thread, where a connection for each call would cost more than most of
    the calls do. A connection that failed is closed, and so is one that the server has closed,
    before it is used again.
    """
    return _WithPersistentConnection(function)


class _WithPersistentConnection(SyncToAsync[P, R]):
    def thread_handler(self, *args: Any, **kwargs: Any) -> Any:
        return call_persistently(super().thread_handler, *args, **kwargs)


class DatabaseThreads:
    """A few threads that hold the database connections of a process with many threads.

    Without them a worker of 64 solutions at once would hold 64 connections while it streams;
    PostgreSQL's default limit is a hundred.
    """

    def __init__(self, count: int) -> None:
        self._threads = [ThreadPoolExecutor(1, thread_name_prefix="database") for _ in range(count)]
        self._free: LifoQueue[ThreadPoolExecutor] = LifoQueue()  # the one used last first
        for thread in self._threads:
            self._free.put(thread)

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call `function` in one of the threads; waits until one is free."""
        called = partial(call_persistently, function, *args, **kwargs)
        thread = self._free.get()
        try:
            return thread.submit(copy_context().run, called).result()
        finally:
            self._free.put(thread)

    def stop(self) -> None:
        for thread in self._threads:
            thread.submit(connections.close_all)
            thread.shutdown()


def call_persistently(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `function` on this thread's connection, and leave that open for the next call."""
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        _prolong()
        close_old_connections()


def _prolong() -> None:
    now = time.monotonic()
    for connection in connections.all(initialized_only=True):
        if connection.close_at is not None and connection.close_at <= now:
            connection.close_at = now + OPEN_S
