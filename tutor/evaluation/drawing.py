"""One sample: asked, listened to until it ends, judged."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace

from tutor.engine.completion import (
    Delta,
    Engine,
    EngineFailed,
    Outcome,
    PromptTooLong,
    Sampling,
    ToolCall,
)
from tutor.engine.prompts import Recipe
from tutor.evaluation.conditions import Place
from tutor.evaluation.problems import Problem
from tutor.evaluation.samples import TOO_LONG, Sample
from tutor.grading import grade_completion
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.client import check_step
from tutor.text_gate import storable
from tutor.tools.second_pass import Correction, correct, go_on, going_on

_NO_END_OF_ITS_OWN = {"", Outcome.ABORTED, Outcome.ENGINE_FAILED}
CHECK_S = 10.0  # of one step
# As in the engines, for those that do not look for it: the same text ten times over.
_REPEATS = 10
_SHORTEST, _LONGEST = 8, 512  # characters of it
_LOOK_EVERY = 64  # tokens
_BEYOND = 16  # tokens more than it may have, before a completion is cut off


@dataclass
class Heard:
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

    def hear(self, delta: Delta) -> None:
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
    def end(self) -> str:
        """Enough of it to see whether it repeats itself."""
        parts = self.answer if any(self.answer[-_REPEATS:]) else self.reasoning
        return "".join(parts[-_LONGEST * _REPEATS :])


async def draw(
    engine: Engine, recipe: Recipe, problem: Problem, place: Place, seed: int, corrections: int = 0
) -> Sample:
    """Raises EngineFailed. What it says is not judged yet: see `judged`.

    corrections: how often at most a refuted step is taken back, and the model goes on.
    """
    sampling = replace(recipe.sampling, seed=place.seed(seed))
    prompt = recipe.prompt(problem.statement, problem.choices, problem.language)
    request_id = f"evaluation-{place.problem}-{place.run}-{place.sample}-{time.time()}"
    began_at, error = time.time(), ""
    heard, text, made = Heard(), "", list[Correction]()
    try:
        await _listen(heard, engine.stream(prompt, sampling, request_id=request_id), sampling)
        text, within = storable("".join(heard.answer)), heard.tokens
        for number in range(1, corrections + 1):
            found = await asyncio.to_thread(correct, problem.statement, text)
            if found is None:
                break
            begun, correction = found
            reasoning = storable("".join(heard.reasoning))
            share = len(reasoning + begun) / max(len(reasoning + text), 1)
            kept, before = min(within, round(within * share)), heard.tokens
            left = going_on(sampling, number, kept)
            again = go_on(prompt, reasoning, begun)
            deltas = engine.stream(again, left, request_id=f"{request_id}-{number}")
            text = begun + storable(await _listen(heard, deltas, left))
            within = kept + heard.tokens - before
            made.append(correction)
    except PromptTooLong as too_long:
        heard.outcome, error = heard.outcome or TOO_LONG, str(too_long)
    return Sample(
        problem=place.problem,
        run=place.run,
        sample=place.sample,
        seed=place.seed(seed),
        outcome=heard.outcome,
        reasoning=storable("".join(heard.reasoning)),
        text=text,
        tokens=heard.tokens,
        answer="",
        verdict="",
        rule="",
        ttft_s=None if heard.first is None else round(heard.first - heard.began, 4),
        seconds=round((heard.last or time.monotonic()) - heard.began, 4),
        pieces=heard.pieces,
        began_at=round(began_at, 3),
        error=error,
        calls=[asdict(call) for call in heard.calls],
        corrections=[correction.to_dict() for correction in made],
    )


async def _listen(heard: Heard, deltas: AsyncGenerator[Delta, None], sampling: Sampling) -> str:
    """Until it ends; what it adds to the answer. Raises EngineFailed and PromptTooLong."""
    before, tokens = len(heard.answer), heard.tokens
    ended = ""
    async with aclosing(deltas):
        async for delta in deltas:
            heard.hear(delta)
            ended = str(delta.outcome or ended)
            if not ended and (why := _without_end(heard, sampling.max_tokens + tokens)):
                ended = why
                break
    if ended in _NO_END_OF_ITS_OWN:
        raise EngineFailed("the engine broke off within the completion")
    heard.outcome = ended
    return "".join(heard.answer[before:])


def _without_end(heard: Heard, most: int) -> str:
    """Why to stop listening to an engine that knows no end; "" while there is no reason."""
    if heard.pieces % _LOOK_EVERY == 0 and repeats_itself(heard.end):
        return Outcome.LOOPING
    return Outcome.BUDGET_EXHAUSTED if heard.tokens > most + _BEYOND else ""


def repeats_itself(text: str) -> bool:
    """Whether it ends in the same 8 to 512 characters ten times over."""
    end = text.rstrip()
    if not end:
        return False
    return any(
        end.endswith(end[-size:] * _REPEATS)
        for size in range(_SHORTEST, min(_LONGEST, len(end) // _REPEATS) + 1)
    )


def judged(sample: Sample, problem: Problem) -> Sample:
    """With its answer, verdict and steps. May take seconds, and the grader's child processes."""
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
    """Cut as a solution's page shows them."""
    return list(cut_steps(text)) if text.strip() else []


def step_checks(statement: str, text: str) -> list[StepCheck]:
    steps = steps_of(text)
    return [check_step(statement, steps[: n + 1], CHECK_S) for n in range(len(steps))]
