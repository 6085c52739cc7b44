"""Turns an engine's deltas into log entries, a few dozen milliseconds of them at a time."""

import time
from collections.abc import Iterator

from tutor.engine.completion import Delta, Outcome
from tutor.solutions.protocol import Entry, ReasoningDelta, StepDelta, StepSettled, Whole
from tutor.solutions.step_cutter import StepCutter
from tutor.solutions.token_log import Record, TokenLog
from tutor.solutions.transcript import Transcript
from tutor.text_gate import storable

FLUSH_S = 0.04  # one entry costs the same whether it holds one token or ten


class LogWriter:
    """Writes one solution's log under one fence; `transcript` is what the log says."""

    def __init__(self, log: TokenLog, fence: int) -> None:
        self.transcript = Transcript()
        self.outcome = ""  # how decoding ended, as an earlier worker may have seen already
        self.first_token_at: float | None = None
        self.last_token_at: float | None = None
        self.new_tokens = 0
        self._log = log
        self._fence = fence
        self._known = 0  # entries in the log
        self._cutter = StepCutter()
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
        for _ in self._cutter.feed(self.transcript.answer):
            pass  # only brings the cutter to where the text stops
        if self._fence > 1 and not records:
            # Viewers may still show text that Redis has lost since: it begins anew.
            await self._write([Record(Whole())])

    async def begin_anew(self) -> None:
        """Take back what an earlier worker wrote, where it cannot be gone on from."""
        if self.transcript.reasoning or self.transcript.steps:
            await self._write([Record(Whole())])
            self._cutter = StepCutter()

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
        entries = list(self._entries())
        if not entries:
            return  # ids of an unfinished character wait for its text
        records = [Record(entry) for entry in entries]
        records[0] = Record(entries[0], tuple(self._token_ids))
        self._token_ids = []
        await self._write(records)

    def _entries(self) -> Iterator[Entry]:
        if self._reasoning:
            yield ReasoningDelta(self._reasoning, self._reasoning_tokens)
            self._reasoning, self._reasoning_tokens = "", 0
        settled = self.transcript.settled
        for step, text in self._cutter.feed(self._answer):
            for complete in range(settled, step):
                yield StepSettled(complete)
            settled = max(settled, step)
            yield StepDelta(step, text, self._answer_tokens)
            self._answer_tokens = 0
        self._answer = ""

    async def close(self, outcome: Outcome) -> None:
        """Write what is left. `outcome` goes with it, so nobody decodes on after this."""
        await self.flush()
        self.outcome = outcome
        last: Entry = ReasoningDelta("", 0)
        if self.transcript.settled < len(self.transcript.steps):
            last = StepSettled(len(self.transcript.steps) - 1)
        await self._write([Record(last, tuple(self._token_ids), outcome)])
        self._token_ids = []

    async def _write(self, records: list[Record]) -> None:
        await self._log.append(self._fence, records, self._known)
        self._known += len(records)
        for record in records:
            self.transcript.apply(record.entry, record.token_ids)
