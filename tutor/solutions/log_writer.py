"""Turns an engine's deltas into log entries, a few dozen milliseconds of them at a time."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import redis.exceptions

from tutor.engine.completion import Delta, Outcome
from tutor.solutions.protocol import (
    Entry,
    ReasoningDelta,
    StepChecked,
    StepDelta,
    StepSettled,
    Whole,
)
from tutor.solutions.step_cutter import StepCutter
from tutor.solutions.token_log import Fenced, LogLost, Record, TokenLog
from tutor.solutions.transcript import Transcript
from tutor.text_gate import storable

FLUSH_S = 0.04  # one entry costs the same whether it holds one token or ten


class LogWriter:
    """Writes one solution's log under one fence; `transcript` is what the log says.

    Two tasks write: the one that streams, and the one that has its steps checked.
    """

    def __init__(self, log: TokenLog, fence: int) -> None:
        self.transcript = Transcript()
        self.has_settled = asyncio.Event()  # a step, since somebody cleared it
        self.outcome = ""  # how decoding ended, as an earlier worker may have seen already
        self.first_token_at: float | None = None
        self.last_token_at: float | None = None
        self.new_tokens = 0
        self._log = log
        self._fence = fence
        self._known = 0  # entries in the log
        self._writing = asyncio.Lock()
        self._failure: Exception | None = None
        self._cutter = StepCutter()
        self._begun = self._settled = 0  # steps, as the entries so far say
        self._reasoning = self._answer = ""
        self._reasoning_tokens = self._answer_tokens = 0
        self._token_ids: list[int] = []
        self._flushed_at = 0.0

    async def take_over(self) -> None:
        """Shut out earlier writers and read what they left, to go on from there."""
        await self._log.append(self._fence, [])
        records = await self._log.records()
        self._known = len(records)
        for record in records:
            self.transcript.apply(record.entry, record.token_ids)
            self.outcome = record.outcome or self.outcome
            if not isinstance(record.entry, StepChecked):
                self._answer = record.held
        for _ in self._cutter.feed(self.transcript.answer):
            pass  # only brings the cutter to where the text stops
        self._begun, self._settled = len(self.transcript.steps), self.transcript.settled
        if self._fence > 1 and not records:
            # Viewers may still show text that Redis has lost since: it begins anew.
            await self._write([Record(Whole())])

    async def begin_anew(self) -> None:
        """Take back what an earlier worker wrote, where it cannot be gone on from."""
        if self.transcript.reasoning or self.transcript.steps:
            await self._write([Record(Whole())])
            self._cutter, self._answer = StepCutter(), ""
            self._begun = self._settled = 0

    async def take(self, delta: Delta) -> None:
        now = time.monotonic()
        if delta.tokens:
            self.first_token_at = self.first_token_at or now
            self.last_token_at = now
        self._buffer(delta)
        if now - self._flushed_at >= FLUSH_S:
            self._flushed_at = now
            await self.flush()

    def _buffer(self, delta: Delta) -> None:
        self.new_tokens += delta.tokens
        self._token_ids.extend(delta.token_ids)
        self._reasoning += storable(delta.reasoning)
        self._answer += storable(delta.answer)
        if delta.answer or self._answer or self.transcript.steps:
            self._answer_tokens += delta.tokens
        else:
            self._reasoning_tokens += delta.tokens

    async def flush(self) -> None:
        pieces = list(self._cutter.feed(self._answer))
        self._answer = ""
        await self._write_entries(list(self._entries(pieces)))

    async def _write_entries(self, entries: list[Entry]) -> None:
        if not entries:
            return  # ids of an unfinished character wait for its text
        ids, self._token_ids = tuple(self._token_ids), []
        held = self._cutter.held
        first, *others = entries
        records = [Record(first, ids, held=held)]
        await self._write(records + [Record(entry, held=held) for entry in others])

    def _entries(self, pieces: list[tuple[int, str]]) -> Iterator[Entry]:
        if self._reasoning:
            yield ReasoningDelta(self._reasoning, self._reasoning_tokens)
            self._reasoning, self._reasoning_tokens = "", 0
        for step, text in pieces:
            for complete in range(self._settled, step):
                yield StepSettled(complete)
            self._begun, self._settled = step + 1, step
            yield StepDelta(step, text, self._answer_tokens)
            self._answer_tokens = 0

    async def close(self, outcome: Outcome) -> None:
        """Write what is left. `outcome` goes with it, so nobody decodes on after this."""
        await self.flush()
        await self._write_entries(list(self._entries(list(self._cutter.finish()))))
        self.outcome = outcome
        last: Entry = ReasoningDelta("", 0)
        if self._settled < self._begun:
            last = StepSettled(self._begun - 1)
        await self._write([Record(last, tuple(self._token_ids), outcome)])
        self._token_ids = []

    async def write_check(self, step: int, check: dict[str, Any]) -> None:
        await self._write([Record(StepChecked(step, check))])

    async def _write(self, records: list[Record]) -> None:
        # Whoever waits may be cancelled at any moment; what is being written is written.
        await asyncio.shield(self._append(records))

    async def _append(self, records: list[Record]) -> None:
        async with self._writing:
            if self._failure is not None:
                raise self._failure  # how much the log holds is not known any more
            try:
                await self._log.append(self._fence, records, self._known)
            except (Fenced, LogLost, redis.exceptions.RedisError) as error:
                self._failure = error
                raise
            self._known += len(records)
            for record in records:
                self.transcript.apply(record.entry, record.token_ids)
                if isinstance(record.entry, StepSettled):
                    self.has_settled.set()
