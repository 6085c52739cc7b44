"""Limits how often sockets are opened: each costs a look at the session.

The server asks before it begins a socket, so that one that is refused costs hardly anything.
"""

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from tutor.concurrency import Caller, caller_of
from tutor.web.callers import Headers, Network, TrustedProxies, no_such_socket

# Of one person: many windows that come back several times while the server restarts. Of one
# address, for sessions that this process does not know yet: a large school after a restart.
PER_PERSON_S, BURST_OF_PERSON = 4.0, 100.0
PER_ADDRESS_S, BURST_OF_ADDRESS = 20.0, 1_000.0
MAX_CALLERS = 20_000  # that are remembered


class HandshakeLimit:
    """Refuses sockets of a caller who opens too many; a page tries again after some seconds."""

    def __init__(self, proxies: Sequence[Network]) -> None:
        self.proxies = TrustedProxies(no_such_socket, proxies)
        # Allowance and when it was counted, by caller; the one who came last at the end.
        self.allowances: OrderedDict[Caller, tuple[float, float]] = OrderedDict()

    def may_open(self, headers: Headers, peer: Any) -> bool:
        """Counts a socket that is about to be opened. peer: address and port, of a proxy too."""
        client = self.proxies.client_of(peer, headers)
        return self._may_open(caller_of({"headers": headers, "client": client}))

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
