"""The websocket of a live solution: may this student see it, and what is new in its log?"""

import asyncio
import json
import logging
import math
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import redis.exceptions
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseProblem
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from tutor import logs
from tutor.assignments.models import Item
from tutor.engine.completion import Outcome
from tutor.solutions import metrics
from tutor.solutions.db_connections import on_kept_connection
from tutor.solutions.dispatch.quotas import NotNow
from tutor.solutions.log import protocol
from tutor.solutions.log.protocol import (
    NOT_SIGNED_IN,
    START_OF_LOG,
    TOO_LARGE,
    TOO_MANY,
    TOO_SLOW,
    TRY_AGAIN,
    Cancel,
    Drawn,
    Malformed,
    Start,
    Watch,
    place_of,
)
from tutor.solutions.log.reader import log_feed
from tutor.solutions.log.token_log import Logged, TokenLog, last_id_of
from tutor.solutions.log.transcript import transcript_of
from tutor.solutions.log.viewers import NOTE_EVERY_S, Viewers
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.access import help_for, note_watched
from tutor.solutions.requests.asking import request_for
from tutor.solutions.sockets.session_guard import MOST_SOCKETS, Standing, guard
from tutor.solutions.sockets.status_cache import Seen, as_it_is, find_rows, looks
from tutor.solutions.tasks import cancel_solution

logger = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024  # of one frame from a client
WINDOW = 256  # entries that may be on their way before the client acknowledges any
MOST_UNREAD = 4 * WINDOW  # the same, of one solution after the other
MOST_SENT = 4 * 1024 * 1024  # bytes on one socket, whatever it acknowledges: twenty long solutions
PATIENCE_S = 45.0  # with a client that has stopped to acknowledge
FEW = 3  # entries at once, while they are read as they are written
CANCEL_AGAIN_S = 1.0
REQUESTS_PER_S, BURST = 10.0, 40.0
MOST_MEANINGLESS = 100  # frames on one socket that ask for nothing which it may have


class Refused(Exception):
    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class SolutionConsumer(AsyncWebsocketConsumer):
    """One socket watches one solution at a time; it may go from one to the next."""

    tailing: asyncio.Task[None] | None = None

    async def __call__(self, *args: Any) -> None:
        try:
            await super().__call__(*args)
        finally:  # daphne cancels one that takes long to end, and then tells it no more
            guard().leave(self)
            if self.tailing is not None:
                self.tailing.cancel()

    async def connect(self) -> None:
        logs.begin_socket(self.scope["headers"])  # for this connection's own task
        self.viewer = str(uuid4())
        self.is_turned_away = False
        self.watched: Solution | None = None
        self.sent: list[str] = []  # ids on their way, oldest first
        self.unread = 0  # of all that was sent, whichever solution it was of
        self.sent_bytes = 0
        self.stuck_since: float | None = None  # waiting for the client
        self.acknowledged = asyncio.Event()
        self.meaningless = 0
        self.allowance, self.counted_at = BURST, time.monotonic()
        self.session_key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
        await self.accept()
        try:
            standing = await guard().admit(self, self.session_key)
        except DatabaseProblem:
            await self.close(TRY_AGAIN)
            return
        if standing is None:
            await self.close(NOT_SIGNED_IN)
            return
        translation.activate(standing.user.language)  # for this connection's own task
        if guard().count(standing.user) > MOST_SOCKETS:
            message = _("You watch in too many windows. Close some, and load this page again.")
            await self.refuse("too_many_windows", message)
            await self.turn_away(TOO_MANY)

    async def disconnect(self, code: int) -> None:
        guard().leave(self)
        await self.stop_tailing()

    async def turn_away(self, code: int) -> None:
        """Close it from our side, and hear no more of what it asks."""
        guard().leave(self)
        self.is_turned_away = True
        await self.stop_tailing()
        await self.close(code)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_turned_away:
            return
        if len(bytes_data or (text_data or "").encode("utf-8", "surrogatepass")) > MOST_BYTES:
            await self.close(TOO_LARGE)
            return
        try:
            await self.handle(protocol.parse(text_data or ""))
        except Malformed as error:
            await self.refuse("malformed", _("This request cannot be read: %s.") % error)
            self.meaningless += 1
        except Refused as error:
            await self.refuse(error.reason, str(error))
            self.meaningless += 1
        except (redis.exceptions.RedisError, DatabaseProblem):
            logger.exception("socket closed, a store is out of reach")
            await self.close(TRY_AGAIN)
        if self.meaningless > MOST_MEANINGLESS:
            await self.turn_away(TOO_MANY)

    def count_request(self) -> None:
        """Raises Refused for a client that sends more than a person can ask for."""
        now = time.monotonic()
        earned = (now - self.counted_at) * REQUESTS_PER_S
        self.allowance, self.counted_at = min(BURST, self.allowance + earned) - 1, now
        if self.allowance < 0:
            raise Refused("too_many", _("Too many requests at once. Wait a few seconds."))

    async def handle(self, request: protocol.Request) -> None:
        if not isinstance(request, Drawn):  # a long replay is acknowledged often, and cheaply
            self.count_request()
        match request:
            case Start(item):
                await self.watch(await self.ask(await self.signed_in(), item), START_OF_LOG)
            case Watch(code, after):
                standing = await self.still(guard().known(self))
                again = await self.find_again(standing, code) if after != START_OF_LOG else None
                seen = again or await self.find(standing.user, code)
                await self.watch(seen, after, is_authorized=again is None)
            case Drawn(code, entry_id):
                if self.watched is not None and self.watched.code == code:
                    self.note_drawn(entry_id)
                else:
                    self.meaningless += 1
            case Cancel(code):
                await self.cancel((await self.find(await self.signed_in(), code)).row)

    async def signed_in(self) -> User:
        """The user by the session as it is now, not as it was when the guard last looked."""
        return (await self.still(await guard().standing(self.session_key))).user

    async def still(self, standing: Standing | None) -> Standing:
        if standing is None:
            await self.close(NOT_SIGNED_IN)
            raise Refused("not_allowed", _("You are signed out. Sign in again to go on."))
        return standing

    @on_kept_connection
    def ask(self, user: User, code: Any) -> Seen:
        items = Item.objects.visible_to(user).select_related("problem__current")
        item = items.filter(code=code, problem__current__isnull=False).first()
        if item is None:
            raise Refused("not_found", _("This problem is not there, or not yours to see."))
        decision = help_for(user, item)
        if not decision.allowed:
            raise Refused("not_allowed", decision.reason)
        try:
            solution = request_for(user, item, is_live=True)
        except NotNow as error:
            raise Refused("not_now", str(error)) from error
        if solution is None:
            raise Refused("abstained", _("No solution by the model is shown here."))
        return as_it_is(solution)

    @on_kept_connection
    def find(self, user: User, code: Any) -> Seen:
        visible = Solution.objects.visible_to(user).select_related("version")
        solution = visible.filter(code=code).first()
        if solution is None:
            raise Refused("not_found", _("This solution is not there, or not yours to see."))
        note_watched(solution, user)
        return as_it_is(solution)

    async def find_again(self, standing: Standing, code: Any) -> Seen | None:
        """For one who watched it moments ago, which the server has noted.

        Whether that is allowed takes ten times as long to ask as the rest of coming back, and
        with a network or a server a whole school comes back at once.
        """
        seen = next(iter(await find_rows(code=code)), None)
        if seen is None:
            return None
        async with log_feed().client() as client:
            has_seat = await Viewers(client, seen.row.pk).has_seat(standing.seat)
        return seen if has_seat else None

    async def cancel(self, solution: Solution) -> None:
        """Stop a solution that nobody else watches; else only this viewer leaves it."""
        async with log_feed().client() as client:
            others = await Viewers(client, solution.pk).others_than(self.viewer)
            last_id = await TokenLog(client, solution.pk).last_id()
        if not others:
            await on_kept_connection(cancel_solution)(solution)
            return
        await self.stop_tailing()
        left = protocol.encode(protocol.End(Outcome.ABORTED))
        await self.send(text_data=protocol.with_id(protocol.id_after(last_id), left))

    # Sending

    async def refuse(self, reason: str, message: str) -> None:
        code = str(self.watched.code) if self.watched else None
        await self.send_message(
            type="request.refused", reason=reason, message=message, solution=code
        )

    async def send_message(self, **fields: Any) -> None:
        await self.send(text_data=json.dumps(fields))

    async def watch(self, seen: Seen, after: str, *, is_authorized: bool = True) -> None:
        await self.stop_tailing()
        self.watched, self.sent, self.is_authorized = seen.row, [], is_authorized
        self.tailing = asyncio.create_task(self.forward(seen, after))

    async def stop_tailing(self) -> None:
        """Cancel the task and wait until it has closed what it opened."""
        tailing, self.tailing = self.tailing, None
        # What is cancelled just as its query or its read ends may go on as if nothing had been
        # said, and would watch for a client that has left: so it is told until it has ended.
        while tailing is not None and not tailing.done():
            tailing.cancel()
            await asyncio.wait([tailing], timeout=CANCEL_AGAIN_S)

    async def forward(self, seen: Seen, after: str) -> None:
        """The task that sends a solution to its end; nobody awaits it, so it reports itself."""
        pk = seen.row.pk
        try:
            async with log_feed().client() as client:
                viewers = Viewers(client, pk)
                try:
                    await self.tail(TokenLog(client, pk), viewers, seen, after)
                finally:
                    await viewers.leave(self.viewer)
        except TimeoutError:
            logger.info("socket closed, its client reads too slowly pk=%s", pk)
            await self.close(TOO_SLOW)
        except (redis.exceptions.RedisError, DatabaseProblem) as error:
            logger.warning("socket closed, a store is out of reach pk=%s: %s", pk, error)
            await self.close(TRY_AGAIN)
        except Exception:
            logger.exception("socket closed pk=%s", pk)
            await self.close(TRY_AGAIN)

    async def tail(self, log: TokenLog, viewers: Viewers, seen: Seen, after: str) -> None:
        """Send the log after the entry `after`, or the whole record once that is all there is."""
        await self.send_status(seen)
        is_new, idle, noted_at = True, True, -math.inf
        is_live = is_to_be_measured = False  # live: it has had all that there was
        while True:
            if time.monotonic() - noted_at >= NOTE_EVERY_S:
                # Who came back to a seat has not been asked anew, and gets no other by it.
                standing = guard().known(self) if self.is_authorized else None
                await viewers.note(self.viewer, standing.seat if standing else "")
                noted_at, is_to_be_measured = time.monotonic(), True
            # One that waited may have begun to stream, and may go on without a pause.
            if idle or seen.state == State.QUEUED:
                if not is_new:
                    seen = await self.look(seen)
                is_new = False
                if seen.state == State.ENDED and not await log.holds_more(after):
                    whole = protocol.encode(seen.row.whole())
                    await self.send_entries([Logged(await log.last_id(), whole)])
                    return
            is_live = is_live and self.has_room()  # else more is written while it waits
            room = await self.room()
            entries: Sequence[Logged] = [] if is_live else await log.read(after, count=room)
            if not entries:
                entries = await log_feed().read(log.key, after, count=room)
                is_written = entries and not protocol.is_end(entries[-1].encoded)
                if is_written and seen.state == State.QUEUED:
                    seen = await self.changed(seen, seen.streams())
            if entries and place_of(entries[0][0]) != place_of(after) + 1:
                # Redis and the worker were lost at once, and what this viewer has of the last
                # seconds with them: the text goes on from an earlier place.
                entries = [await self.all_of(log)]
            idle = not entries
            if entries:
                self.sent += [entry.id for entry in entries]  # before any can be acknowledged
                await self.send_entries(entries)
                if is_live and is_to_be_measured and not log_feed().measuring.locked():
                    is_to_be_measured = False
                    async with log_feed().measuring:
                        await self.measure_lag(log, entries[0])
                after = entries[-1].id
                if protocol.is_end(entries[-1].encoded):
                    return
            is_live = len(entries) <= min(FEW, room - 1)  # else there may be more

    async def send_entries(self, entries: Sequence[Logged]) -> None:
        """In one frame. Raises TimeoutError for one who has had more than anybody can have read."""
        text = protocol.framed([protocol.with_id(entry.id, entry.encoded) for entry in entries])
        self.unread += len(entries)
        self.sent_bytes += len(text.encode())
        if self.sent_bytes > MOST_SENT:
            raise TimeoutError
        await self.send(text_data=text)

    async def measure_lag(self, log: TokenLog, logged: Logged) -> None:
        lag_s = await log.lag(logged)
        await metrics.add_async(log.client, metrics.measured("log_lag_seconds", lag_s))

    async def all_of(self, log: TokenLog) -> Logged:
        """All entries so far as one, with the id of the last."""
        records = await log.records()
        return Logged(last_id_of(records), protocol.encode(transcript_of(records).whole()))

    async def look(self, before: Seen) -> Seen:
        """The row as it is now; its status is sent where it is another one."""
        return await self.changed(before, await looks().at(before.row.pk))

    async def changed(self, before: Seen, now: Seen) -> Seen:
        if now.status != before.status:
            await self.send_status(now)
        return now

    async def send_status(self, seen: Seen) -> None:
        state, reason, ahead = seen.status
        await self.send_message(
            type="solution.status",
            solution=str(seen.row.code),
            state=state,
            waiting_for=reason,
            ahead=ahead,
        )

    def has_room(self) -> bool:
        return len(self.sent) < WINDOW and self.unread < MOST_UNREAD

    async def room(self) -> int:
        """How many more entries may be sent now; waits for the client, but not for ever.

        Asking for something else meanwhile makes the wait no longer.
        """
        while not self.has_room():
            self.stuck_since = self.stuck_since or time.monotonic()
            async with asyncio.timeout(self.stuck_since + PATIENCE_S - time.monotonic()):
                self.acknowledged.clear()
                await self.acknowledged.wait()
        return WINDOW - len(self.sent)

    def note_drawn(self, entry_id: str) -> None:
        if entry_id in self.sent:
            del self.sent[: self.sent.index(entry_id) + 1]
            self.unread, self.stuck_since = len(self.sent), None
            self.acknowledged.set()
