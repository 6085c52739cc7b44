"""Django's cache in Redis; without Redis, each process uses its own memory.

It holds the limits on signing in. If Redis is away, everybody can still sign in, and a page waits
for it only once: after a failure, each process counts by itself for some seconds.
"""

import json
import logging
import time
from functools import cache
from typing import Any

import redis
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

RETRY_S = 5.0  # after a failure, before Redis is tried again
MAX_OWN_ENTRIES = 10_000  # in the memory of a process


class JsonSerializer:
    """Unlike Django's serializer, it does not unpickle what others may have written to Redis."""

    def dumps(self, value: Any) -> Any:
        return value if type(value) is int else json.dumps(value)  # INCR wants bare numbers

    def loads(self, text: bytes) -> Any:
        return json.loads(text)


class SharedCache(BaseCache):
    """The cache in Redis, or the process's own while Redis does not answer."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._caches = _caches(location, params["OPTIONS"]["timeout_s"], params["KEY_PREFIX"])

    def add(self, *args: Any, **options: Any) -> bool:
        return bool(self._caches.ask("add", *args, **options))

    def get(self, *args: Any, **options: Any) -> Any:
        return self._caches.ask("get", *args, **options)

    def get_many(self, *args: Any, **options: Any) -> dict[Any, Any]:
        return dict(self._caches.ask("get_many", *args, **options))

    def set(self, *args: Any, **options: Any) -> None:
        self._caches.ask("set", *args, **options)

    def touch(self, *args: Any, **options: Any) -> bool:
        return bool(self._caches.ask("touch", *args, **options))

    def delete(self, *args: Any, **options: Any) -> bool:
        return bool(self._caches.ask("delete", *args, **options))

    def incr(self, *args: Any, **options: Any) -> int:
        return int(self._caches.ask("incr", *args, **options))

    def clear(self) -> None:
        self._caches.ask("clear")


class _Caches:
    def __init__(self, location: str, timeout_s: float, prefix: str) -> None:
        options = {
            "socket_connect_timeout": timeout_s,
            "socket_timeout": timeout_s,
            "retry": Retry(NoBackoff(), 1, (redis.ConnectionError,)),  # one that was closed
            "serializer": JsonSerializer(),
        }
        self.shared = RedisCache(location, {"KEY_PREFIX": prefix, "OPTIONS": options})
        self.own = LocMemCache(location, {"OPTIONS": {"MAX_ENTRIES": MAX_OWN_ENTRIES}})
        self.retry_at = 0.0

    def ask(self, act: str, *args: Any, **options: Any) -> Any:
        if time.monotonic() >= self.retry_at:
            try:
                return getattr(self.shared, act)(*args, **options)
            except (redis.RedisError, OSError) as error:
                self.retry_at = time.monotonic() + RETRY_S
                logger.warning("counts of this process alone, Redis does not answer: %s", error)
        return getattr(self.own, act)(*args, **options)


@cache
def _caches(location: str, timeout_s: float, prefix: str) -> _Caches:
    """One per process: Django makes a cache for each request, which would connect each time."""
    return _Caches(location, timeout_s, prefix)
