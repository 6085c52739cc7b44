"""Writes a solution to its log: the part of a worker that runs on the engine's event loop."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing

from channels.db import database_sync_to_async
from django.conf import settings

from tutor import logs
from tutor.engine.completion import EngineFailed, Outcome, PromptTooLong, Sampling
from tutor.redis_client import async_client
from tutor.solutions import metrics
from tutor.solutions.generation.completions import DEADLINE_S
from tutor.solutions.generation.engine_host import EngineHost
from tutor.solutions.generation.job import Job, Stop
from tutor.solutions.generation.step_checks import CheckStep, StepChecks
from tutor.solutions.log.pipelined_scripts import PipelinedScripts
from tutor.solutions.log.stored_log import end_log
from tutor.solutions.log.token_log import LogRecord, TokenLog, last_id_of
from tutor.solutions.log.transcript import Transcript
from tutor.solutions.log.writer import LogWriter
from tutor.solutions.models import Solution
from tutor.tools.second_pass import correct, prompt_after, sampling_after

logger = logging.getLogger(__name__)

CHECKS = 8  # threads that wait for the processes which check steps


class Generator:
    """check: None leaves the steps unchecked. running: how many solutions the worker holds."""

    def __init__(
        self, host: EngineHost, check: CheckStep | None, running: Callable[[], int]
    ) -> None:
        self.check = check
        self._host = host
        self._running = running
        self._redis = async_client()
        self._scripts = PipelinedScripts(self._redis)
        self._checking = ThreadPoolExecutor(CHECKS, thread_name_prefix="checks")

    async def generate(self, job: Job, checkpointed: list[LogRecord]) -> tuple[LogWriter, Outcome]:
        """Write the solution to its end, going on from what an earlier worker wrote."""
        solution = job.solution
        job.checkpointed = len(checkpointed)
        is_held = database_sync_to_async(solution.is_held)
        writer = LogWriter(self._log_of(solution), solution.fence, is_held, self._running)
        try:
            return writer, await self._write(job, writer, checkpointed)
        finally:
            await writer.stop()

    async def end_log(self, solution: Solution, writer: LogWriter) -> None:
        log = self._log_of(solution)
        await end_log(log, solution.fence, solution.end(), after=last_id_of(writer.records))
        rewritten = metrics.increment("logs_rewritten", by=writer.rewritten)
        await metrics.add_async(self._redis, metrics.of_ended(solution) + rewritten)

    def _log_of(self, solution: Solution) -> TokenLog:
        return TokenLog(self._redis, solution.pk, self._scripts)

    async def _write(self, job: Job, writer: LogWriter, checkpointed: list[LogRecord]) -> Outcome:
        await writer.take_over(checkpointed)
        job.writer = writer
        try:
            while True:
                outcome = await self._write_pass(job, writer)
                if job.stop or not await self._correct(job, writer, outcome):
                    return outcome
        except PromptTooLong:
            if not writer.transcript.corrections:
                raise
            return await writer.undo()  # the corrected text leaves no room to go on

    async def _write_pass(self, job: Job, writer: LogWriter) -> Outcome:
        """Write to the end of a text, and have its steps checked."""
        statement = job.solution.version.statement_without_figures
        async with StepChecks(writer, statement, self.check, self._checking) as checks:
            # With an outcome in the log, only checks and the record are still to be written.
            outcome = Outcome(writer.outcome or await self._decode(job, writer, checks))
            if job.stop in {None, Stop.CANCELLED}:
                await checks.finish()
        return outcome

    async def _correct(self, job: Job, writer: LogWriter, outcome: Outcome) -> bool:
        """Take back what follows from a refuted step; False where there is nothing to correct."""
        transcript = writer.transcript
        if len(transcript.corrections) >= settings.CORRECTIONS or outcome is Outcome.ABORTED:
            return False
        if self.check is None or not (await self._host.engine_or_exit()).continues:
            return False
        statement = job.solution.version.statement_without_figures
        corrected = await asyncio.get_running_loop().run_in_executor(
            self._checking, correct, statement, transcript.answer
        )
        if corrected is None or job.stop:
            return False
        begun, correction = corrected
        await writer.go_back(begun, correction)
        logger.info("solution corrected pk=%s step=%d", job.solution.pk, correction.step)
        return True

    async def _decode(self, job: Job, writer: LogWriter, checks: StepChecks) -> Outcome:
        job.task = asyncio.create_task(self._stream(job, writer, checks))
        if job.stop:
            job.cancel()  # the stop came before there was a task to cancel
        try:
            outcome = await job.task
        except asyncio.CancelledError:
            outcome = Outcome.ABORTED
        except TimeoutError:
            outcome = Outcome.BUDGET_EXHAUSTED
        if job.stop in {None, Stop.CANCELLED}:
            await writer.close(outcome)
        else:
            writer.give_up()
            await writer.flush()
        return outcome

    async def _stream(self, job: Job, writer: LogWriter, checks: StepChecks) -> Outcome:
        assert job.recipe is not None  # noqa: S101 - the worker refuses a job without one
        solution, version, transcript = job.solution, job.solution.version, writer.transcript
        prompt = job.recipe.prompt(version.statement_in_words, version.choices, version.language)
        sampling = job.recipe.sampling
        engine = await self._host.engine_or_exit()
        request_id = f"{logs.request_id()}.{solution.code}-{solution.fence}"
        so_far = tuple(transcript.token_ids) if engine.continues else ()
        if transcript.corrections and engine.continues:
            prompt = prompt_after(prompt, transcript.reasoning, transcript.begun)
            sampling = _sampling_after(transcript, sampling)
        elif not so_far:
            await writer.begin_anew()
        checks.begin()
        deltas = engine.stream(prompt, sampling, request_id=request_id, so_far=so_far)
        outcome = Outcome.ABORTED
        try:
            async with asyncio.timeout(DEADLINE_S), aclosing(deltas):
                async for delta in deltas:
                    await writer.take(delta)
                    outcome = delta.outcome or outcome
                    if writer.is_full:
                        return Outcome.BUDGET_EXHAUSTED
        except EngineFailed as error:
            await self._host.discard(engine, error)
            raise
        return outcome

    async def close(self) -> None:
        await self._redis.aclose()

    def stop_checking(self) -> None:
        self._checking.shutdown(wait=False, cancel_futures=True)


def _sampling_after(transcript: Transcript, sampling: Sampling) -> Sampling:
    """For the pass after the last correction, the same whenever a worker goes on with it."""
    taken_back = [correction["taken_back"] for correction in transcript.corrections]
    tokens = transcript.tokens - len(transcript.token_ids)
    text_before = transcript.reasoning + transcript.begun
    return sampling_after(sampling, text_before, taken_back, tokens)
