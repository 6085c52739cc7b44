"""How often a person may ask for what costs the server something."""

import logging
import time

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
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=1,
            socket_timeout=1,
            retry=Retry(NoBackoff(), retries=1),  # a student waits meanwhile
        ) as client:
            counted, _ = client.pipeline().incr(key).expire(key, 2 * WINDOW_S).execute()
    except redis.RedisError as error:
        logger.warning("limits are not counted: %s", error)
        return True
    return int(counted) <= per_minute


def forget(client: "redis.Redis", user_pk: int) -> None:
    for key in client.scan_iter(f"limit:*:{user_pk}:*"):
        client.delete(key)
