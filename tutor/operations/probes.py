"""What watches over a server asks: is it alive, is it ready, and how is it doing?

Answered before anything looks at host, session or language: such a caller has a bare address.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from ipaddress import ip_address
from secrets import compare_digest

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
WITHIN_S = 2.0
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
    """Whether it can serve pages and streams, or which store is missing."""
    looking = {name: _look(name) for name in _CHECKS}
    missing = [name for name, found in looking.items() if not _is_well(name, found)]
    status = 503 if missing else 200
    return JsonResponse({"ready": not missing, "missing": missing}, status=status)


def metrics(request: HttpRequest) -> HttpResponse:
    """The installation's figures, for Prometheus."""
    from tutor.solutions.figures import installation

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


_CHECKS: dict[str, Callable[[], None]] = {"database": _check_database, "redis": _check_redis}
# A store that hangs keeps one thread of its own, however often anybody asks meanwhile.
_threads = {name: ThreadPoolExecutor(1, thread_name_prefix=f"probe-{name}") for name in _CHECKS}
_looking: dict[str, "Future[None]"] = {}


def _look(name: str) -> "Future[None]":
    last = _looking.get(name)
    if last is None or last.done():
        last = _looking[name] = _threads[name].submit(_CHECKS[name])
    return last


def _is_well(name: str, found: "Future[None]") -> bool:
    try:
        found.result(timeout=WITHIN_S)
    except (DatabaseError, redis.RedisError, OSError, TimeoutError) as error:
        logger.warning("not ready, %s: %s", name, error or type(error).__name__)
        return False
    return True
