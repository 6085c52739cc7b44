"""Websockets: large frames, or too many small ones, close the connection."""

import time
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

MAX_MESSAGE_BYTES = 64 * 1024  # in one message from a client
MAX_UNREAD = 100  # messages that the application has not read yet
FRAMES_PER_S, BURST = 10.0, 1_000.0  # of frames without a message: fragments, pings, pongs
TOO_LARGE, TOO_MANY = 1009, 1008  # as RFC 6455 has them
RESTARTING = 1012


class Socket(WebSocketProtocol):
    def onConnect(self, request: Any) -> Any:  # noqa: N802 - autobahn's names
        self.allowance, self.counted_at = BURST, time.monotonic()
        return super().onConnect(request)

    def onMessageFrameBegin(self, length: int) -> None:  # noqa: N802
        self.count_frame()
        super().onMessageFrameBegin(length)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        self.allowance = min(BURST, self.allowance + 1)  # its last frame has brought a message
        if self.application_queue.qsize() >= MAX_UNREAD:
            self.fail("more messages at once than can be read")
        elif self.state == self.STATE_OPEN:
            super().onMessage(payload, isBinary)

    def onPing(self, payload: bytes) -> None:  # noqa: N802
        self.count_frame()
        super().onPing(payload)

    def onPong(self, payload: bytes) -> None:  # noqa: N802
        self.count_frame()
        super().onPong(payload)

    def count_frame(self) -> None:
        now = time.monotonic()
        earned = (now - self.counted_at) * FRAMES_PER_S
        self.allowance, self.counted_at = min(BURST, self.allowance + earned) - 1, now
        if self.allowance < 0:
            self.fail("too many frames that bring no message")

    def fail(self, reason: str) -> None:
        if self.state == self.STATE_OPEN:
            self._fail_connection(TOO_MANY, reason)

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

    def __init__(self, server: Any) -> None:
        super().__init__(server, server=server.server_name)
        self.setProtocolOptions(
            autoPingTimeout=server.ping_timeout,
            allowNullOrigin=True,  # the application asks where it comes from
            openHandshakeTimeout=server.websocket_handshake_timeout,
            maxMessagePayloadSize=MAX_MESSAGE_BYTES,
            maxFramePayloadSize=MAX_MESSAGE_BYTES,
            failByDrop=False,  # says why, with a close frame
        )
