"""How much of this machine's memory the engine's processes take."""

from __future__ import annotations

import asyncio

EVERY_S = 2.0


class MemoryWatch:
    """peak_mib: the most so far; None for an engine that is not one of our processes.

    Shared pages count once (PSS). A card's memory is no part of it: there an engine takes the
    share that it was given, from the start.
    """

    def __init__(self) -> None:
        self.peak_mib: int | None = None

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            now = await asyncio.to_thread(engine_memory_mib)
            if now is not None:
                self.peak_mib = max(now, self.peak_mib or 0)
            await asyncio.sleep(EVERY_S)


def engine_memory_mib() -> int | None:
    try:
        from tutor.engine.orphans import memory_mib
    except ImportError:  # psutil, which comes with an engine
        return None
    return memory_mib()
