"""Who watches a solution now: sockets that announced it within the last seconds.

A solution is shared: while others still watch, a viewer who cancels only leaves it.
"""

import time
from collections.abc import Collection

import redis
import redis.asyncio

NOTE_EVERY_S = 5.0
ABSENT_AFTER_S = 15.0
ACCESS_S = 60.0  # for viewers whose network or server failed


class Viewers:
    def __init__(self, client: "redis.asyncio.Redis", pk: int) -> None:
        self._client = client
        self._key = _key(pk)
        self._access_keys = _access_keys(pk)

    async def note(self, viewer: str, access_key: str = "") -> None:
        """Announce that `viewer` watches; call it again every few seconds.

        access_key: see `AccessSnapshot`; "" for a viewer whose access was not checked anew.
        """
        now = time.time()
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.zadd(self._key, {viewer: now})
            pipe.expire(self._key, int(ABSENT_AFTER_S))
            if access_key:
                pipe.zadd(self._access_keys, {access_key: now})
                pipe.expire(self._access_keys, int(ACCESS_S))
            await pipe.execute()

    async def has_watched(self, access_key: str) -> bool:
        """Whether a person with this access was let in, and watched moments ago."""
        noted_at = await self._client.zscore(self._access_keys, access_key)
        return noted_at is not None and noted_at > time.time() - ACCESS_S

    async def leave(self, viewer: str) -> None:
        await self._client.zrem(self._key, viewer)

    async def others_than(self, viewer: str) -> int:
        since = time.time() - ABSENT_AFTER_S
        present = await self._client.zrangebyscore(self._key, since, "+inf")
        return len(set(present) - {viewer})


def watched(client: "redis.Redis", pks: Collection[int]) -> set[int]:
    """The solutions of `pks` that somebody watches now."""
    since = time.time() - ABSENT_AFTER_S
    with client.pipeline(transaction=False) as pipe:
        for pk in pks:
            pipe.zcount(_key(pk), since, "+inf")
        counts = pipe.execute()
    return {pk for pk, count in zip(pks, counts, strict=True) if count}


def forget(client: "redis.Redis", user_pk: int) -> None:
    """Delete that person's access keys, wherever they watched."""
    for key in client.scan_iter(_access_keys("*")):
        own = [access_key for access_key, _ in client.zscan_iter(key, f"{user_pk} *")]
        if own:
            client.zrem(key, *own)


def _key(pk: int) -> str:
    return f"solution:{{{pk}}}:viewers"


def _access_keys(pk: int | str) -> str:
    return f"solution:{{{pk}}}:access"
