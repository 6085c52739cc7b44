"""The database for what lives long and calls from a loop: on a connection that stays."""

import time
from collections.abc import Callable, Coroutine
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
        close_old_connections()
        try:
            return super().thread_handler(*args, **kwargs)  # type: ignore[no-untyped-call]
        finally:
            _keep()
            close_old_connections()


def _keep() -> None:
    now = time.monotonic()
    for connection in connections.all(initialized_only=True):
        if connection.close_at is not None and connection.close_at <= now:
            connection.close_at = now + KEPT_S
