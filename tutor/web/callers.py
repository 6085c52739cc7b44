"""Checks clients' addresses and host names: only trusted proxies may name another client."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from tutor.concurrency import PROBES

logger = logging.getLogger(__name__)

Application = Callable[[Any, Any, Any], Awaitable[None]]
Network = IPv4Network | IPv6Network
Headers = list[tuple[bytes, bytes]]

FORWARDED_FOR = b"x-forwarded-for"
FROM_PROXIES = {
    FORWARDED_FOR, b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-proto", b"x-real-ip",
    b"forwarded", b"via",
}  # fmt: skip


class TrustedProxies:
    """Accepts a proxy's headers from trusted proxies, and drops them from anybody else.

    X-Forwarded-For is read from its right end, which the last proxy wrote: the client may have
    invented anything left of the first address that is not a trusted proxy.
    """

    def __init__(self, application: Application, networks: Sequence[Network]) -> None:
        self.application = application
        self.networks = networks

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] in {"http", "websocket"}:
            headers: Headers = scope["headers"]
            peer = scope.get("client")
            if peer is None or self.trusts(peer[0]):  # None: a Unix socket of this machine
                scope = {**scope, "client": self.client_behind(peer, headers)}
            else:
                own_headers = [(name, value) for name, value in headers if name not in FROM_PROXIES]
                scope = {**scope, "headers": own_headers}
        await self.application(scope, receive, send)

    def client_of(self, peer: Any, headers: Headers) -> Any:
        """Address and port of whom `peer` speaks for; its own, unless it is a trusted proxy."""
        is_trusted = peer is None or self.trusts(peer[0])
        return self.client_behind(peer, headers) if is_trusted else peer

    def trusts(self, address: str) -> bool:
        try:
            known = ip_address(address)
        except ValueError:
            return False
        mapped = getattr(known, "ipv4_mapped", None)  # of an IPv4 client on an IPv6 socket
        return any((mapped or known) in network for network in self.networks)

    def client_behind(self, peer: Any, headers: Headers) -> Any:
        """Address and port of the client; those of the proxy if it names none."""
        addresses = b",".join(value for name, value in headers if name == FORWARDED_FOR)
        client = peer
        for text in reversed(addresses.decode("latin-1").split(",") if addresses else []):
            address = without_port(text.strip())
            if address is None:
                break
            client = [address, 0]
            if not self.trusts(address):
                break
        return client


def without_port(text: str) -> str | None:
    """The address in `192.0.2.7`, `192.0.2.7:5678`, `2001:db8::7` or `[2001:db8::7]:5678`."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return None


class OwnHosts:
    """Refuses requests whose Host is in none of TUTOR_ORIGINS.

    Links are built from the host, so an unknown port is replaced too.
    """

    def __init__(self, application: Application, origins: Iterable[str]) -> None:
        self.application = application
        self.hosts: dict[str, list[str]] = {}  # by name without the port: all hosts with it
        for origin in origins:
            parts = urlsplit(origin)
            self.hosts.setdefault(parts.hostname or "", []).append(parts.netloc.lower())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in {"http", "websocket"} or scope["path"] in PROBES:
            await self.application(scope, receive, send)
            return
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        host = self.known_host(hosts)
        if host is None:
            logger.warning("%s refused: a host that is in no origin", scope["type"])
            await refuse(scope, send)
            return
        other_headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope = {**scope, "headers": [(b"host", host.encode()), *other_headers]}
        await self.application(scope, receive, send)

    def known_host(self, host_headers: list[bytes]) -> str | None:
        if len(host_headers) != 1:
            return None
        host = host_headers[0].decode("latin-1").lower()
        try:
            hosts = self.hosts.get(urlsplit(f"//{host}").hostname or "", [])
        except ValueError:
            return None
        if host in hosts:
            return host
        return hosts[0] if hosts else None


async def refuse(scope: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})  # before it is accepted: status 403
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": b"There is no site of this name here.\n"})


async def no_such_socket(scope: Any, receive: Any, send: Any) -> None:
    logger.warning("websocket refused: no such path")
    await send({"type": "websocket.close"})
