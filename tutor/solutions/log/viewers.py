"""Who watches a solution now: sockets that said so within the last seconds.

A solution is shared, so whoever cancels only leaves it while others still watch.
"""

import time
from collections.abc import Collection

import redis
import redis.asyncio

NOTE_EVERY_S = 5.0
GONE_AFTER_S = 15.0
SEAT_KEPT_S = 60.0  # for whom the network or the server failed


class Viewers:
    def __init__(self, client: "redis.asyncio.Redis", pk: int) -> None:
        self._client = client
        self._key = _key(pk)
        self._seats = _seats(pk)

    async def note(self, viewer: str, seat: str = "") -> None:
        """Say that `viewer` watches; again every few seconds.

        seat: see `Standing`; of one who has been asked whether they may watch, to keep it for them.
        """
        now = time.time()
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.zadd(self._key, {viewer: now})
            pipe.expire(self._key, int(GONE_AFTER_S))
            if seat:
                pipe.zadd(self._seats, {seat: now})
                pipe.expire(self._seats, int(SEAT_KEPT_S))
            await pipe.execute()

    async def has_seat(self, seat: str) -> bool:
        """Whether somebody with this standing was let in to watch, and watched moments ago."""
        noted_at = await self._client.zscore(self._seats, seat)
        return noted_at is not None and noted_at > time.time() - SEAT_KEPT_S

    async def leave(self, viewer: str) -> None:
        await self._client.zrem(self._key, viewer)

    async def others_than(self, viewer: str) -> int:
        since = time.time() - GONE_AFTER_S
        present = await self._client.zrangebyscore(self._key, since, "+inf")
        return len(set(present) - {viewer})


def watched(client: "redis.Redis", pks: Collection[int]) -> set[int]:
    """Those of `pks` that somebody watches now."""
    since = time.time() - GONE_AFTER_S
    with client.pipeline(transaction=False) as pipe:
        for pk in pks:
            pipe.zcount(_key(pk), since, "+inf")
        counts = pipe.execute()
    return {pk for pk, count in zip(pks, counts, strict=True) if count}


def forget(client: "redis.Redis", user_pk: int) -> None:
    """Take that person's seats away, wherever they watched."""
    for key in client.scan_iter(_seats("*")):
        theirs = [seat for seat, _ in client.zscan_iter(key, f"{user_pk} *")]
        if theirs:
            client.zrem(key, *theirs)


def _key(pk: int) -> str:
    return f"solution:{{{pk}}}:viewers"


def _seats(pk: int | str) -> str:
    return f"solution:{{{pk}}}:seats"
