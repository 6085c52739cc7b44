"""Limits how much a socket may send to a client before the client acknowledges it."""

import asyncio
import time
from collections.abc import Sequence

WINDOW = 256  # entries of one solution that may be on their way
MAX_UNREAD = 4 * WINDOW  # entries of one solution after the other
MAX_SENT = 4 * 1024 * 1024  # bytes on one socket, whatever it acknowledges: twenty long solutions
PATIENCE_S = 45.0  # with a client that has stopped acknowledging


class SendWindow:
    def __init__(self) -> None:
        self._in_flight: list[str] = []  # ids of entries, oldest first
        self._unread = 0  # entries of all solutions since the last acknowledgement
        self._sent_bytes = 0
        self._blocked_since: float | None = None
        self._acknowledged = asyncio.Event()

    def begin_solution(self) -> None:
        self._in_flight = []

    def has_room(self) -> bool:
        return len(self._in_flight) < WINDOW and self._unread < MAX_UNREAD

    async def room(self) -> int:
        """How many more entries may be sent now; waits for the client until there is room.

        Raises TimeoutError after PATIENCE_S. Asking for another solution does not start the wait
        anew.
        """
        while not self.has_room():
            self._blocked_since = self._blocked_since or time.monotonic()
            async with asyncio.timeout(self._blocked_since + PATIENCE_S - time.monotonic()):
                self._acknowledged.clear()
                await self._acknowledged.wait()
        return WINDOW - len(self._in_flight)

    def expect(self, entry_ids: Sequence[str]) -> None:
        """Call it before sending, since the client may acknowledge at once."""
        self._in_flight += entry_ids

    def count(self, entries: int, size: int) -> None:
        """Raises TimeoutError for a client that was sent more than anybody can have read."""
        self._unread += entries
        self._sent_bytes += size
        if self._sent_bytes > MAX_SENT:
            raise TimeoutError

    def acknowledge(self, entry_id: str) -> None:
        """The client has drawn everything up to this entry."""
        if entry_id in self._in_flight:
            del self._in_flight[: self._in_flight.index(entry_id) + 1]
            self._unread, self._blocked_since = len(self._in_flight), None
            self._acknowledged.set()
