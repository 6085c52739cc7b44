"""Simulated students: sockets that watch and reconnect, and answers that are submitted."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx2 as httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from tests.faults.history import History

if TYPE_CHECKING:
    from accounts.models import User
    from tutor.assignments.models import Item

AGAIN_S = 0.25  # before reconnecting; a browser waits longer each time
ACKNOWLEDGE_ENTRIES = 64
PAUSE_S = 2.1  # between two answers of a student; 30 a minute are allowed
LOST = (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage, TimeoutError)


def session_of(user: User) -> str:
    from tests.sockets import cookie_of

    return str(cookie_of(user))


@dataclass(eq=False)
class Viewer:
    """Watches the solution of one item to its end, and reconnects whenever it is cut off."""

    address: str
    session: str
    item: str
    history: History = field(default_factory=History)
    code: str = ""
    came_back_at: list[float] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    waits: set[str] = field(default_factory=set)  # reasons for waiting that it received
    opened_at: float = 0.0

    async def watch(self, within_s: float) -> None:
        deadline = time.monotonic() + within_s
        while not self.history.is_over and time.monotonic() < deadline:
            try:
                async with open_socket(self.address, self.session) as socket:
                    self.opened_at = self.opened_at or time.monotonic()
                    await self._follow(socket, deadline)
            except LOST:
                self.history.reconnects += 1
                await asyncio.sleep(AGAIN_S)

    async def _follow(self, socket: ClientConnection, deadline: float) -> None:
        await socket.send(json.dumps(self._request()))
        is_back = bool(self.history.entries)
        unacknowledged = 0
        unread: list[str] = []
        while not self.history.is_over:
            left = deadline - time.monotonic()
            if not unread:
                frame = await asyncio.wait_for(socket.recv(decode=True), max(0.0, left))
                unread = frame.split("\n")
            message = json.loads(unread.pop(0))
            if message["type"] == "request.refused":
                self.refusals.append(message["reason"])
                await asyncio.sleep(AGAIN_S)
                await socket.send(json.dumps(self._request()))
                continue
            if message["type"] == "solution.status":
                self.code = message["solution"]
                self.waits.add(message["waiting_for"] or "")
                continue
            self.history.note(message)
            if is_back:
                self.came_back_at.append(time.monotonic())
                is_back = False
            unacknowledged += 1
            if unacknowledged >= ACKNOWLEDGE_ENTRIES:
                unacknowledged = 0
                shown = {"type": "solution.shown", "solution": self.code, "id": message["id"]}
                await socket.send(json.dumps(shown))

    def _request(self) -> dict[str, str]:
        if not self.code:
            return {"type": "solution.start", "item": self.item}
        after = self.history.last_id
        return {"type": "solution.watch", "solution": self.code, "after": after}


@cache
def _tls() -> ssl.SSLContext:
    """One for all: a school's browsers read their certificates before anybody presses *watch*."""
    return ssl.create_default_context()


def open_socket(address: str, session: str) -> connect:
    return connect(
        f"{address.replace('http', 'ws', 1)}/ws/solutions/",
        origin=address,
        additional_headers={"Cookie": f"sessionid={session}"},
        open_timeout=60,
        ping_interval=None,
        max_size=None,
        proxy=None,
        host="127.0.0.1",  # else each looks the name up
        ssl=_tls() if address.startswith("https") else None,
    )


@dataclass
class Pupil:
    """Submits answers and opens pages through the web server, and records the responses.

    statuses: (seconds, HTTP status; 0 for a lost connection). confirmed: the actions that the
    server confirmed.
    """

    address: str
    session: str
    item: Item
    statuses: list[tuple[float, int]] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)

    async def work(self, is_over: asyncio.Event) -> None:
        token = "x" * 32
        cookies = {"sessionid": self.session, "csrftoken": token}
        headers = {"X-CSRFToken": token, "Referer": f"{self.address}/"}
        page = f"{self.address}/items/{self.item.code}/"
        action = str(uuid4())
        async with httpx.AsyncClient(cookies=cookies, headers=headers, timeout=60) as client:
            while not is_over.is_set():
                form = {
                    "action": action,  # the same until the server has answered, as the page does
                    "number": len(self.confirmed) + 1,
                    "version": str(self.item.problem.current.code),
                    "response": str(100 + len(self.confirmed)),
                }
                if await self._ask(client, "POST", f"{page}attempts/", form) == 302:
                    self.confirmed.append(action)
                    action = str(uuid4())
                await asyncio.sleep(PAUSE_S)
                await self._ask(client, "GET", f"{self.address}/")

    async def _ask(
        self, client: httpx.AsyncClient, method: str, url: str, data: dict[str, Any] | None = None
    ) -> int:
        try:
            status = (await client.request(method, url, data=data)).status_code
        except httpx.HTTPError:
            status = 0
        self.statuses.append((time.monotonic(), status))
        return status


async def watch_all(viewers: Sequence[Viewer], within_s: float) -> None:
    async with asyncio.TaskGroup() as group:
        for viewer in viewers:
            group.create_task(viewer.watch(within_s))
