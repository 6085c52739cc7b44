"""Websockets: large frames, or too many small ones, close the connection."""

import time
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

MAX_MESSAGE_BYTES = 64 * 1024  # in one message from a client
MAX_UNREAD = 100  # messages that the application has not read yet
# Of what comes from a client, parsed at a time: the head of a frame, or what has come of the rest.
PIECES_PER_S, BURST = 40.0, 400.0
CLOSE_S = 1  # for the client's answer to the close frame
TOO_LARGE, TOO_MANY = 1009, 1008  # as RFC 6455 has them
RESTARTING = 1012


class Socket(WebSocketProtocol):
    # The factory copies its options, since autobahn also formats them for a debug line:
    # a tenth of what a handshake costs.
    CONFIG_ATTRS = ()
    data: bytes  # received and not parsed yet

    def onConnect(self, request: Any) -> Any:  # noqa: N802 - autobahn's names
        self.allowance, self.counted_at = BURST, time.monotonic()
        return super().onConnect(request)

    def processData(self) -> bool:  # noqa: N802
        """Parse the next piece; false if nothing more can be parsed now.

        Pieces count also while it closes. After it has failed, none is parsed.
        """
        if not self.failedByMe and self.data:
            self.count_piece()
        if self.failedByMe:
            self.data = b""
            return False
        return bool(super().processData())

    def count_piece(self) -> None:
        now = time.monotonic()
        earned = (now - self.counted_at) * PIECES_PER_S
        self.allowance, self.counted_at = min(BURST, self.allowance + earned) - 1, now
        if self.allowance < 0:
            self._fail_connection(TOO_MANY, "too many frames at once")

    def _fail_connection(self, code: int = TOO_MANY, reason: str = "") -> None:
        """Say why, read nothing more, and let autobahn end the connection after CLOSE_S."""
        is_closing = self.state == self.STATE_CLOSING
        super()._fail_connection(code, reason)
        if is_closing:  # the close frame has been sent
            self.transport.abortConnection()
        elif self.state == self.STATE_CLOSING:
            self.transport.pauseProducing()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        if self.state != self.STATE_OPEN:
            return
        if self.application_queue.qsize() >= MAX_UNREAD:
            self._fail_connection(TOO_MANY, "more messages at once than can be read")
        else:
            super().onMessage(payload, isBinary)

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:  # noqa: N802
        """Send nothing once it closes: the client asks again for what it has not received."""
        if self.state in (self.STATE_CONNECTING, self.STATE_OPEN):
            super().serverSend(content, binary)

    def end_for_restart(self) -> None:
        """Close for a restart: the client reconnects by itself."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(RESTARTING, b"The server restarts.", isReply=False)


class SocketFactory(WebSocketFactory):
    protocol = Socket
    OPTIONS = WebSocketProtocol.CONFIG_ATTRS

    def __init__(self, server: Any) -> None:
        super().__init__(server, server=server.server_name)
        self.setProtocolOptions(
            autoPingTimeout=server.ping_timeout,
            allowNullOrigin=True,  # the application asks where it comes from
            openHandshakeTimeout=server.websocket_handshake_timeout,
            closeHandshakeTimeout=CLOSE_S,
            maxMessagePayloadSize=MAX_MESSAGE_BYTES,
            maxFramePayloadSize=MAX_MESSAGE_BYTES,
            failByDrop=False,  # says why, with a close frame
        )

    def buildProtocol(self, addr: Any) -> Socket:  # noqa: N802
        socket: Socket = super().buildProtocol(addr)
        for option in self.OPTIONS:
            setattr(socket, option, getattr(self, option))
        return socket
