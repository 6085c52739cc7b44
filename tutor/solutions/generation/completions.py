"""Completions on a worker's engine that nobody watches: hints and samples."""

import asyncio
import time
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass, replace

from django.conf import settings

from tutor.engine.completion import EngineFailed, Outcome, Prompt, PromptTooLong, Sampling
from tutor.solutions.generation.engine_host import EngineHost
from tutor.solutions.log.transcript import MAX_TEXT
from tutor.text_gate import fitting, storable
from tutor.tools.second_pass import Correction, correct, prompt_after, sampling_after

DEADLINE_S = 30 * 60  # for one solution; Celery's own limits work only in the prefork pool
SHORT_DEADLINE_S = 90.0  # for a short completion


@dataclass(frozen=True)
class Completed:
    """text: the answer, without the reasoning."""

    text: str
    reasoning: str
    outcome: Outcome
    tokens: int
    seconds: float


class Completions:
    """Called in Celery's threads. corrects: whether samples are corrected, as solutions are."""

    def __init__(self, host: EngineHost, *, corrects: bool) -> None:
        self._host = host
        self._corrects = corrects
        self._draining = False
        self._running: set[Future[Completed]] = set()

    def complete(self, prompt: Prompt, sampling: Sampling, request_id: str) -> tuple[str, Outcome]:
        """The answer of a short completion, and its outcome.

        Raises EngineFailed and PromptTooLong.
        """
        done: Completed = self._host.run(
            self._complete(prompt, sampling, request_id, SHORT_DEADLINE_S)
        ).result()
        return done.text, done.outcome

    def sample(
        self, statement: str, prompt: Prompt, sampling: Sampling, request_id: str
    ) -> Completed:
        """A whole solution that nobody watches, corrected like one that is watched.

        Raises EngineFailed and PromptTooLong, and CancelledError where the worker shuts down.
        """
        done = self._sampled(prompt, sampling, request_id)
        taken_back: list[str] = []
        for number in range(1, settings.CORRECTIONS + 1):
            corrected = self._correction(statement, done)
            if corrected is None:
                break
            begun, correction = corrected
            taken_back.append(correction.taken_back)
            text_before = done.reasoning + begun
            try:
                further = self._sampled(
                    prompt_after(prompt, done.reasoning, begun),
                    sampling_after(sampling, text_before, taken_back, done.tokens),
                    f"{request_id}-{number}",
                )
            except PromptTooLong:
                break  # the corrected text leaves no room to go on
            done = replace(
                further,
                text=begun + further.text,
                reasoning=done.reasoning,
                tokens=done.tokens + further.tokens,
                seconds=done.seconds + further.seconds,
            )
        return done

    def _correction(self, statement: str, done: Completed) -> tuple[str, Correction] | None:
        if done.outcome is Outcome.ABORTED or not self._corrects:
            return None
        can_go_on = self._host.run(self._host.engine_or_exit()).result().continues
        return correct(statement, storable(done.text)) if can_go_on else None

    def _sampled(self, prompt: Prompt, sampling: Sampling, request_id: str) -> Completed:
        """One completion within a solution's deadline. Raises what `sample` raises."""
        running = self._host.run(self._complete(prompt, sampling, request_id, DEADLINE_S))
        self._running.add(running)
        if self._draining:
            running.cancel()
        try:
            done: Completed = running.result()
        finally:
            self._running.discard(running)
        return done

    async def _complete(
        self, prompt: Prompt, sampling: Sampling, request_id: str, within_s: float
    ) -> Completed:
        engine = await self._host.engine_or_exit()
        began_at = time.monotonic()
        pieces: list[str] = []
        thoughts: list[str] = []
        tokens = size = 0
        outcome = Outcome.ABORTED
        try:
            async with (
                asyncio.timeout(within_s),
                aclosing(engine.stream(prompt, sampling, request_id=request_id)) as deltas,
            ):
                async for delta in deltas:
                    pieces.append(delta.answer)
                    thoughts.append(delta.reasoning)
                    tokens += delta.tokens
                    outcome = delta.outcome or outcome
                    size += len(f"{delta.answer}{delta.reasoning}".encode(errors="replace"))
                    if size > MAX_TEXT:
                        outcome = Outcome.BUDGET_EXHAUSTED
                        break
        except TimeoutError:
            outcome = Outcome.BUDGET_EXHAUSTED
        except EngineFailed as error:
            await self._host.discard(engine, error)
            raise
        took_s = time.monotonic() - began_at
        text = fitting(storable("".join(pieces)), MAX_TEXT)
        reasoning = fitting(storable("".join(thoughts)), MAX_TEXT)
        return Completed(text, reasoning, outcome, tokens, took_s)

    def drain(self) -> None:
        """Cancel all samples, now and from now on."""
        self._draining = True
        for sample in list(self._running):
            sample.cancel()
