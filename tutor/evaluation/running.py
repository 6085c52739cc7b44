"""Draws what is missing of a run, several samples at once, each kept as soon as it ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from typing import TextIO

from tutor.engine.completion import Engine, EngineFailed, Outcome, Prompt, PromptTooLong, Sampling
from tutor.engine.prompts import Recipe
from tutor.evaluation.conditions import Conditions, Place, Plan
from tutor.evaluation.drawing import draw, judged
from tutor.evaluation.memory import MemoryWatch
from tutor.evaluation.problems import Problem
from tutor.evaluation.progress import Progress
from tutor.evaluation.samples import Sample, SampleLog

TRIES = 2  # of a sample whose engine fails
JUDGES = 2  # threads; what takes long is computed in child processes


class Drawing:
    """The samples of a plan that a log does not hold yet. Belongs to the engine's event loop."""

    def __init__(
        self,
        engine: Engine,
        recipe: Recipe,
        conditions: Conditions,
        log: SampleLog,
        terminal: TextIO,
        corrections: int = 0,
    ) -> None:
        self.engine, self.recipe, self.conditions, self.log = engine, recipe, conditions, log
        self.corrections = corrections
        self._terminal = terminal
        self._memory = MemoryWatch()

    async def run(self, problems: list[Problem], plan: Plan, at_once: int) -> None:
        """Until all are drawn. Raises EngineFailed, OSError; what ended is kept, whatever ends it.

        Cancelled, it aborts what is being drawn.
        """
        by_code = {problem.code: problem for problem in problems}
        missing = [p for p in plan.places(list(by_code)) if p not in self.log.drawn]
        progress = Progress(plan.size, plan.size - len(missing), self._terminal)
        places = iter(missing)
        beside = [asyncio.create_task(self._memory.watch()), asyncio.create_task(progress.tick())]
        with ThreadPoolExecutor(JUDGES) as judges:
            drawing = [
                asyncio.create_task(self._draw_all(places, by_code, progress, judges))
                for _ in range(min(at_once, len(missing)))
            ]
            try:
                await asyncio.gather(*drawing)
            finally:
                for task in (*drawing, *beside):
                    task.cancel()
                await asyncio.gather(*drawing, *beside, return_exceptions=True)
                progress.end()

    async def _draw_all(
        self,
        places: Iterator[Place],
        problems: dict[str, Problem],
        progress: Progress,
        judges: Executor,
    ) -> None:
        loop = asyncio.get_running_loop()
        for place in places:
            problem = problems[place.problem]
            drawn = await self._drawn(problem, place)
            sample = await loop.run_in_executor(judges, judged, drawn, problem)
            sample = replace(
                sample, memory_mib=self._memory.peak_mib, conditions=self.conditions.digest
            )
            self.log.append(sample)
            progress.note(sample)

    async def _drawn(self, problem: Problem, place: Place) -> Sample:
        """A failure is the sample's own only where the engine still answers others."""
        began_at = time.time()
        for _ in range(TRIES):
            try:
                return await draw(
                    *(self.engine, self.recipe, problem, place, self.conditions.seed),
                    corrections=self.corrections,
                )
            except EngineFailed as error:
                failure = error
        if not await self._answers():
            raise failure
        return Sample(
            problem=place.problem,
            run=place.run,
            sample=place.sample,
            seed=place.seed(self.conditions.seed),
            outcome=Outcome.ENGINE_FAILED,
            reasoning="",
            text="",
            tokens=0,
            answer="",
            verdict="",
            rule="",
            began_at=round(began_at, 3),
            error=str(failure),
        )

    async def _answers(self) -> bool:
        """Whether the engine says one token when asked something small."""
        prompt, sampling = Prompt("1 + 1 = ?"), Sampling(max_tokens=1)
        try:
            deltas = self.engine.stream(prompt, sampling, request_id=f"alive-{time.time()}")
            async with aclosing(deltas):
                async for _ in deltas:
                    return True
        except (EngineFailed, PromptTooLong):
            return False
        return False
