"""How many pages one web process makes at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

AT_ONCE = 24  # each has a thread and a connection; PostgreSQL takes 100 of all processes together
PROBES = {"/healthz", "/readyz", "/metrics"}  # see tutor/operations/probes.py

Application = Callable[[Any, Any, Any], Awaitable[None]]


class ConcurrencyLimit:
    """Lets the others wait: in a rush more at once would make none of them faster, and be refused
    by the database. Who asks whether the process lives does not wait in line.
    """

    def __init__(self, application: Application, at_once: int = AT_ONCE) -> None:
        self.application = application
        self.places = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") in PROBES:
            await self.application(scope, receive, send)
            return
        async with self.places:
            await self.application(scope, receive, send)
