"""Answers monitoring: is the process alive, is it ready, and what are its metrics?

The answers come before host, session and language are checked: a probe uses a bare address.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from ipaddress import ip_address
from secrets import compare_digest
from threading import Event, Lock
from typing import Generic, TypeVar

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from tutor.operations.check_result import FailedCheck
from tutor.operations.checks.machine import check_data_is_stored, check_room_for_data
from tutor.operations.checks.mail import check_waiting_mail
from tutor.operations.checks.stores import (
    check_connections,
    check_migrations,
    check_redis_writes,
)
from tutor.operations.checks.workers import check_agreement, check_beat

logger = logging.getLogger(__name__)

T = TypeVar("T")
GetResponse = Callable[[HttpRequest], HttpResponse]
MAX_CHECKS_S = 2.0
KEPT_S = 1.0  # an answer: however often strangers ask, it costs no more than once a second
SAMPLE_STATIC_FILE = "css/base.css"
# Headers that a proxy adds. Behind a proxy on this machine, everybody has a loopback address.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via")


class KeptAnswer(Generic[T]):
    """Computed once at a time, and kept for KEPT_S: whoever asks meanwhile gets the same."""

    def __init__(self, compute: Callable[[], T]) -> None:
        self._compute = compute
        self._computing = Lock()
        self._answer: tuple[float, T] | None = None  # until when it is kept, and the answer

    def get(self) -> T:
        with self._computing:
            if self._answer is None or time.monotonic() >= self._answer[0]:
                answer = self._compute()
                self._answer = time.monotonic() + KEPT_S, answer
            return self._answer[1]


class ProbesMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answers.get(request.path, self.get_response)(request)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is checked, or a dead Redis would restart it."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve pages and streams.

    missing: what it needs, so a proxy should leave it out. ailing: what fails elsewhere; every
    other process would report the same, and some pages are better than none.
    """
    failed = _failed_checks.get()
    missing = [name for name in failed if name in _NEEDED]
    ailing = [name for name in failed if name not in _NEEDED]
    return JsonResponse(
        {"ready": not missing, "missing": missing, "ailing": ailing},
        status=503 if missing else 200,
    )


def metrics(request: HttpRequest) -> HttpResponse:
    """The installation's metrics, for Prometheus."""
    if not _may_read_metrics(request):
        return HttpResponseNotFound()
    return HttpResponse(_metrics.get(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _run_checks() -> list[str]:
    """The names of the checks that failed."""
    checks = {name: _start_check(name) for name in _CHECKS}
    until = time.monotonic() + MAX_CHECKS_S
    return [name for name, check in checks.items() if not _passes(name, check, until)]


def _read_metrics() -> bytes:
    from tutor.operations.prometheus import installation

    return generate_latest(installation())


_failed_checks = KeptAnswer(_run_checks)
_metrics = KeptAnswer(_read_metrics)


def _may_read_metrics(request: HttpRequest) -> bool:
    """With the token; if none is set, from this machine only."""
    if settings.METRICS_TOKEN:
        credentials = request.headers.get("Authorization", "")
        return compare_digest(credentials.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    return _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def _check_redis() -> None:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=None
    ) as client:
        client.ping()


def _check_migrations() -> None:
    """Checked until they are applied: then they stay so while this process runs."""
    if _migrations_applied.is_set():
        return
    try:
        check_migrations()
    except DatabaseError:
        return  # the check of the database reports it
    finally:
        connection.close()
    _migrations_applied.set()


def _closing(check: Callable[[], str]) -> Callable[[], str]:
    """A check that gives its connection to the database back."""

    def checked() -> str:
        try:
            return check()
        finally:
            connection.close()

    return checked


def _check_static_files() -> None:
    """Check that there are some. A proxy may serve them from elsewhere."""
    if (
        not settings.WHITENOISE_USE_FINDERS
        and not (settings.STATIC_ROOT / SAMPLE_STATIC_FILE).is_file()
    ):
        raise FailedCheck(
            f"no {SAMPLE_STATIC_FILE} in {settings.STATIC_ROOT}",
            f"{settings.COMMAND} collectstatic",
        )


_CHECKS: dict[str, Callable[[], object]] = {
    "database": _check_database,
    "redis": _check_redis,
    "migrations": _check_migrations,
    "full disk": check_data_is_stored,
    "disk": check_room_for_data,
    "static files": _check_static_files,
    "redis writes": check_redis_writes,
    "beat": check_beat,
    "agreement": check_agreement,
    "connections": _closing(check_connections),
    "mail": _closing(check_waiting_mail),
}
_NEEDED = {"database", "redis", "migrations", "full disk"}
# A store that hangs occupies one thread, however many probes come meanwhile. What asks the database
# does so one after the other: TUTOR_DATABASE_CONNECTIONS leaves few connections to probes.
_threads = {name: ThreadPoolExecutor(1, thread_name_prefix=f"probe-{name}") for name in _CHECKS}
_threads |= dict.fromkeys(("connections", "mail"), _threads["database"])
_running: dict[str, "Future[object]"] = {}
_migrations_applied = Event()
_failing: set[str] = set()  # as last logged


def _start_check(name: str) -> "Future[object]":
    last = _running.get(name)
    if last is None or last.done():
        last = _running[name] = _threads[name].submit(_CHECKS[name])
    return last


def _passes(name: str, check: "Future[object]", until: float) -> bool:
    try:
        check.result(timeout=max(0.0, until - time.monotonic()))
    except (DatabaseError, redis.RedisError, OSError, TimeoutError, FailedCheck) as error:
        if name not in _failing:
            logger.warning("check failed, %s: %s", name, error or type(error).__name__)
        _failing.add(name)
        return False
    if name in _failing:
        logger.info("check passes again, %s", name)
    _failing.discard(name)
    return True
