"""Measures how much memory the engine's processes use on this machine."""

from __future__ import annotations

import asyncio

EVERY_S = 2.0


class MemoryWatch:
    """peak_mib: the peak so far; None if the engine is not a process of ours.

    Shared pages count once (PSS). GPU memory is left out: an engine takes its configured share of
    it from the start.
    """

    def __init__(self) -> None:
        self.peak_mib: int | None = None

    async def watch(self) -> None:
        """Measure until cancelled."""
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
