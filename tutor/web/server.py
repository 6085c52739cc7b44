"""daphne's server with Lemma's limits, and a stop that lets running pages finish."""

import asyncio
import logging
import os
import sys
import threading
from contextvars import Context
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from daphne.server import Server as DaphneServer
from django.conf import settings
from django.db import connections
from twisted.internet import reactor
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.endpoints import serverFromString
from twisted.logger import globalLogBeginner

from tutor.web.handler import keep_connections
from tutor.web.handshakes import HandshakeLimit
from tutor.web.pages import Incoming, PageFactory, PageRequest
from tutor.web.sockets import Socket, SocketFactory

logger = logging.getLogger(__name__)

BACKLOG = 1024  # connections that may wait to be accepted: a whole school at once
MAX_HANDSHAKE_S = 30
DRAIN_S = 8.0  # for running pages
IDLE_S = 0.5  # a new connection may still send a request
CLOSE_S = 0.5  # for the connections to the database
END_S = 9.0  # for all of it; Docker kills after ten seconds, and a starved process hears late
STOP_S = 1.5  # for threads that are left when the loop has ended


class Server(DaphneServer):
    """Listens until it is asked to stop.

    daphne's options that trust a client's headers or log addresses have no effect: see
    tutor/web/callers.py.
    """

    is_draining = False

    def __init__(self, application: Any, endpoints: list[str] | None = None, **other: Any) -> None:
        other |= {
            "action_logger": None,
            "proxy_forwarded_address_header": None,
            "proxy_forwarded_port_header": None,
            "proxy_forwarded_proto_header": None,
            "websocket_connect_timeout": MAX_HANDSHAKE_S,
            "websocket_handshake_timeout": MAX_HANDSHAKE_S,
        }
        listening = [with_backlog(endpoint) for endpoint in endpoints or []]
        super().__init__(application, endpoints=listening, **other)
        self.ports: list[Any] = []
        self.connections: dict[Any, dict[str, Any]] = {}
        self.handshakes = HandshakeLimit(settings.TRUSTED_PROXIES)
        self.http_factory = PageFactory(self)
        self.ws_factory = SocketFactory(self)

    def run(self) -> None:
        globalLogBeginner.beginLoggingTo(
            [lambda _: None], redirectStandardIO=False, discardBuffer=True
        )
        keep_connections()
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        for endpoint in self.endpoints:
            listener = serverFromString(reactor, endpoint).listen(self.http_factory)
            listener.addCallback(self.listen_success)
            listener.addErrback(self.listen_error)
        asyncio.set_event_loop(reactor._asyncioEventloop)
        reactor.addSystemEventTrigger("before", "shutdown", self.drain_first)
        if self.abort_start:
            sys.exit(1)
        if self.ready_callable:
            self.ready_callable()
        reactor.run(installSignalHandlers=self.signal_handlers)
        end_within(STOP_S)

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> asyncio.Queue[Any]:
        """Runs the application for one page or socket; returns where its events go."""
        events = (
            Incoming(protocol.content) if isinstance(protocol, PageRequest) else asyncio.Queue()
        )
        scope["asgi"] = {"version": "3.0"}
        running = self.application(scope, events.get, partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(running)
        return events

    def protocol_disconnected(self, protocol: Any) -> None:
        """A page whose client has disconnected runs to its end; daphne would cancel it."""
        running = self.connections[protocol].get("application_instance")
        if isinstance(protocol, PageRequest) and running is not None and not running.done():
            running.add_done_callback(lambda _: super(Server, self).protocol_disconnected(protocol))
        else:
            super().protocol_disconnected(protocol)

    # Stopping

    def drain_first(self) -> "Deferred[None]":
        end_within(END_S)
        return Deferred.fromFuture(asyncio.ensure_future(self.drain_and_log_errors()))

    async def drain_and_log_errors(self) -> None:
        try:
            await self.drain()
        except Exception:
            logger.exception("stopped without waiting")

    async def drain(self) -> None:
        """Stop listening, end the websockets, and wait for the pages, up to DRAIN_S.

        Pages are cut off rather than cancelled: a page's thread may wait for this loop, and the
        loop would wait for the thread.
        """
        self.is_draining = True
        unfinished = self.unfinished()
        sockets = sum(isinstance(protocol, Socket) for protocol in unfinished)
        pages = len(unfinished) - sockets
        logger.info("stopping, pages in flight: %d, sockets: %d", pages, sockets)
        loop = asyncio.get_running_loop()
        for port in self.ports:
            port.doRead()  # those that the kernel has accepted already
            await maybeDeferred(port.stopListening).asFuture(loop)
        for channel in self.http_factory.channels:
            for request in channel.requests:
                channel.close_after(request)
        until = loop.time() + DRAIN_S
        while (self.unfinished() or self.http_factory.channels) and loop.time() < until:
            self.end_idle()
            await asyncio.sleep(0.05)
        if cut_off := self.unfinished():
            logger.warning("stopped, pages and sockets cut off: %d", len(cut_off))
        # Those of the sockets. Twisted's timers keep the context of a page that may have ended.
        closing = loop.create_task(sync_to_async(connections.close_all)(), context=Context())
        await asyncio.wait([closing], timeout=CLOSE_S)

    def unfinished(self) -> list[Any]:
        """The pages and websockets that have not ended."""
        return [
            protocol
            for protocol, details in self.connections.items()
            if "application_instance" in details and not details["application_instance"].done()
        ]

    def end_idle(self) -> None:
        for protocol in list(self.connections):
            if isinstance(protocol, Socket):
                protocol.end_for_restart()
        for channel in list(self.http_factory.channels):
            if not channel.requests and reactor.seconds() - channel.idle_since > IDLE_S:
                channel.transport.loseConnection()


def with_backlog(endpoint: str) -> str:
    kind = endpoint.partition(":")[0]
    has_backlog = kind not in {"tcp", "unix"} or ":backlog=" in endpoint
    return endpoint if has_backlog else f"{endpoint}:backlog={BACKLOG}"


def end_within(seconds: float) -> None:
    """End the process: Python would wait for threads of cut-off pages, which may never end."""

    def end() -> None:
        logging.shutdown()
        os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
