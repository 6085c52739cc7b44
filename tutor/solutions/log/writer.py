"""Turns an engine's deltas into log entries, a few dozen milliseconds of them at a time."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import redis.exceptions
from django.db import DatabaseError

from tutor.engine.completion import Delta, Outcome, ToolCall
from tutor.grading.prose.step_cutter import StepCutter
from tutor.grading.steps.client import UNCHECKED
from tutor.solutions.log.protocol import (
    Entry,
    ReasoningDelta,
    StepChecked,
    StepDelta,
    StepSettled,
    Whole,
)
from tutor.solutions.log.token_log import (
    Fenced,
    LogLost,
    Record,
    TokenLog,
    is_passing,
    last_id_of,
    most_of,
)
from tutor.solutions.log.transcript import (
    MOST_CHECKS,
    MOST_STEPS,
    MOST_TEXT,
    Transcript,
    transcript_of,
)
from tutor.text_gate import fitting, storable
from tutor.tools.second_pass import Correction

logger = logging.getLogger(__name__)

FLUSH_S = 0.04  # one entry costs the same whether it holds one token or ten
MOST_ENTRIES_PER_S = 300  # by all writers of a worker, so that most of its time is for tokens
PATIENCE_S = 10 * 60.0  # with a Redis that is away
RETRY_S = 0.2
LONGEST_ENTRY = 16 * 1024  # characters; a server that does not stream says all at once

T = TypeVar("T")

# What Lemma itself notes within a reasoning stands between these, and nothing of the model does.
OURS, END_OF_OURS = "⟦", "⟧"
_NOT_OURS = str.maketrans(OURS + END_OF_OURS, "[]")


def _noted(call: ToolCall) -> str:
    said = f"{call.name} {call.arguments}".translate(_NOT_OURS)
    return f"\n{OURS}Lemma: {said} → {call.result.translate(_NOT_OURS)}{END_OF_OURS}\n"


def _cut(text: str) -> Iterator[str]:
    """In pieces that an entry holds."""
    for start in range(0, len(text), LONGEST_ENTRY):
        yield text[start : start + LONGEST_ENTRY]


def _limited(pieces: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """What comes after the last step that there may be goes with it."""
    for step, text in pieces:
        yield min(step, MOST_STEPS - 1), text


def _packed(check: dict[str, Any]) -> str:
    return json.dumps(check, ensure_ascii=False)


class _Check(NamedTuple):
    record: Record
    written: "asyncio.Future[None]"


def _tell(checks: Sequence[_Check], appending: "asyncio.Future[None]") -> None:
    """What became of checks, to whoever waits for them."""
    error = None if appending.cancelled() else appending.exception()
    for written in (check.written for check in checks if not check.written.done()):
        if appending.cancelled():
            written.cancel()
        elif error:
            written.set_exception(error)
        else:
            written.set_result(None)


class LogWriter:
    """Writes one solution's log under one fence; `transcript` is what the log says.

    Two tasks write: the one that streams, and the one that has its steps checked. `records` are
    all that the log holds, so what Redis loses is written again, under the same ids: no viewer
    sees a character twice. `is_held`: whether this claim still counts, by the database, since the
    fence is lost with the log. `writers`: how many logs this process is writing.
    """

    def __init__(
        self,
        log: TokenLog,
        fence: int,
        is_held: Callable[[], Awaitable[bool]],
        writers: Callable[[], int] = lambda: 1,
    ) -> None:
        self.transcript = Transcript()
        self.records: list[Record] = []
        self.has_settled = asyncio.Event()  # a step, since somebody cleared it
        self.outcome = ""  # how decoding ended, as an earlier worker may have seen already
        self.first_token_at: float | None = None
        self.last_token_at: float | None = None
        self.new_tokens = 0
        self.rewritten = 0  # times that Redis had lost the log
        self._log = log
        self._fence = fence
        self._is_held = is_held
        self._writers = writers
        self._is_patient = True
        self._writing = asyncio.Lock()
        self._failure: Exception | None = None
        self._cutter = StepCutter()
        self._begun = self._settled = 0  # steps, as the entries so far say
        self._reasoning = self._answer = ""
        self._reasoning_tokens = self._answer_tokens = 0
        self._token_ids: list[int] = []
        self._flushed_at = 0.0
        self._checks: list[_Check] = []  # that wait
        self._room, self._room_for_checks = MOST_TEXT, MOST_CHECKS  # bytes

    @property
    def is_full(self) -> bool:
        """Whether there is text that was left out, since the solution has become too long."""
        return self._room < 0

    async def take_over(self, kept: Sequence[Record] = ()) -> None:
        """Shut out earlier writers and read what they left, to go on from there.

        kept: what the database has of the log, for where Redis has less.
        """
        self.records = await self._insist(lambda: self._taken_over(list(kept)))
        for record in self.records:
            self.transcript.apply(record.entry, record.token_ids, record.held)
            # What was whole so far goes on from an earlier place, or begins anew.
            is_another = isinstance(record.entry, Whole)
            self.outcome = record.outcome or ("" if is_another else self.outcome)
            if not isinstance(record.entry, StepChecked):
                self._answer = record.held
        for _ in self._cutter.feed(self.transcript.answer):
            pass  # only brings the cutter to where the text stops
        self._begun, self._settled = len(self.transcript.steps), self.transcript.settled
        self._measure()

    def _measure(self) -> None:
        """What room there is beside what is written; not often, for it takes as long as that."""
        said = self.transcript
        self._room = MOST_TEXT - len(f"{said.reasoning}{said.answer}{self._cutter.held}".encode())
        self._room_for_checks = MOST_CHECKS - sum(len(_packed(one)) for one in said.checks if one)

    async def _taken_over(self, kept: list[Record]) -> list[Record]:
        written = await self._log.records() if await self._log.take_over(self._fence) else []
        most = most_of(written, kept)
        if most is not written:
            await self._log.rewrite(self._fence, most)
        return most

    def give_up(self) -> None:
        """Wait for Redis no longer."""
        self._is_patient = False

    async def stop(self) -> None:
        """Return once nothing is being written any more."""
        self.give_up()
        async with self._writing:
            pass

    async def begin_anew(self) -> None:
        """Take back what an earlier worker wrote, where it cannot be gone on from."""
        if self.transcript.reasoning or self.transcript.steps:
            await self._write([Record(Whole())])
            self._cutter, self._answer = StepCutter(), ""
            self._begun = self._settled = 0
            self._measure()

    async def go_back(self, begun: str, correction: Correction) -> None:
        """Replace the answer by the beginning that the model is to go on from."""
        cutter = StepCutter()
        steps: list[str] = []
        for step, text in _limited(cutter.feed(begun)):
            steps += [""] * (step + 1 - len(steps))
            steps[step] += text
        said = self.transcript
        settled = max(0, len(steps) - 1)
        whole = Whole(
            reasoning=said.reasoning,
            reasoning_tokens=said.reasoning_tokens,
            steps=steps,
            checks=said.checks[: min(correction.step, settled)],  # the last may get more text
            settled=settled,
            tokens=said.tokens,
            corrections=[*said.corrections, correction.to_dict()],
        )
        await self._write([Record(whole, held=cutter.held)])
        self._cutter, self._answer, self.outcome = cutter, "", ""
        self._begun, self._settled = len(steps), settled
        self._measure()

    async def undo(self) -> Outcome:
        """Put back what the last correction took away; returns how that had ended."""
        wholes = (n for n, record in enumerate(self.records) if isinstance(record.entry, Whole))
        before = self.records[: max(wholes)]
        self.outcome = next(record.outcome for record in reversed(before) if record.outcome)
        whole = replace(transcript_of(before).whole(), tokens=self.transcript.tokens)
        await self._write([Record(whole, outcome=self.outcome)])
        return Outcome(self.outcome)

    async def take(self, delta: Delta) -> None:
        now = time.monotonic()
        if delta.tokens:
            self.first_token_at = self.first_token_at or now
            self.last_token_at = now
        self._buffer(delta)
        if now - self._flushed_at >= self._interval_s():
            self._flushed_at = now
            await self.flush()

    def _interval_s(self) -> float:
        return max(FLUSH_S, self._writers() / MOST_ENTRIES_PER_S)

    def _buffer(self, delta: Delta) -> None:
        self.new_tokens += delta.tokens
        self._token_ids.extend(delta.token_ids)
        self._reasoning += self._fitting(storable(delta.reasoning).translate(_NOT_OURS))
        if delta.call:
            self._reasoning += self._fitting(storable(_noted(delta.call)))
        self._answer += self._fitting(storable(delta.answer))
        if delta.answer or self._answer or self.transcript.steps:
            self._answer_tokens += delta.tokens
        else:
            self._reasoning_tokens += delta.tokens

    def _fitting(self, text: str) -> str:
        fitting_text = fitting(text, self._room)
        self._room -= len(text.encode())
        return fitting_text

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
        reasoning, self._reasoning = self._reasoning, ""
        for text in _cut(reasoning):
            yield ReasoningDelta(text, self._reasoning_tokens)
            self._reasoning_tokens = 0
        for step, piece in _limited(pieces):
            for complete in range(self._settled, step):
                yield StepSettled(complete)
            self._begun, self._settled = step + 1, step
            for text in _cut(piece):
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

    async def write_check(self, step: int, check: dict[str, Any], *, at_once: bool = True) -> None:
        """Return once it is in the log; broken off earlier, it may never be.

        at_once: False lets it wait for text to go with, which costs hardly more than the text.
        """
        self._room_for_checks -= len(_packed(check))
        if self._room_for_checks < 0:
            check = UNCHECKED.to_dict()
        written = asyncio.get_running_loop().create_future()
        self._checks.append(waiting := _Check(Record(StepChecked(step, check)), written))
        try:
            if not (at_once or self.outcome):
                await asyncio.wait([written], timeout=2 * self._interval_s())
            if waiting in self._checks:
                await self._write([])
            await written
        finally:
            written.cancel()
            if waiting in self._checks:
                self._checks.remove(waiting)

    async def _write(self, records: list[Record]) -> None:
        """Write them, and the checks that wait.

        Whoever waits may be cancelled at any moment; what is being written is written. What goes
        wrong meanwhile is told to whoever writes next.
        """
        checks, self._checks = self._checks, []
        appending = asyncio.ensure_future(self._append(records + [one.record for one in checks]))
        appending.add_done_callback(partial(_tell, checks))
        await asyncio.shield(appending)

    async def _append(self, records: list[Record]) -> None:
        async with self._writing:
            if self._failure is not None:
                raise self._failure  # how much the log holds is not known any more
            try:
                written = await self._insist(lambda: self._appended(records))
            except (Fenced, LogLost, redis.exceptions.RedisError, DatabaseError) as error:
                self._failure = error
                raise
            self.records += written
            for record in written:
                self.transcript.apply(record.entry, record.token_ids, record.held)
                if isinstance(record.entry, StepSettled):
                    self.has_settled.set()

    async def _appended(self, records: list[Record]) -> list[Record]:
        after = last_id_of(self.records)
        try:
            return await self._log.append(self._fence, records, after)
        except LogLost:
            if not await self._is_held():
                raise
            logger.warning("log written again after=%s", after)
            self.rewritten += 1
            await self._log.rewrite(self._fence, self.records)
            return await self._log.append(self._fence, records, after)

    async def _insist(self, act: Callable[[], Awaitable[T]]) -> T:
        """Do it as soon as Redis is there and takes it: a generation costs more than a wait."""
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                return await act()
            except (redis.exceptions.RedisError, DatabaseError) as error:
                if not is_passing(error) or time.monotonic() > until:
                    raise
                await asyncio.sleep(RETRY_S)
                if not self._is_patient:
                    raise
