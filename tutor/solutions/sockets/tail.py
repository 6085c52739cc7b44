"""Sends one solution's log to one viewer, entry by entry as it is written."""

import json
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tutor.solutions import metrics
from tutor.solutions.log import protocol
from tutor.solutions.log.protocol import position_of
from tutor.solutions.log.reader import log_feed
from tutor.solutions.log.token_log import Logged, TokenLog, last_id_of
from tutor.solutions.log.transcript import transcript_of
from tutor.solutions.log.viewers import NOTE_EVERY_S, Viewers
from tutor.solutions.models import State
from tutor.solutions.sockets.end_wording import worded_entry, worded_whole
from tutor.solutions.sockets.send_window import SendWindow
from tutor.solutions.sockets.status_cache import Snapshot, status_cache

MAX_LIVE_ENTRIES = 3  # in one read of a viewer who has caught up with the writer


class Tail:
    """Sends a viewer every entry after the one that they have, until the solution ends.

    snapshot: of the solution. after: the id of the last entry that the viewer has. access_key:
    the viewer's, or "" while it must not be noted (see `Viewers.note`).
    """

    def __init__(
        self,
        log: TokenLog,
        snapshot: Snapshot,
        after: str,
        *,
        viewer: str,
        access_key: Callable[[], str],
        window: SendWindow,
        send: Callable[[str], Awaitable[None]],
    ) -> None:
        self._log = log
        self._viewers = Viewers(log.client, log.pk)
        self._snapshot = snapshot
        self._after = after
        self._viewer = viewer
        self._access_key = access_key
        self._window = window
        self._send = send
        self._noted_at = -math.inf
        self._is_fresh = True  # the snapshot was taken just now
        self._is_idle = True  # the last read had no entries
        self._is_live = False  # the viewer has caught up
        self._was_live = False  # the same, before the last read
        self._lag_is_due = False

    async def run(self) -> None:
        """Send the log to its end, or the stored solution once nothing else is left."""
        try:
            await self._send_status()
            while True:
                await self._note_viewer()
                if await self._send_stored():
                    return
                entries = await self._next_entries()
                if entries:
                    await self._forward(entries)
                    if protocol.is_end(entries[-1].encoded):
                        return
        finally:
            await self._viewers.leave(self._viewer)

    async def _note_viewer(self) -> None:
        if time.monotonic() - self._noted_at >= NOTE_EVERY_S:
            await self._viewers.note(self._viewer, self._access_key())
            self._noted_at, self._lag_is_due = time.monotonic(), True

    async def _send_stored(self) -> bool:
        """Send the stored solution if it has ended and the log has no more; whether it was sent."""
        # A queued solution may have begun to stream, and may go on without a pause.
        if not self._is_idle and self._snapshot.state != State.QUEUED:
            return False
        if not self._is_fresh:
            await self._change_to(await status_cache().get(self._snapshot.row.pk))
        self._is_fresh = False
        if self._snapshot.state != State.ENDED or await self._log.holds_more(self._after):
            return False
        whole = protocol.encode(worded_whole(self._snapshot.row.whole()))
        await self._send_entries([Logged(await self._log.last_id(), whole)])
        return True

    async def _next_entries(self) -> Sequence[Logged]:
        is_live = self._is_live and self._window.has_room()  # else more is written while it waits
        room = await self._window.room()
        entries: Sequence[Logged] = []
        if not is_live:
            entries = await self._log.read(self._after, count=room)
        if not entries:
            entries = await log_feed().read(self._log.key, self._after, count=room)
            is_written = entries and not protocol.is_end(entries[-1].encoded)
            if is_written and self._snapshot.state == State.QUEUED:
                await self._change_to(self._snapshot.streaming())
        if entries and position_of(entries[0].id) != position_of(self._after) + 1:
            # Redis and the worker were lost at once, with the last seconds that this viewer already
            # has: the text continues from an earlier position.
            entries = [await self._whole_log()]
        self._is_idle = not entries
        self._was_live, self._is_live = is_live, len(entries) <= min(MAX_LIVE_ENTRIES, room - 1)
        return entries

    async def _whole_log(self) -> Logged:
        """All entries so far as one, with the id of the last."""
        records = await self._log.records()
        whole = worded_whole(transcript_of(records).whole())
        return Logged(last_id_of(records), protocol.encode(whole))

    async def _forward(self, entries: Sequence[Logged]) -> None:
        self._window.expect([entry.id for entry in entries])
        await self._send_entries(entries)
        await self._measure_lag(entries[0])
        self._after = entries[-1].id

    async def _measure_lag(self, logged: Logged) -> None:
        """Measure it now and then, for a viewer who has caught up; one at a time per process."""
        if not (self._was_live and self._lag_is_due) or log_feed().measuring.locked():
            return
        self._lag_is_due = False
        async with log_feed().measuring:
            lag_s = await self._log.lag(logged)
            await metrics.add_async(self._log.client, metrics.observe("log_lag_seconds", lag_s))

    async def _change_to(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if snapshot.status != before.status:
            await self._send_status()

    async def _send_entries(self, entries: Sequence[Logged]) -> None:
        """In one frame. Raises TimeoutError: see `SendWindow.count`."""
        text = protocol.framed(
            [protocol.with_id(entry.id, worded_entry(entry.encoded)) for entry in entries]
        )
        self._window.count(len(entries), len(text.encode()))
        await self._send(text)

    async def _send_status(self) -> None:
        state, reason, ahead = self._snapshot.status
        message: dict[str, Any] = {
            "type": "solution.status",
            "solution": str(self._snapshot.row.code),
            "state": state,
            "waiting_for": reason,
            "ahead": ahead,
        }
        await self._send(json.dumps(message))
