"""Takes the missing samples of a run, several at once; each is stored as soon as it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from typing import TextIO

from tutor.engine.completion import Engine, EngineFailed, Outcome, Prompt, PromptTooLong, Sampling
from tutor.engine.prompts import SolutionRecipe
from tutor.evaluation.conditions import Conditions, RunPlan, SampleId
from tutor.evaluation.memory import MemoryWatch
from tutor.evaluation.problems import EvaluationProblem
from tutor.evaluation.progress import ProgressLine
from tutor.evaluation.samples import SampleLog, SampleRecord
from tutor.evaluation.sampling import graded, take_sample

MAX_TRIES = 2  # for a sample whose engine fails
GRADER_THREADS = 2  # the slow work is done in child processes


class SampleDrawer:
    """Takes the samples of a plan that a log lacks. Belongs to the engine's event loop."""

    def __init__(
        self,
        engine: Engine,
        recipe: SolutionRecipe,
        conditions: Conditions,
        log: SampleLog,
        terminal: TextIO,
        corrections: int = 0,
    ) -> None:
        self.engine, self.recipe, self.conditions, self.log = engine, recipe, conditions, log
        self.corrections = corrections
        self._terminal = terminal
        self._memory = MemoryWatch()

    async def run(self, problems: list[EvaluationProblem], plan: RunPlan, at_once: int) -> None:
        """Take all. Raises EngineFailed and OSError; finished samples are stored in any case.

        When cancelled, it aborts unfinished samples.
        """
        by_code = {problem.code: problem for problem in problems}
        missing = [p for p in plan.sample_ids(list(by_code)) if p not in self.log.taken]
        progress = ProgressLine(plan.size, plan.size - len(missing), self._terminal)
        queue = iter(missing)
        background = [
            asyncio.create_task(self._memory.watch()),
            asyncio.create_task(progress.tick()),
        ]
        with ThreadPoolExecutor(GRADER_THREADS) as graders:
            taking = [
                asyncio.create_task(self._draw_all(queue, by_code, progress, graders))
                for _ in range(min(at_once, len(missing)))
            ]
            try:
                await asyncio.gather(*taking)
            finally:
                for task in (*taking, *background):
                    task.cancel()
                await asyncio.gather(*taking, *background, return_exceptions=True)
                progress.end()

    async def _draw_all(
        self,
        sample_ids: Iterator[SampleId],
        problems: dict[str, EvaluationProblem],
        progress: ProgressLine,
        graders: Executor,
    ) -> None:
        loop = asyncio.get_running_loop()
        for sample_id in sample_ids:
            problem = problems[sample_id.problem]
            sample = await self._take(problem, sample_id)
            sample = await loop.run_in_executor(graders, graded, sample, problem)
            sample = replace(
                sample, memory_mib=self._memory.peak_mib, conditions=self.conditions.digest
            )
            self.log.append(sample)
            progress.note(sample)

    async def _take(self, problem: EvaluationProblem, sample_id: SampleId) -> SampleRecord:
        """If the engine fails but still answers others, the failure is the sample's outcome."""
        began_at = time.time()
        for _ in range(MAX_TRIES):
            try:
                return await take_sample(
                    self.engine,
                    self.recipe,
                    problem,
                    sample_id,
                    self.conditions.seed,
                    corrections=self.corrections,
                )
            except EngineFailed as error:
                failure = error
        if not await self._answers():
            raise failure
        return SampleRecord.ungraded(
            sample_id,
            self.conditions.seed,
            began_at,
            outcome=Outcome.ENGINE_FAILED,
            error=str(failure),
        )

    async def _answers(self) -> bool:
        """Whether the engine produces a token for a small prompt."""
        prompt, sampling = Prompt("1 + 1 = ?"), Sampling(max_tokens=1)
        try:
            deltas = self.engine.stream(prompt, sampling, request_id=f"alive-{time.time()}")
            async with aclosing(deltas):
                async for _ in deltas:
                    return True
        except (EngineFailed, PromptTooLong):
            return False
        return False
