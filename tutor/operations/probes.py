"""What watches over a server asks: is it alive, is it ready, and how is it doing?

Answered before anything looks at host, session or language: such a caller has a bare address.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from ipaddress import ip_address
from secrets import compare_digest

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from tutor.operations.checks.stores import check_migrations, check_redis_writes
from tutor.operations.checks.workers import check_beat
from tutor.operations.findings import Unwell

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
WITHIN_S = 2.0
A_STYLE = "css/lemma.css"
# What a proxy adds. Behind one on this machine everybody seems to come from it.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via")


class ProbesMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answers.get(request.path, self.get_response)(request)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, or a dead Redis would have it restarted."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve pages and streams.

    missing: what it cannot do without, so that a proxy leaves it out. ailing: what fails elsewhere;
    every other process would say the same, and pages are better than none.
    """
    asked = {name: _look(name) for name in _CHECKS}
    until = time.monotonic() + WITHIN_S
    unwell = [name for name, look in asked.items() if not _is_well(name, look, until)]
    missing = [name for name in unwell if name in _NEEDED]
    ailing = [name for name in unwell if name not in _NEEDED]
    return JsonResponse(
        {"ready": not missing, "missing": missing, "ailing": ailing},
        status=503 if missing else 200,
    )


def metrics(request: HttpRequest) -> HttpResponse:
    """The installation's figures, for Prometheus."""
    from tutor.solutions.metrics import installation

    if not _may_read_metrics(request):
        return HttpResponseNotFound()
    text = generate_latest(installation())
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read_metrics(request: HttpRequest) -> bool:
    """With the token, or without one set from this machine itself."""
    if settings.METRICS_TOKEN:
        said = request.headers.get("Authorization", "")
        return compare_digest(said.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
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
    """Once they are applied they stay so, and this process's code stays what it is."""
    if _Known.migrations_are_applied:
        return
    try:
        check_migrations()
    except DatabaseError:
        return  # that is said already
    finally:
        connection.close()
    _Known.migrations_are_applied = True


class _Known:
    migrations_are_applied = False


def _check_static_files() -> None:
    """That there are any. A proxy that serves them from elsewhere would not miss them here."""
    if not settings.WHITENOISE_USE_FINDERS and not (settings.STATIC_ROOT / A_STYLE).is_file():
        raise Unwell(f"no {A_STYLE} in {settings.STATIC_ROOT}", "manage.py collectstatic")


_CHECKS: dict[str, Callable[[], object]] = {
    "database": _check_database,
    "redis": _check_redis,
    "migrations": _check_migrations,
    "static files": _check_static_files,
    "redis writes": check_redis_writes,
    "beat": check_beat,
}
_NEEDED = {"database", "redis", "migrations"}
# A store that hangs keeps one thread of its own, however often anybody asks meanwhile.
_threads = {name: ThreadPoolExecutor(1, thread_name_prefix=f"probe-{name}") for name in _CHECKS}
_looking: dict[str, "Future[object]"] = {}
_unwell: set[str] = set()  # as the log says


def _look(name: str) -> "Future[object]":
    last = _looking.get(name)
    if last is None or last.done():
        last = _looking[name] = _threads[name].submit(_CHECKS[name])
    return last


def _is_well(name: str, found: "Future[object]", until: float) -> bool:
    try:
        found.result(timeout=max(0.0, until - time.monotonic()))
    except (DatabaseError, redis.RedisError, OSError, TimeoutError, Unwell) as error:
        if name not in _unwell:
            logger.warning("not well, %s: %s", name, error or type(error).__name__)
        _unwell.add(name)
        return False
    if name in _unwell:
        logger.info("well again, %s", name)
    _unwell.discard(name)
    return True
