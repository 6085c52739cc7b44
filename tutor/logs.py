"""Gives log lines a request id, from a browser's request to the engine.

The id comes from the proxy or is made here. Tasks that the request queues carry it, so a worker's
lines have it too, and so has the engine's id of a completion.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
NONE = "-"
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")  # nothing that could end a line or a field
_request: ContextVar[str] = ContextVar("request", default=NONE)


def request_id() -> str:
    """The id of the request that this code or task runs for; "-" if there is none."""
    return _request.get()


def begin(given: str | None = None) -> str:
    """Log under the request id `given` from here on, or under a new one."""
    name = given if given and _ID.match(given) else uuid4().hex
    _request.set(name)
    return name


def begin_socket(headers: Iterable[tuple[bytes, bytes]]) -> str:
    named = dict(headers).get(HEADER.lower().encode(), b"")
    return begin(named.decode("ascii", "replace"))


def end() -> None:
    _request.set(NONE)


class RequestIdMiddleware:
    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponse]") -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        name = begin(request.headers.get(HEADER))
        try:
            response = self.get_response(request)
        finally:
            end()
        response.headers[HEADER] = name
        return response


class BriefBeatFilter(logging.Filter):
    """One line for a task that beat could not send; Celery writes thirty."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg == "Message Error: %s\n%s" and isinstance(record.args, tuple):
            record.msg, record.args, record.exc_info = "%s", record.args[:1], None
        return True


class SweepFilter(logging.Filter):
    """Celery's lines about the tasks that beat sends are of DEBUG: there are 30 MB of them a day.

    What fails is logged as before.
    """

    def __init__(self, tasks: Iterable[str]) -> None:
        super().__init__()
        self.tasks = frozenset(tasks)

    def filter(self, record: logging.LogRecord) -> bool:
        arguments = record.args
        names = [arguments.get("name")] if isinstance(arguments, Mapping) else arguments or ()
        if record.levelno != logging.INFO or self.tasks.isdisjoint(map(str, names)):
            return True
        record.levelno, record.levelname = logging.DEBUG, "DEBUG"
        return logging.getLogger().isEnabledFor(logging.DEBUG)


class RequestFilter(logging.Filter):
    """Gives each record the attribute `request`.

    Django logs addresses, which may contain user names and calendar keys; their pattern is logged
    instead.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        http_request: Any = getattr(record, "request", None)
        if hasattr(http_request, "resolver_match") and isinstance(record.args, tuple):
            path = http_request.path.encode("unicode_escape").decode(
                "ascii"
            )  # as Django's log_message
            pattern = http_request.resolver_match.route if http_request.resolver_match else NONE
            record.args = tuple(
                pattern if argument == path else argument for argument in record.args
            )
        # A client's mistake needs no traceback.
        is_refused = 400 <= getattr(record, "status_code", 500) < 500
        if record.name.startswith("django.security.") or is_refused:
            record.exc_info = None
        record.request = request_id()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object per line, for programs that collect logs."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request", NONE),
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
