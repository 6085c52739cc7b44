"""Limits of one person: requests a minute, CPU time a minute, text stored a day."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from weakref import WeakValueDictionary

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import LockError
from redis.retry import Retry

from tutor.concurrency import max_per_person
from tutor.grading.processes.work_budget import cpu_time_s

logger = logging.getLogger(__name__)

WINDOW_S = 60
DAY_S = 86_400
MAX_STORED_A_DAY = 20 * 1000**2  # bytes of one person's working and drafts
_WORK = "work"  # counts milliseconds of CPU time

# By user, as long as somebody holds it or waits for it.
_turns: "WeakValueDictionary[int, threading.RLock]" = WeakValueDictionary()
_all_turns = threading.Lock()
_under_way: Counter[int] = Counter()  # costly requests of each user; they hold pages' slots


def is_allowed(act: str, user_pk: int, *, per_minute: int) -> bool:
    """Count one more `act`. Without Redis it is always allowed: students can still answer."""
    counted = _count(_key(act, user_pk), 1, WINDOW_S)
    return counted is None or counted <= per_minute


def may_store(user_pk: int, *texts: str, days: int = 1) -> bool:
    """Count texts that are about to be stored for a person; whether they may be.

    days: of which the person may fill the room.
    """
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    counted = _count(_key("stored", user_pk, DAY_S), size, DAY_S)
    return counted is None or counted <= days * MAX_STORED_A_DAY


def has_cpu_left(user_pk: int) -> bool:
    """Whether the person's requests may use more CPU time in this minute."""
    try:
        used_ms = _client().get(_key(_WORK, user_pk))
    except redis.RedisError as error:
        logger.warning("limits are not counted: %s", error)
        return True
    return int(used_ms or 0) < 1000 * settings.WORK_A_MINUTE_S


def next_minute_in_s() -> int:
    """How many seconds it takes until a person may do again what is limited by the minute."""
    return WINDOW_S - int(time.time()) % WINDOW_S


def recent_cpu_s(user_pks: Collection[int]) -> dict[int, float]:
    """By user: the CPU time of their requests in this minute and the one before."""
    now = time.time()
    keys = [_key(_WORK, pk, at_s=at_s) for pk in user_pks for at_s in (now, now - WINDOW_S)]
    try:
        counted = _client().mget(keys) if keys else []
    except redis.RedisError as error:
        logger.warning("limits are not counted: %s", error)
        counted = [None] * len(keys)
    spent_ms = [int(ms or 0) for ms in counted]
    pairs = zip(spent_ms[::2], spent_ms[1::2], strict=True)
    return {pk: sum(pair) / 1000 for pk, pair in zip(user_pks, pairs, strict=True)}


class NoCpuLeft(Exception):
    """A person used up their CPU time of this minute, or has too much under way."""


@contextmanager
def limited_cpu_of(user_pk: int) -> Iterator[None]:
    """charge_cpu_to for a request. Raises NoCpuLeft on entry.

    However many sessions a person has, their costly requests hold no more slots for pages than
    those of one session may.
    """
    with _all_turns:
        if _under_way[user_pk] >= max_per_person(settings.PAGES_AT_ONCE):
            raise NoCpuLeft
        _under_way[user_pk] += 1
    try:
        if not has_cpu_left(user_pk):
            raise NoCpuLeft
        with charge_cpu_to(user_pk):
            yield
    finally:
        with _all_turns:
            _under_way[user_pk] -= 1
            if not _under_way[user_pk]:
                del _under_way[user_pk]


@contextmanager
def limited_act(act: str, user_pk: int, *, per_minute: int) -> Iterator[None]:
    """limited_cpu_of for an act that is counted. Raises NoCpuLeft for one too many, too."""
    if not is_allowed(act, user_pk, per_minute=per_minute):
        raise NoCpuLeft
    with limited_cpu_of(user_pk):
        yield


@contextmanager
def charge_cpu_to(user_pk: int) -> Iterator[None]:
    """Count the CPU time of the block, of this thread and of the children that work for it.

    In each process such blocks of one person run one after another, so that nobody takes all
    children and cores.
    """
    with _turn_of(user_pk):
        before_s = cpu_time_s()
        try:
            yield
        finally:
            _count(_key(_WORK, user_pk), round(1000 * (cpu_time_s() - before_s)), WINDOW_S)


def _turn_of(user_pk: int) -> threading.RLock:
    with _all_turns:
        turn = _turns.get(user_pk)
        if turn is None:
            turn = _turns[user_pk] = threading.RLock()
        return turn


@contextmanager
def run_alone(act: str, *, max_s: float) -> Iterator[bool]:
    """Yields whether no other process, on any machine, does `act` now; True without Redis.

    max_s: another process may begin after that, in case this one is killed.
    """
    lock = _client().lock(f"turn:{act}", timeout=max_s)
    try:
        is_acquired = lock.acquire(blocking=False)
    except redis.RedisError as error:
        logger.warning("locks are not held: %s", error)
        is_acquired = True
    try:
        yield is_acquired
    finally:
        if is_acquired:
            with suppress(LockError, redis.RedisError):
                lock.release()


def _key(act: str, user_pk: int, window_s: int | None = None, at_s: float | None = None) -> str:
    at_s = time.time() if at_s is None else at_s
    return f"limit:{act}:{user_pk}:{int(at_s) // (window_s or WINDOW_S)}"


def _count(key: str, amount: int, window_s: int) -> int | None:
    """The new total; None without Redis."""
    try:
        with _client().pipeline() as pipe:
            pipe.incrby(key, amount)
            pipe.expire(key, 2 * window_s)
            counted, _ = pipe.execute()
    except redis.RedisError as error:
        logger.warning("limits are not counted: %s", error)
        return None
    return int(counted)


def _client() -> "redis.Redis":
    return redis.Redis(connection_pool=_pool(settings.REDIS_URL))


@cache
def _pool(url: str) -> "redis.ConnectionPool":
    return redis.ConnectionPool.from_url(
        url,
        socket_connect_timeout=1,
        socket_timeout=1,
        retry=Retry(NoBackoff(), retries=1),  # a student waits meanwhile
    )


def forget(client: "redis.Redis", user_pk: int) -> None:
    """Delete all counters of a person."""
    for key in client.scan_iter(f"limit:*:{user_pk}:*"):
        client.delete(key)
