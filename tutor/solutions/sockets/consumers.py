"""The websocket of a live solution: checks what a viewer may see, and sends it."""

import asyncio
import json
import logging
import time
from typing import Any
from uuid import uuid4

import redis.exceptions
from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseProblem
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from tutor import logs
from tutor.attempts.access import read_item
from tutor.engine.completion import Outcome
from tutor.solutions.db_connections import with_persistent_connection
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.dispatch.quotas import QuotaReached
from tutor.solutions.help_given import note_watched
from tutor.solutions.log import protocol
from tutor.solutions.log.protocol import (
    NOT_SIGNED_IN,
    START_OF_LOG,
    TOO_LARGE,
    TOO_MANY,
    TOO_SLOW,
    TRY_AGAIN,
    Cancel,
    Malformed,
    Shown,
    Start,
    Watch,
)
from tutor.solutions.log.reader import log_feed
from tutor.solutions.log.token_log import TokenLog
from tutor.solutions.log.viewers import Viewers
from tutor.solutions.models import Solution
from tutor.solutions.requests.access import help_with
from tutor.solutions.requests.asking import request_with
from tutor.solutions.sockets.send_window import SendWindow
from tutor.solutions.sockets.session_guard import MAX_SOCKETS, AccessSnapshot, guard
from tutor.solutions.sockets.status_cache import Snapshot, load_snapshots, snapshot_of
from tutor.solutions.sockets.tail import Tail

logger = logging.getLogger(__name__)

MAX_FRAME_BYTES = 64 * 1024  # of one frame from a client
CANCEL_AGAIN_S = 1.0
REQUESTS_PER_S, BURST = 10.0, 40.0
MAX_MEANINGLESS = 100  # frames on one socket that ask for nothing it may have


class Refused(Exception):
    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class SolutionConsumer(AsyncWebsocketConsumer):
    """A socket watches one solution at a time, and may go from one to the next."""

    tailing: asyncio.Task[None] | None = None

    async def __call__(self, *args: Any) -> None:
        try:
            await super().__call__(*args)
        finally:  # daphne cancels a socket that takes long to end, without a call of `disconnect`
            guard().leave(self)
            if self.tailing is not None:
                self.tailing.cancel()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As channels does, without closing old database connections first.

        That is done in the one thread for queries, where a handshake would wait for other sockets'
        queries. Here each query closes them itself.
        """
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        logs.begin_socket(self.scope["headers"])  # for this connection's own task
        self.viewer = str(uuid4())
        self.is_turned_away = False
        self.watched: Solution | None = None
        self.window = SendWindow()
        self.meaningless = 0
        self.allowance, self.counted_at = BURST, time.monotonic()
        self.session_key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
        await self.accept()
        try:
            access = await guard().admit(self, self.session_key)
        except DatabaseProblem:
            await self.close(TRY_AGAIN)
            return
        if access is None:
            await self.close(NOT_SIGNED_IN)
            return
        translation.activate(access.user.language)  # for this connection's own task
        if guard().count(access.user) > MAX_SOCKETS:
            message = _(
                "You are watching solutions in too many windows. Close some, and load this page "
                "again."
            )
            await self.refuse("too_many_windows", message)
            await self.turn_away(TOO_MANY)

    async def disconnect(self, code: int) -> None:
        guard().leave(self)
        await self.stop_tailing()

    async def turn_away(self, code: int) -> None:
        """Close it from the server's side, and ignore what it still asks."""
        guard().leave(self)
        self.is_turned_away = True
        await self.stop_tailing()
        await self.close(code)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_turned_away:
            return
        if len(bytes_data or (text_data or "").encode("utf-8", "surrogatepass")) > MAX_FRAME_BYTES:
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
        if self.meaningless > MAX_MEANINGLESS:
            await self.turn_away(TOO_MANY)

    def count_request(self) -> None:
        """Raises Refused for a client that sends more than a person can ask for."""
        now = time.monotonic()
        earned = (now - self.counted_at) * REQUESTS_PER_S
        self.allowance, self.counted_at = min(BURST, self.allowance + earned) - 1, now
        if self.allowance < 0:
            raise Refused("too_many", _("Too many requests at once. Wait a few seconds."))

    async def handle(self, request: protocol.Request) -> None:
        if not isinstance(request, Shown):  # a long replay is acknowledged often; that is cheap
            self.count_request()
        match request:
            case Start(item):
                await self.watch(await self.ask(await self.signed_in(), item), START_OF_LOG)
            case Watch(code, after):
                access = await self.require_access(guard().last_access(self))
                again = await self.find_again(access, code) if after != START_OF_LOG else None
                snapshot = again or await self.find(access.user, code)
                await self.watch(snapshot, after, is_authorized=again is None)
            case Shown(code, entry_id):
                if self.watched is not None and self.watched.code == code:
                    self.window.acknowledge(entry_id)
                else:
                    self.meaningless += 1
            case Cancel(code):
                await self.cancel(*await self.find_to_cancel(await self.signed_in(), code))

    async def signed_in(self) -> User:
        """The session's user by the database, not by the guard's last check."""
        return (await self.require_access(await guard().access(self.session_key))).user

    async def require_access(self, access: AccessSnapshot | None) -> AccessSnapshot:
        if access is None:
            await self.close(NOT_SIGNED_IN)
            raise Refused("not_allowed", _("You are signed out. Sign in again to go on."))
        return access

    @with_persistent_connection
    def ask(self, user: User, code: Any) -> Snapshot:
        try:
            item, access = read_item(user, code)
        except Http404 as error:
            message = _("You cannot open this problem now. Open it again from your home page.")
            raise Refused("not_found", message) from error
        decision = help_with(access, user, item)
        if not decision.is_allowed:
            raise Refused("not_allowed", decision.reason)
        try:
            solution = request_with(access, user, item, is_live=True)
        except QuotaReached as error:
            raise Refused("not_now", str(error)) from error
        if solution is None:
            raise Refused("abstained", _("No solution by the model is shown here."))
        return snapshot_of(solution)

    @with_persistent_connection
    def find(self, user: User, code: Any) -> Snapshot:
        solution = visible_solution(user, code)
        note_watched(solution, user)
        return snapshot_of(solution)

    @with_persistent_connection
    def find_to_cancel(self, user: User, code: Any) -> tuple[Solution, bool]:
        """Also whether `user` may stop it."""
        solution = visible_solution(user, code)
        return solution, solution.may_be_cancelled_by(user)

    async def find_again(self, access: AccessSnapshot, code: Any) -> Snapshot | None:
        """The solution for a person with the same access who watched it moments ago.

        The full check takes ten times as long as everything else on coming back, and when a
        network or a server comes back, so does a whole school at once.
        """
        snapshot = next(iter(await load_snapshots(code=code)), None)
        if snapshot is None:
            return None
        async with log_feed().client() as client:
            has_watched = await Viewers(client, snapshot.row.pk).has_watched(access.access_key)
        return snapshot if has_watched else None

    async def cancel(self, solution: Solution, may_stop: bool) -> None:
        """Stop a solution that nobody else watches or waits for; else only this viewer leaves."""
        async with log_feed().client() as client:
            other_viewers = await Viewers(client, solution.pk).others_than(self.viewer)
            last_id = await TokenLog(client, solution.pk).last_id()
        if may_stop and not other_viewers:
            await with_persistent_connection(cancel_solution)(solution)
            return
        await self.stop_tailing()
        end = protocol.encode(protocol.SolutionEnd(Outcome.ABORTED))
        await self.send(text_data=protocol.with_id(protocol.id_after(last_id), end))

    # Sending

    async def refuse(self, reason: str, message: str) -> None:
        code = str(self.watched.code) if self.watched else None
        await self.send_text(
            json.dumps(
                {
                    "type": "request.refused",
                    "reason": reason,
                    "message": message,
                    "solution": code,
                }
            )
        )

    async def send_text(self, text: str) -> None:
        await self.send(text_data=text)

    async def watch(self, snapshot: Snapshot, after: str, *, is_authorized: bool = True) -> None:
        await self.stop_tailing()
        self.watched, self.is_authorized = snapshot.row, is_authorized
        self.window.begin_solution()
        self.tailing = asyncio.create_task(self.forward(snapshot, after))

    def access_key(self) -> str:
        """Empty for a viewer who came back without a full check: it must not prolong itself."""
        access = guard().last_access(self) if self.is_authorized else None
        return access.access_key if access else ""

    async def stop_tailing(self) -> None:
        """Cancel the task and wait until it has closed what it opened."""
        tailing, self.tailing = self.tailing, None
        # A task that is cancelled just as its query or its read ends may miss the cancellation and
        # go on for a client that has left. So it is cancelled until it has ended.
        while tailing is not None and not tailing.done():
            tailing.cancel()
            await asyncio.wait([tailing], timeout=CANCEL_AGAIN_S)

    async def forward(self, snapshot: Snapshot, after: str) -> None:
        """Send a solution to its end. Nobody awaits this task, so it logs its own errors."""
        pk = snapshot.row.pk
        try:
            async with log_feed().client() as client:
                await Tail(
                    TokenLog(client, pk),
                    snapshot,
                    after,
                    viewer=self.viewer,
                    access_key=self.access_key,
                    window=self.window,
                    send=self.send_text,
                ).run()
        except TimeoutError:
            logger.info("socket closed, its client reads too slowly pk=%s", pk)
            await self.close(TOO_SLOW)
        except (redis.exceptions.RedisError, DatabaseProblem) as error:
            logger.warning("socket closed, a store is out of reach pk=%s: %s", pk, error)
            await self.close(TRY_AGAIN)
        except Exception:
            logger.exception("socket closed pk=%s", pk)
            await self.close(TRY_AGAIN)


def visible_solution(user: User, code: Any) -> Solution:
    solution = Solution.objects.visible_to(user).select_related("version").filter(code=code).first()
    if solution is None:
        raise Refused(
            "not_found",
            _("You cannot open this solution now. Open its problem again from your home page."),
        )
    return solution
