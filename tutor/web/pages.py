"""Receives requests for pages, and refuses those that are too large or too slow.

Twisted would store every body whole and parse forms in the event loop, before any check. Django
parses them again for pages that need them.
"""

import asyncio
import logging
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import unquote

import daphne.server  # noqa: F401 - before any other part of Twisted, whose loop it chooses
from daphne.http_protocol import HEADER_NAME_RE, INVALID_HEADER_VALUE_BYTES, WebRequest
from django.conf import settings
from django.http import parse_cookie
from django.utils.http import parse_header_parameters
from twisted.internet import reactor
from twisted.web import http

from tutor.web.bodies import max_body_bytes

logger = logging.getLogger(__name__)

MAX_HEADERS = 100
MAX_HEADERS_S = 20.0
MAX_BODY_S = 30.0
MIN_BYTES_PER_S = 20_000  # of a body, beyond the first half minute
MAX_HELD_BYTES = 256 * 1024 * 1024  # bytes of all bodies that are received or read now
CHUNK = 64 * 1024
# Twisted spends 40 µs on each chunk of a body in chunks, even if it has only one byte.
PIECE = 4096
MAX_FRAMING_SHARE = 1 / 32  # of the lines between chunks, by the content
LINGER_S = 3.0  # for clients that read the answer only after they have sent everything
MAX_DISCARDED = 32 * 1024 * 1024
# Python would decode the form with any codec it knows: punycode takes quadratic time, and zlib is
# no charset.
CHARSETS = {"utf-8", "us-ascii"}

SENTENCES = {
    HTTPStatus.REQUEST_TIMEOUT: ("The request came too slowly.", "请求传输得太慢。"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "This is larger than Lemma takes here. Send a smaller file or a shorter text.",
        "内容超过了此处允许的大小。请上传较小的文件或较短的文字。",
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "Lemma reads text in UTF-8 only.",
        "Lemma 只接受 UTF-8 编码的文字。",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Too many connections are being opened at once. Try again in a minute.",
        "同时建立的连接太多。请一分钟后再试。",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Too many large files are being sent at once. Try again in a minute.",
        "同时上传的大文件太多。请一分钟后再试。",
    ),
}


def refusal(status: HTTPStatus) -> bytes:
    """A complete response, after which the connection ends."""
    english, chinese = SENTENCES[status]
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{status.phrase}</title><h1>{status.phrase}</h1>"
        f'<p>{english}</p><p lang="zh-Hans">{chinese}</p></html>\n'
    ).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\n"
        "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + page


class Incoming(asyncio.Queue[dict[str, Any]]):
    """The ASGI events of one page. Its body stays in its file until the page reads it.

    In memory, the bodies of all waiting pages would add up. A client that disconnects before its
    page starts is not served; a page that has started runs to its end, since its thread and its
    database connection cannot be taken away.
    """

    def __init__(self, content: IO[bytes]) -> None:
        super().__init__()
        self.content = content
        self.is_read = False

    async def get(self) -> dict[str, Any]:
        if self.is_read:
            await asyncio.Future()
        if self.content.closed:
            return {"type": "http.disconnect"}
        chunk = self.content.read(CHUNK)
        self.is_read = len(chunk) < CHUNK
        return {"type": "http.request", "body": chunk, "more_body": not self.is_read}


class PageRequest(WebRequest):
    """A page, or the beginning of a socket."""

    body_bytes = 0  # received so far

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self.channel is None or self.channel.may_receive(len(data)):
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:  # noqa: N802
        """The request is complete. Unlike Twisted's method, it parses neither form nor query."""
        self.content.seek(0)
        self.args: dict[bytes, list[bytes]] = {}
        self.method, self.uri, self.clientproto = command, path, version
        self.path, _, self.query_string = path.partition(b"?")
        self.process()

    def process(self) -> None:
        # Links must not contain what a client sends in this header.
        self.requestHeaders.removeHeader(b"Daphne-Root-Path")
        if self.is_socket():
            self.begin_socket()
        elif self.has_sound_headers() and self.has_sound_address():
            self.begin()
        else:
            self.basic_error(400, b"Bad Request", "This request cannot be read.")

    def begin_socket(self) -> None:
        """Hand the connection to a socket, or end it, before anything is built, if it may not."""
        if self.server.handshakes.may_open(self.sent_headers(), self.peer()):
            self.channel.factory.channels.discard(self.channel)  # now a socket
            super().process()
        else:  # told, since a proxy would take the server for broken
            self.channel.transport.write(refusal(HTTPStatus.TOO_MANY_REQUESTS))
            self.channel.loseConnection()

    def peer(self) -> list[Any] | None:
        """None at a Unix socket."""
        is_network = hasattr(self.client, "port")
        return [str(self.client.host), self.client.port] if is_network else None

    def sent_headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (name.lower(), value)
            for name, values in self.requestHeaders.getAllRawHeaders()
            for value in values
            if b"_" not in name  # X_Forwarded_For would be read as X-Forwarded-For
        ]

    def is_socket(self) -> bool:
        upgrades = self.requestHeaders.getRawHeaders(b"Upgrade", [])
        return bool(upgrades and upgrades[0].lower() == b"websocket")

    def has_session(self) -> bool:
        """Whether it has a session cookie, valid or not."""
        cookies = self.requestHeaders.getRawHeaders(b"Cookie", [])
        name = settings.SESSION_COOKIE_NAME
        return any(parse_cookie(line.decode("latin-1")).get(name) for line in cookies)

    def has_known_charset(self) -> bool:
        """Whether Django would read its form and its query in UTF-8, as it understands the type."""
        kinds = self.requestHeaders.getRawHeaders(b"Content-Type", [])
        try:
            _, parameters = parse_header_parameters(",".join(k.decode("latin-1") for k in kinds))
        except ValueError:
            return False
        return parameters.get("charset", "utf-8").lower() in CHARSETS

    def has_sound_headers(self) -> bool:
        return all(
            HEADER_NAME_RE.fullmatch(name)
            and not any(INVALID_HEADER_VALUE_BYTES.intersection(value) for value in values)
            for name, values in self.requestHeaders.getAllRawHeaders()
        )

    def has_sound_address(self) -> bool:
        return bool(self.uri.isascii() and self.method.isascii())

    def begin(self) -> None:
        """Hand the request to the application."""
        if peer := self.peer():
            self.client_addr = peer
            self.server_addr = [str(self.host.host), self.host.port]
        scope = {
            "type": "http",
            "http_version": self.clientproto.partition(b"/")[2].decode("ascii", "replace"),
            "method": self.method.decode("ascii"),
            "path": unquote(self.path.decode("ascii")),
            "raw_path": self.path,
            "root_path": self.server.root_path,
            "scheme": "https" if self.isSecure() else "http",
            "query_string": self.query_string,
            "headers": self.sent_headers(),
            "client": self.client_addr,
            "server": self.server_addr,
        }
        self.application_queue = self.server.create_application(self, scope)

    def finish(self) -> None:
        self.release_body()
        super().finish()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        self.release_body()
        super().connectionLost(reason)

    def release_body(self) -> None:
        self.server.http_factory.held_bytes -= self.body_bytes
        self.body_bytes = 0


class PageChannel(http.HTTPChannel):
    """One connection, on which requests follow each other."""

    requestFactory = PageRequest  # noqa: N815
    maxHeaders = MAX_HEADERS  # noqa: N815
    is_refused = False
    deadline: Any = None
    limit = received = discarded = 0

    def connectionMade(self) -> None:  # noqa: N802
        super().connectionMade()
        self.factory.channels.add(self)
        self.idle_since = reactor.seconds()
        self.set_deadline(MAX_HEADERS_S)

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        self.factory.channels.discard(self)
        self.clear_deadline()
        super().connectionLost(reason)

    # What may come, and until when

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self.is_refused:
            self.discarded += len(data)
            if self.discarded > MAX_DISCARDED:
                self.transport.abortConnection()
            return
        if self.deadline is None and not self._handlingRequest:
            self.set_deadline(MAX_HEADERS_S)
        super().dataReceived(data)

    def allHeadersReceived(self) -> None:  # noqa: N802
        request = self.requests[-1]
        most = max_body_bytes(self._path, with_session=request.has_session())
        self.limit = 0 if request.is_socket() else most
        self.received = 0
        if not request.has_known_charset():
            self.refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
            return
        if self.length is not None and self.length > self.limit:
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        expected = self.limit if self.length is None else self.length
        self.set_deadline(MAX_BODY_S + expected / MIN_BYTES_PER_S)
        super().allHeadersReceived()

    def may_receive(self, count: int) -> bool:
        """Whether `count` more bytes of a body are accepted; refuses the request if not."""
        if self.is_refused:
            return False
        request = self.requests[-1]
        if request.body_bytes + count > self.limit:
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif self.factory.held_bytes + count > MAX_HELD_BYTES:
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            request.body_bytes += count
            self.factory.held_bytes += count
        return not self.is_refused

    def rawDataReceived(self, data: bytes) -> None:  # noqa: N802
        if self.is_refused:
            return
        if self._handlingRequest or self.length is not None:
            super().rawDataReceived(data)
            return
        for start in range(0, len(data), PIECE):
            if self.is_refused or self.transport.disconnecting:
                return
            if self.line_mode:  # answered already; the next request follows
                self.setLineMode(data[start:])
                return
            self.receive_chunks(data[start : start + PIECE])

    def receive_chunks(self, data: bytes) -> None:
        """Part of a body in chunks. Refuses the request if its chunks have a few bytes each."""
        self.received += len(data)
        super().rawDataReceived(data)
        if self._handlingRequest or not self.requests:
            return
        content = self.requests[-1].body_bytes
        if self.received > content + content * MAX_FRAMING_SHARE + PIECE:
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def allContentReceived(self) -> None:  # noqa: N802
        if self.is_refused:
            return
        self.clear_deadline()
        super().allContentReceived()

    def set_deadline(self, seconds: float) -> None:
        self.clear_deadline()
        self.deadline = reactor.callLater(seconds, self.time_out)

    def clear_deadline(self) -> None:
        if self.deadline is not None and self.deadline.active():
            self.deadline.cancel()
        self.deadline = None

    def time_out(self) -> None:
        if self.requests:
            self.refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.loseConnection()  # a browser opens connections before it needs them

    def refuse(self, status: HTTPStatus) -> None:
        """Answer with an error, and ignore what else comes."""
        self.is_refused = True
        logger.warning("request refused: %s (%d bytes allowed)", status.phrase, self.limit)
        self.transport.write(refusal(status))
        self.clear_deadline()
        self.deadline = reactor.callLater(LINGER_S, self.transport.abortConnection)

    # Stopping

    def checkPersistence(self, request: Any, version: bytes) -> bool:  # noqa: N802
        is_persistent = super().checkPersistence(request, version)
        if is_persistent and self.factory.server.is_draining:
            self.close_after(request)
            return False
        return bool(is_persistent)

    def requestDone(self, request: Any) -> None:  # noqa: N802
        self.idle_since = reactor.seconds()
        super().requestDone(request)

    def close_after(self, request: Any) -> None:
        self.persistent = 0
        if not request.startedWriting:
            request.responseHeaders.setRawHeaders(b"Connection", [b"close"])


class PageFactory(http.HTTPFactory):
    """The connections of one server. held_bytes: of the bodies in memory or files now."""

    protocol = PageChannel

    def __init__(self, server: Any) -> None:
        super().__init__()
        self.server = server
        self.channels: set[PageChannel] = set()
        self.held_bytes = 0

    def log(self, request: Any) -> None:
        """Log nothing: addresses may contain names."""
