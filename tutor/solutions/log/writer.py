"""Turns an engine's deltas into log entries, one for every few dozen milliseconds."""

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
from tutor.grading.check_process.client import UNCHECKED
from tutor.grading.prose.step_cutter import StepCutter
from tutor.solutions.log.protocol import (
    Entry,
    ReasoningDelta,
    StepChecked,
    StepDelta,
    StepSettled,
    WholeSolution,
)
from tutor.solutions.log.token_log import (
    Fenced,
    LogLost,
    LogRecord,
    TokenLog,
    is_passing,
    last_id_of,
    longer_log,
)
from tutor.solutions.log.transcript import (
    MAX_CHECKS,
    MAX_STEPS,
    MAX_TEXT,
    Transcript,
    transcript_of,
)
from tutor.text_gate import fitting, storable
from tutor.tools.second_pass import Correction

logger = logging.getLogger(__name__)

FLUSH_S = 0.04  # one entry costs the same whether it holds one token or ten
MAX_ENTRIES_PER_S = 300  # of all writers of a worker, which has to spend its time on tokens
PATIENCE_S = 10 * 60.0  # with a Redis that is away
RETRY_S = 0.2
MAX_ENTRY = 16 * 1024  # characters; a server that does not stream sends everything at once

T = TypeVar("T")

# Lemma's own notes within a reasoning stand between these; the model's text never contains them.
NOTE, END_OF_NOTE = "⟦", "⟧"
_WITHOUT_NOTES = str.maketrans(NOTE + END_OF_NOTE, "[]")


def _noted(call: ToolCall) -> str:
    command = f"{call.name} {call.arguments}".translate(_WITHOUT_NOTES)
    return f"\n{NOTE}Lemma: {command} → {call.result.translate(_WITHOUT_NOTES)}{END_OF_NOTE}\n"


def _cut(text: str) -> Iterator[str]:
    """In pieces that fit into an entry."""
    for start in range(0, len(text), MAX_ENTRY):
        yield text[start : start + MAX_ENTRY]


def _limited(pieces: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Text after the last step that is allowed joins that step."""
    for step, text in pieces:
        yield min(step, MAX_STEPS - 1), text


def _packed(check: dict[str, Any]) -> str:
    return json.dumps(check, ensure_ascii=False)


class _Check(NamedTuple):
    record: LogRecord
    written: "asyncio.Future[None]"


def _resolve(checks: Sequence[_Check], appending: "asyncio.Future[None]") -> None:
    """Hand the result of `appending` on to the tasks that wait for the checks."""
    error = None if appending.cancelled() else appending.exception()
    for written in (check.written for check in checks if not check.written.done()):
        if appending.cancelled():
            written.cancel()
        elif error:
            written.set_exception(error)
        else:
            written.set_result(None)


class LogWriter:
    """Writes one solution's log under one fence; `transcript` is what the log adds up to.

    Two tasks write: one streams, the other has the steps checked. `records` holds the whole log,
    so what Redis loses is written again under the same ids, and no viewer sees a character twice.
    is_held: whether the database still counts this claim, since Redis loses the fence with the
    log. writers: how many logs this process is writing.
    """

    def __init__(
        self,
        log: TokenLog,
        fence: int,
        is_held: Callable[[], Awaitable[bool]],
        writers: Callable[[], int] = lambda: 1,
    ) -> None:
        self.transcript = Transcript()
        self.records: list[LogRecord] = []
        self.has_settled = asyncio.Event()  # set when a step has settled
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
        self._begun = self._settled = 0  # steps, by the entries so far
        self._reasoning = self._answer = ""
        self._reasoning_tokens = self._answer_tokens = 0
        self._token_ids: list[int] = []
        self._flushed_at = 0.0
        self._checks: list[_Check] = []  # that wait to be written
        self._room, self._room_for_checks = MAX_TEXT, MAX_CHECKS  # bytes

    @property
    def is_full(self) -> bool:
        """Whether text was left out because the solution has become too long."""
        return self._room < 0

    async def take_over(self, checkpointed: Sequence[LogRecord] = ()) -> None:
        """Shut out earlier writers and read what they left, to go on from there.

        checkpointed: what the database has of the log, in case Redis has less.
        """
        self.records = await self._retry(lambda: self._taken_over(list(checkpointed)))
        for record in self.records:
            self.transcript.apply(record.entry, record.token_ids, record.held)
            # After a WholeSolution the text goes on from an earlier point, or begins anew.
            is_restart = isinstance(record.entry, WholeSolution)
            self.outcome = record.outcome or ("" if is_restart else self.outcome)
            if not isinstance(record.entry, StepChecked):
                self._answer = record.held
        for _ in self._cutter.feed(self.transcript.answer):
            pass  # only brings the cutter to the end of the text
        self._begun, self._settled = len(self.transcript.steps), self.transcript.settled
        self._measure()

    def _measure(self) -> None:
        """Compute the room that is left. Call it rarely: it encodes the whole text."""
        transcript = self.transcript
        text = f"{transcript.reasoning}{transcript.answer}{self._cutter.held}"
        self._room = MAX_TEXT - len(text.encode())
        checks = sum(len(_packed(check)) for check in transcript.checks if check)
        self._room_for_checks = MAX_CHECKS - checks

    async def _taken_over(self, checkpointed: list[LogRecord]) -> list[LogRecord]:
        written = await self._log.records() if await self._log.take_over(self._fence) else []
        records = longer_log(written, checkpointed)
        if records is not written:
            await self._log.rewrite(self._fence, records)
        return records

    def give_up(self) -> None:
        """Stop retrying while Redis is away."""
        self._is_patient = False

    async def stop(self) -> None:
        """Return once no write is in progress."""
        self.give_up()
        async with self._writing:
            pass

    async def begin_anew(self) -> None:
        """Take back what an earlier worker wrote, where this one cannot go on from it."""
        if self.transcript.reasoning or self.transcript.steps:
            await self._write([LogRecord(WholeSolution())])
            self._cutter, self._answer = StepCutter(), ""
            self._begun = self._settled = 0
            self._measure()

    async def go_back(self, begun: str, correction: Correction) -> None:
        """Replace the answer by the beginning from which the model is to go on."""
        cutter = StepCutter()
        steps: list[str] = []
        for step, text in _limited(cutter.feed(begun)):
            steps += [""] * (step + 1 - len(steps))
            steps[step] += text
        before = self.transcript
        settled = max(0, len(steps) - 1)
        whole = WholeSolution(
            reasoning=before.reasoning,
            reasoning_tokens=before.reasoning_tokens,
            steps=steps,
            checks=before.checks[: min(correction.step, settled)],  # the last may get more text
            settled=settled,
            tokens=before.tokens,
            corrections=[*before.corrections, correction.to_dict()],
        )
        await self._write([LogRecord(whole, held=cutter.held)])
        self._cutter, self._answer, self.outcome = cutter, "", ""
        self._begun, self._settled = len(steps), settled
        self._measure()

    async def undo(self) -> Outcome:
        """Restore what the last correction took away; returns the outcome that it had."""
        restarts = (
            n for n, record in enumerate(self.records) if isinstance(record.entry, WholeSolution)
        )
        before = self.records[: max(restarts)]
        self.outcome = next(record.outcome for record in reversed(before) if record.outcome)
        whole = replace(transcript_of(before).whole(), tokens=self.transcript.tokens)
        await self._write([LogRecord(whole, outcome=self.outcome)])
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
        return max(FLUSH_S, self._writers() / MAX_ENTRIES_PER_S)

    def _buffer(self, delta: Delta) -> None:
        self.new_tokens += delta.tokens
        self._token_ids.extend(delta.token_ids)
        self._reasoning += self._fitting(storable(delta.reasoning).translate(_WITHOUT_NOTES))
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
            return  # ids of an incomplete character wait for its text
        ids, self._token_ids = tuple(self._token_ids), []
        held = self._cutter.held
        first, *rest = entries
        records = [LogRecord(first, ids, held=held)]
        await self._write(records + [LogRecord(entry, held=held) for entry in rest])

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
        """Write what is left, with `outcome`, so that no worker decodes on after this."""
        await self.flush()
        await self._write_entries(list(self._entries(list(self._cutter.finish()))))
        self.outcome = outcome
        last: Entry = ReasoningDelta("", 0)
        if self._settled < self._begun:
            last = StepSettled(self._begun - 1)
        await self._write([LogRecord(last, tuple(self._token_ids), outcome)])
        self._token_ids = []

    async def write_check(self, step: int, check: dict[str, Any], *, at_once: bool = True) -> None:
        """Return once the check is in the log; cancelled earlier, it may never be written.

        at_once: False lets it wait for text to be written with, which costs hardly more.
        """
        self._room_for_checks -= len(_packed(check))
        if self._room_for_checks < 0:
            check = UNCHECKED.to_dict()
        written = asyncio.get_running_loop().create_future()
        self._checks.append(waiting := _Check(LogRecord(StepChecked(step, check)), written))
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

    async def _write(self, records: list[LogRecord]) -> None:
        """Write them, and the checks that wait.

        The caller may be cancelled at any moment; the write that has begun is completed. If it
        fails then, the next write raises its error.
        """
        checks, self._checks = self._checks, []
        appending = asyncio.ensure_future(
            self._append(records + [check.record for check in checks])
        )
        appending.add_done_callback(partial(_resolve, checks))
        await asyncio.shield(appending)

    async def _append(self, records: list[LogRecord]) -> None:
        async with self._writing:
            if self._failure is not None:
                raise self._failure  # nobody knows how much the log holds
            try:
                written = await self._retry(lambda: self._appended(records))
            except (Fenced, LogLost, redis.exceptions.RedisError, DatabaseError) as error:
                self._failure = error
                raise
            self.records += written
            for record in written:
                self.transcript.apply(record.entry, record.token_ids, record.held)
                if isinstance(record.entry, StepSettled):
                    self.has_settled.set()

    async def _appended(self, records: list[LogRecord]) -> list[LogRecord]:
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

    async def _retry(self, act: Callable[[], Awaitable[T]]) -> T:
        """Call `act` until Redis is there and takes it: a generation costs more than a wait."""
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
