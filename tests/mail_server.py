"""A real SMTP server on loopback, which keeps what it is given."""

import socket
import ssl
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class MailServer:
    """`messages`: recipients and text of each; `refused`: what is said to some addresses.

    hangs_up_at: an address at which the server ends the connection.
    security: as TUTOR_EMAIL_SECURITY has it; other than "none" needs `tls`.
    """

    def __init__(self, security: str = "none", tls: ssl.SSLContext | None = None) -> None:
        self.messages: list[tuple[list[str], str]] = []
        self.refused: dict[str, str] = {}
        self.hangs_up_at = ""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.options = {
            "starttls": {"tls_context": tls, "require_starttls": True},
            "tls": {"ssl_context": tls},
            "none": {},
        }[security]
        self.start()

    def start(self) -> None:
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, server_hostname="127.0.0.1", **self.options
        )
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop(no_assert=True)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address == self.hangs_up_at:
            server.transport.close()
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((envelope.rcpt_tos, message.get_content()))
        return "250 OK"
