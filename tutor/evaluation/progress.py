"""Writes a run's progress: every second to a terminal, every 30 s to a log."""

from __future__ import annotations

import asyncio
import time
from typing import TextIO

from tutor.evaluation.samples import SampleRecord

ON_TERMINAL_S = 1.0
IN_LOG_S = 30.0


class ProgressLine:
    """total: samples in the plan; stored: those taken before."""

    def __init__(self, total: int, stored: int, terminal: TextIO) -> None:
        self.total, self.stored = total, stored
        self.taken = self.right = self.tokens = 0
        self._terminal = terminal
        self._began = time.monotonic()
        self._is_terminal = terminal.isatty()

    def note(self, sample: SampleRecord) -> None:
        self.taken += 1
        self.right += sample.is_right
        self.tokens += sample.tokens

    async def tick(self) -> None:
        """Write the line repeatedly, until cancelled."""
        while True:
            await asyncio.sleep(ON_TERMINAL_S if self._is_terminal else IN_LOG_S)
            self._write_line()

    def end(self) -> None:
        self._write_line()
        if self._is_terminal:
            self._terminal.write("\n")

    def _write_line(self) -> None:
        line = self.line(time.monotonic() - self._began)
        self._terminal.write(f"\r\033[K{line}" if self._is_terminal else f"{line}\n")
        self._terminal.flush()

    def line(self, seconds: float) -> str:
        """The line to write this long after the start."""
        done = self.stored + self.taken
        rate = self.taken / seconds if seconds > 0 else 0.0
        parts = [
            f"{done} of {self.total} samples",
            f"{self.right} of {self.taken} right",
            f"{60 * rate:.1f} a minute",
            f"{self.tokens / seconds if seconds > 0 else 0:.0f} tokens/s",
        ]
        if rate and done < self.total:
            parts.append(f"{duration((self.total - done) / rate)} left")
        return ", ".join(parts)


def duration(seconds: float) -> str:
    """In two units at most: 45 s, 12 min, 3 h 5 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
