"""Limits how often sockets are opened: each costs a look at the session."""

import time
from collections import OrderedDict
from typing import Any

from tutor.concurrency import Application, Caller, caller_of

# Of one person: many windows that come back several times while the server restarts. Of one
# address, for sessions that this process does not know yet: a large school after a restart.
PER_PERSON_S, BURST_OF_PERSON = 4.0, 100.0
PER_ADDRESS_S, BURST_OF_ADDRESS = 20.0, 1_000.0
MAX_CALLERS = 20_000  # that are remembered


class HandshakeLimit:
    """Refuses sockets of a caller who opens too many; a page tries again after some seconds."""

    def __init__(self, application: Application) -> None:
        self.application = application
        # Allowance and when it was counted, by caller; the one who came last at the end.
        self.allowances: OrderedDict[Caller, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._may_open(caller_of(scope)):
            await self.application(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    def _may_open(self, caller: Caller) -> bool:
        per_s, burst = PER_ADDRESS_S, BURST_OF_ADDRESS
        if caller.is_person:
            per_s, burst = PER_PERSON_S, BURST_OF_PERSON
        now = time.monotonic()
        allowance, counted_at = self.allowances.get(caller, (burst, now))
        allowance = min(burst, allowance + (now - counted_at) * per_s)
        may_open = allowance >= 1
        self.allowances[caller] = (allowance - may_open, now)
        self.allowances.move_to_end(caller)
        if len(self.allowances) > MAX_CALLERS:
            self.allowances.popitem(last=False)
        return may_open
