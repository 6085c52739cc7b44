"""How often a person may ask for what costs the server something."""

import logging
import time
from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

WINDOW_S = 60


def is_allowed(act: str, user_pk: int, *, per_minute: int) -> bool:
    """Counts one more `act`. Without Redis all are allowed: nobody is kept from answering."""
    key = f"limit:{act}:{user_pk}:{int(time.time()) // WINDOW_S}"
    try:
        with redis.Redis(connection_pool=_pool(settings.REDIS_URL)).pipeline() as pipe:
            pipe.incr(key)
            pipe.expire(key, 2 * WINDOW_S)
            counted, _ = pipe.execute()
    except redis.RedisError as error:
        logger.warning("limits are not counted: %s", error)
        return True
    return int(counted) <= per_minute


@cache
def _pool(url: str) -> "redis.ConnectionPool":
    return redis.ConnectionPool.from_url(
        url,
        socket_connect_timeout=1,
        socket_timeout=1,
        retry=Retry(NoBackoff(), retries=1),  # a student waits meanwhile
    )


def forget(client: "redis.Redis", user_pk: int) -> None:
    for key in client.scan_iter(f"limit:*:{user_pk}:*"):
        client.delete(key)
