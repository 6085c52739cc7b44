"""What the web processes count together: Django's cache in Redis, or without it one's own memory.

Limits on signing in stand here. A Redis that is away must keep nobody from signing in, and no page
may wait for it more than once: after a failure each process counts by itself for some seconds.
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

BY_ITSELF_S = 5.0  # before Redis is asked again
KEPT_WITHOUT_REDIS = 10_000  # entries in a process's own memory


class JsonSerializer:
    """Django's own would unpickle what anybody wrote who reaches Redis."""

    def dumps(self, value: Any) -> Any:
        return value if type(value) is int else json.dumps(value)  # INCR wants bare numbers

    def loads(self, text: bytes) -> Any:
        return json.loads(text)


class SharedCache(BaseCache):
    """Redis' cache, or the process's own for as long as Redis does not answer."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._caches = _caches(location, params["OPTIONS"]["timeout_s"], params["KEY_PREFIX"])

    def add(self, *args: Any, **options: Any) -> bool:
        return bool(self._caches.ask("add", *args, **options))

    def get(self, *args: Any, **options: Any) -> Any:
        return self._caches.ask("get", *args, **options)

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
        self.own = LocMemCache(location, {"OPTIONS": {"MAX_ENTRIES": KEPT_WITHOUT_REDIS}})
        self.by_itself_until = 0.0

    def ask(self, act: str, *args: Any, **options: Any) -> Any:
        if time.monotonic() >= self.by_itself_until:
            try:
                return getattr(self.shared, act)(*args, **options)
            except (redis.RedisError, OSError) as error:
                self.by_itself_until = time.monotonic() + BY_ITSELF_S
                logger.warning("counts of this process alone, Redis does not answer: %s", error)
        return getattr(self.own, act)(*args, **options)


@cache
def _caches(location: str, timeout_s: float, prefix: str) -> _Caches:
    """One for the process: Django makes a cache for each request, which shall not connect anew."""
    return _Caches(location, timeout_s, prefix)
