"""Connections that stay, for what lives long and calls from a loop or from many threads."""

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

KEPT_S = 60.0


def on_kept_connection(function: Callable[P, R]) -> Callable[P, Coroutine[Any, Any, R]]:
    """As channels' `database_sync_to_async`, but the next call uses the same connection.

    A page has a thread of its own, and a connection for as long as it is made. All sockets of a
    web process share one thread, where a connection for each call would cost more than what most
    of the calls do. One that failed is not kept; one that the server has closed is seen before it
    is used.
    """
    return _OnKeptConnection(function)


class _OnKeptConnection(SyncToAsync[P, R]):
    def thread_handler(self, *args: Any, **kwargs: Any) -> Any:
        return kept(super().thread_handler, *args, **kwargs)


class DatabaseThreads:
    """A few threads that have the connections of a process with many threads.

    A worker of 64 solutions at once would hold 64 connections while it streams, of the hundred
    that PostgreSQL has by itself.
    """

    def __init__(self, count: int) -> None:
        self._threads = [ThreadPoolExecutor(1, thread_name_prefix="database") for _ in range(count)]
        self._free: LifoQueue[ThreadPoolExecutor] = LifoQueue()  # the one used last first
        for thread in self._threads:
            self._free.put(thread)

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function` returns or raises, called in one of them; waits until one is free."""
        called = partial(kept, function, *args, **kwargs)
        thread = self._free.get()
        try:
            return thread.submit(copy_context().run, called).result()
        finally:
            self._free.put(thread)

    def stop(self) -> None:
        for thread in self._threads:
            thread.submit(connections.close_all)
            thread.shutdown()


def kept(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What `function` returns or raises, on this thread's connection, which the next call uses."""
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        _keep()
        close_old_connections()


def _keep() -> None:
    now = time.monotonic()
    for connection in connections.all(initialized_only=True):
        if connection.close_at is not None and connection.close_at <= now:
            connection.close_at = now + KEPT_S
