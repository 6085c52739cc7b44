"""Takes one sample and grades it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from tutor.engine.completion import (
    Delta,
    Engine,
    EngineFailed,
    Outcome,
    Prompt,
    PromptTooLong,
    Sampling,
    ToolCall,
)
from tutor.engine.prompts import SolutionRecipe
from tutor.evaluation.conditions import SampleId
from tutor.evaluation.problems import EvaluationProblem
from tutor.evaluation.samples import TOO_LONG, SampleRecord
from tutor.grading import grade_completion
from tutor.grading.check_process.client import check_step
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import StepCheck
from tutor.text_gate import storable
from tutor.tools.second_pass import Correction, correct, prompt_after, sampling_after

_UNFINISHED = {"", Outcome.ABORTED, Outcome.ENGINE_FAILED}
MAX_STEP_S = 10.0  # to check one step
# For engines that do not look for repetition themselves: the same text ten times over.
_REPEATS = 10
_MIN_LENGTH, _MAX_LENGTH = 8, 512  # characters of the repeated text
_CHECK_EVERY = 64  # pieces
_TOLERANCE = 16  # tokens over the limit, before a completion is cut off


@dataclass
class ReceivedCompletion:
    """What came of a completion; `answer` and `reasoning` in the pieces in which they came."""

    began: float = field(default_factory=time.monotonic)
    reasoning: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    tokens: int = 0
    pieces: int = 0
    first: float | None = None
    last: float | None = None
    outcome: str = ""
    calls: list[ToolCall] = field(default_factory=list)

    def add(self, delta: Delta) -> None:
        self.reasoning.append(delta.reasoning)
        self.answer.append(delta.answer)
        self.tokens += delta.tokens
        self.outcome = str(delta.outcome or self.outcome)
        self.calls += [delta.call] if delta.call else []
        if delta.tokens or delta.reasoning or delta.answer:
            self.pieces += 1
            self.last = time.monotonic()
            self.first = self.first or self.last

    @property
    def ttft_s(self) -> float | None:
        return None if self.first is None else round(self.first - self.began, 4)

    @property
    def end(self) -> str:
        """The last pieces, enough to see a repetition."""
        parts = self.answer if any(self.answer[-_REPEATS:]) else self.reasoning
        return "".join(parts[-_MAX_LENGTH * _REPEATS :])


async def take_sample(
    engine: Engine,
    recipe: SolutionRecipe,
    problem: EvaluationProblem,
    sample_id: SampleId,
    seed: int,
    corrections: int = 0,
) -> SampleRecord:
    """Take a sample that is not graded yet. Raises EngineFailed.

    corrections: how often a refuted step may be taken back for the model to go on.
    """
    sampling = replace(recipe.sampling, seed=sample_id.seed(seed))
    prompt = recipe.prompt(problem.statement, problem.choices, problem.language)
    request_id = f"evaluation-{sample_id.problem}-{sample_id.run}-{sample_id.sample}-{time.time()}"
    began_at = time.time()
    writing = _Writing(engine, prompt, sampling, request_id)
    error = await writing.complete(problem.statement, corrections)
    return SampleRecord.ungraded(sample_id, seed, began_at, error=error, **writing.to_dict())


@dataclass
class _Writing:
    """The text of one sample as it grows."""

    engine: Engine
    prompt: Prompt
    sampling: Sampling
    request_id: str
    received: ReceivedCompletion = field(default_factory=ReceivedCompletion)
    text: str = ""
    corrections: list[Correction] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The fields of a `SampleRecord`."""
        received = self.received
        return {
            "outcome": received.outcome,
            "reasoning": storable("".join(received.reasoning)),
            "text": self.text,
            "tokens": received.tokens,
            "ttft_s": received.ttft_s,
            "seconds": round((received.last or time.monotonic()) - received.began, 4),
            "pieces": received.pieces,
            "calls": [asdict(call) for call in received.calls],
            "corrections": [correction.to_dict() for correction in self.corrections],
        }

    async def complete(self, statement: str, corrections: int) -> str:
        """Write it, with at most so many corrections; returns an error, or "".

        Raises EngineFailed.
        """
        try:
            await self.write()
            while len(self.corrections) < corrections and await self.correct(statement):
                pass
        except PromptTooLong as too_long:
            self.received.outcome = self.received.outcome or TOO_LONG
            return str(too_long)
        return ""

    async def write(self) -> None:
        """Raises EngineFailed and PromptTooLong."""
        deltas = self.engine.stream(self.prompt, self.sampling, request_id=self.request_id)
        await _listen(self.received, deltas, self.sampling)
        self.text = storable("".join(self.received.answer))

    async def correct(self, statement: str) -> bool:
        """Take a refuted step back, and let the model go on; False where nothing is refuted.

        Raises EngineFailed and PromptTooLong.
        """
        corrected = await asyncio.to_thread(correct, statement, self.text)
        if corrected is None:
            return False
        begun, correction = corrected
        reasoning = storable("".join(self.received.reasoning))
        corrections = [*self.corrections, correction]
        sampling = sampling_after(
            self.sampling,
            reasoning + begun,
            [each.taken_back for each in corrections],
            self.received.tokens,
        )
        prompt = prompt_after(self.prompt, reasoning, begun)
        request_id = f"{self.request_id}-{len(corrections)}"
        deltas = self.engine.stream(prompt, sampling, request_id=request_id)
        self.text = begun + storable(await _listen(self.received, deltas, sampling))
        self.corrections = corrections
        return True


async def _listen(
    received: ReceivedCompletion, deltas: AsyncGenerator[Delta, None], sampling: Sampling
) -> str:
    """Receive all deltas; returns the text added to the answer.

    Raises EngineFailed and PromptTooLong.
    """
    before, tokens = len(received.answer), received.tokens
    ended = ""
    async with aclosing(deltas):
        async for delta in deltas:
            received.add(delta)
            ended = str(delta.outcome or ended)
            if not ended and (reason := _reason_to_stop(received, sampling.max_tokens + tokens)):
                ended = reason
                break
    if ended in _UNFINISHED:
        raise EngineFailed("the engine broke off within the completion")
    received.outcome = ended
    return "".join(received.answer[before:])


def _reason_to_stop(received: ReceivedCompletion, max_tokens: int) -> str:
    """Why to stop a completion that does not end by itself; "" without a reason."""
    if received.pieces % _CHECK_EVERY == 0 and repeats_itself(received.end):
        return Outcome.LOOPING
    return Outcome.BUDGET_EXHAUSTED if received.tokens > max_tokens + _TOLERANCE else ""


def repeats_itself(text: str) -> bool:
    """Whether the text ends in the same 8 to 512 characters ten times over."""
    end = text.rstrip()
    if not end:
        return False
    return any(
        end.endswith(end[-size:] * _REPEATS)
        for size in range(_MIN_LENGTH, min(_MAX_LENGTH, len(end) // _REPEATS) + 1)
    )


def graded(sample: SampleRecord, problem: EvaluationProblem) -> SampleRecord:
    """The sample with its answer, verdict and checked steps. May take seconds."""
    grade = grade_completion(sample.text, problem.key)
    checks = step_checks(problem.statement, sample.text)
    return replace(
        sample,
        answer=grade.answer,
        verdict=str(grade.verdict),
        rule=grade.rule,
        steps=dict(Counter(str(check.verdict) for check in checks)),
        checks=[check.to_dict() for check in checks],
    )


def steps_of(text: str) -> list[str]:
    """The steps of a text, as a solution's page shows them."""
    return list(cut_steps(text)) if text.strip() else []


def step_checks(statement: str, text: str) -> list[StepCheck]:
    steps = steps_of(text)
    return [check_step(statement, steps[: n + 1], MAX_STEP_S) for n in range(len(steps))]
