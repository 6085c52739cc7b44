"""The generation worker: takes queued solutions, generates them on its engine, records them.

One thread of Celery's for each solution, one event loop for all of them (`EngineHost`), a heartbeat
that renews the leases, hears of cancellations and tells that the worker is there, and a sweeper
of what workers were lost over.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import aclosing, closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from functools import partial
from itertools import zip_longest
from pathlib import PurePath
from queue import SimpleQueue
from typing import TypeVar
from uuid import uuid4

import redis
import redis.exceptions
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from tutor import logs
from tutor.engine.completion import (
    EngineAway,
    EngineFailed,
    Outcome,
    PromptTooLong,
)
from tutor.engine.prompts import Recipe, weights_name
from tutor.grading.steps.client import check_step
from tutor.solutions import metrics
from tutor.solutions.db_connections import DatabaseThreads, kept
from tutor.solutions.dispatch.presence import (
    SERVER,
    Presence,
    announce,
    connect,
    present_workers,
    withdraw,
)
from tutor.solutions.generation.completions import DEADLINE_S, Completions
from tutor.solutions.generation.engine_host import AWAY_S, EngineHost, StartEngine
from tutor.solutions.generation.lease_sweeper import Sweeper
from tutor.solutions.generation.recording import grade_solution, measurements, named_outcome
from tutor.solutions.generation.step_checks import CheckStep, StepChecks
from tutor.solutions.log.pipelined_scripts import PipelinedScripts
from tutor.solutions.log.token_log import (
    Fenced,
    LogLost,
    Record,
    TokenLog,
    last_id_of,
    redis_client,
)
from tutor.solutions.log.viewers import watched
from tutor.solutions.log.writer import PATIENCE_S, LogWriter
from tutor.solutions.models import LEASE, Checkpoint, Solution
from tutor.solutions.recipes import recipe_of
from tutor.solutions.requests.access import note_help_of
from tutor.solutions.tasks import (
    SERVER_AWAY,
    count_vote,
    end_log,
    end_unfinished,
    needs_counting,
    resend,
    set_aside,
)
from tutor.tools.second_pass import correct, go_on, going_on

logger = logging.getLogger(__name__)

HEARTBEAT_S = 1.0
CHECKPOINT_S = 2.0
ALONE_S = 15.0  # without a viewer: a page that is loaded again, or a web server, is back by then
AGAIN_S = 0.2  # between two tries to write to a database that is away
NO_RECIPE = "It was asked for by a recipe that is not there any more. Ask for it again."
DATABASE_THREADS = 4
CHECKS = 8  # threads that wait for the processes which check steps


# What breaks off a solution by no fault of its own: a store, another worker, or this one's end.
_BROKEN_OFF = (Fenced, LogLost, redis.exceptions.RedisError, DatabaseError, CancelledError)

R = TypeVar("R")


class Stop(Enum):
    """Why a running solution is stopped from outside."""

    CANCELLED = "its viewer cancelled it, or the last one left"
    DRAINING = "the worker is shutting down"
    LOST = "another worker holds it"


@dataclass
class Job:
    """A solution that this worker holds."""

    solution: Solution
    recipe: Recipe | None = None
    writer: LogWriter | None = None
    kept: int = 0  # how many records of its log are in the database too
    task: "asyncio.Task[Outcome] | None" = None
    stop: Stop | None = None
    alone_since: float | None = None  # with nobody who watches it
    started_at: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()

    @property
    def is_answering(self) -> bool:
        """Whether the model has begun to write what others will want to read too."""
        return self.writer is not None and bool(self.writer.transcript.steps)

    def news(self) -> list[Record]:
        """What stands in the log and not yet in the database."""
        return self.writer.records[self.kept :] if self.writer else []


class Worker:
    """`check`: None leaves the steps unchecked, to measure what checking costs.

    node: what Celery calls this process.
    """

    def __init__(
        self,
        start_engine: StartEngine,
        model: str,
        check: CheckStep | None = check_step,
        node: str = "",
    ) -> None:
        self.id = uuid4()
        self.node = node
        self.model = model
        self.weights = weights_name(model, None)  # what solutions must have been asked of
        self.host = EngineHost(start_engine, on_return=self._go_on, on_long_absence=self._end_begun)
        self.jobs: dict[int, Job] = {}
        self._claiming = threading.Lock()
        self._to_claim: SimpleQueue[Future[Solution | None]] = SimpleQueue()
        self._database = DatabaseThreads(DATABASE_THREADS)
        self._redis = redis_client()
        self._scripts = PipelinedScripts(self._redis)
        self.check = check
        self.unwatched = Completions(self.host, corrects=check is not None)
        self._checking = ThreadPoolExecutor(CHECKS, thread_name_prefix="checks")
        self._draining = False
        # Of each that broke off with its server: how many tokens it had at most, and since when.
        self._standstills: dict[int, tuple[int, float]] = {}
        self._missed: dict[str, str] = {}  # what the last beat could not do, and why
        self._kept_at = time.monotonic()
        self._stopped = threading.Event()
        self._heart = threading.Thread(target=self._keep_beating, name="heartbeat", daemon=True)
        self._sweeper = Sweeper()

    def start(self) -> None:
        """Load the model and announce the worker; raises what the engine raises."""
        self._heart.start()
        self._sweeper.start()
        self.host.start()
        logger.info("engine ready worker=%s model=%s", self.id, self.model)

    # Celery's threads

    def solve(self) -> None:
        """Work out the solution whose turn it is, if one waits; returns when that has ended."""
        if self._draining or self.host.away:
            return  # the row stays queued, for another worker, or until this one can go on
        try:
            solution = self._claim_next()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("nothing claimed: %s", error)  # a sweep sends it again
            return
        if solution is None:
            return
        pk = solution.pk
        logs.begin(solution.request)  # the message was of another wish, perhaps
        logger.info("solution claimed pk=%s fence=%d", pk, solution.fence)
        job = self.jobs[pk] = Job(solution)
        engine = self.host.name  # one that fails is there no more
        if self._draining:
            self._stop(job, Stop.DRAINING)  # who drains has not seen it
        try:
            job.recipe, kept = self._database.call(_asked_and_kept, solution)
            if job.recipe is None:
                logger.warning("solution failed pk=%s: no recipe %s", pk, solution.recipe)
                end_unfinished(solution, NO_RECIPE)
                return
            writer, outcome = self.host.run(self._generate(job, kept)).result()
            self._settle(job, writer, outcome)
        except _BROKEN_OFF as error:
            logger.warning("solution broken off pk=%s: %r", pk, error)
            self._patiently(lambda: self._give_back(solution, crashed=False))
        except EngineAway as error:
            logger.warning("solution broken off pk=%s, its server is away: %s", pk, error)
            self._patiently(lambda: self._give_back_without_server(job))
        except EngineFailed as error:
            logger.warning("solution broken off pk=%s, the engine failed: %s", pk, error)
            failed = {"why": str(error), "engine": engine}
            self._patiently(lambda: self._give_back(solution, crashed=True, **failed))
        except PromptTooLong as error:
            logger.warning("solution failed pk=%s: %s", pk, error)
            end_unfinished(solution, str(error))
        finally:
            if self.jobs.get(pk) is job:  # and not a later claim of this same worker's
                del self.jobs[pk]

    def _claim_next(self) -> Solution | None:
        """Whose turn it is; a class that asks at once is claimed by one thread for all others."""
        mine: Future[Solution | None] = Future()
        self._to_claim.put(mine)
        with self._claiming:
            if not mine.done():
                self._claim_for([self._to_claim.get() for _ in range(self._to_claim.qsize())])
        return mine.result()

    def _claim_for(self, asking: "list[Future[Solution | None]]") -> None:
        claim_next = partial(Solution.objects.claim_next, self.id, self.weights, len(asking))
        try:
            claimed = self._database.call(claim_next)
        except BaseException as error:  # noqa: BLE001 - each of them raises it
            for one in asking:
                one.set_exception(error)
        else:
            for one, solution in zip_longest(asking, claimed):
                one.set_result(solution)

    def _settle(self, job: Job, writer: LogWriter, outcome: Outcome) -> None:
        if job.stop is Stop.DRAINING:
            self._give_back(job.solution, crashed=False)
        elif job.stop is not Stop.LOST:
            self._record(job, writer, outcome)

    def _record(self, job: Job, writer: LogWriter, outcome: Outcome) -> None:
        """Grade the answer, write the row once, and close the log."""
        solution, transcript = job.solution, writer.transcript
        grade = None
        if outcome is not Outcome.ABORTED:
            grade = grade_solution(solution.version, transcript.answer)
            outcome = named_outcome(outcome, transcript.answer, grade)
        measured = measurements(writer, job.started_at)
        named = {"model": PurePath(self.model).name, "engine": self.host.name}
        finish = partial(solution.finish, transcript, outcome, grade, **named, **measured)
        self._standstills.pop(solution.pk, None)
        if not self._patiently(lambda: self._database.call(finish)):
            return  # taken over meanwhile: the other's record counts
        logger.info(
            "solution ended pk=%s outcome=%s verdict=%s tokens=%d ttft_s=%s",
            *(solution.pk, outcome, solution.verdict, transcript.tokens, solution.ttft_s),
        )
        try:
            self.host.run(self._end_log(solution, writer)).result()
        finally:
            self._patiently(lambda: self._count_vote(solution))
            self._patiently(lambda: self._database.call(note_help_of, solution))

    def _count_vote(self, solution: Solution) -> None:
        """Takes seconds where there is something to compare, and then a connection of its own."""
        if self._database.call(needs_counting, solution):
            count_vote(solution)

    def _give_back(self, solution: Solution, *, crashed: bool, **failed: str) -> None:
        if not solution.release(crashed=crashed, **failed):
            return
        logger.info("solution given back pk=%s", solution.pk)
        solution.refresh_from_db()
        if not set_aside(solution):
            resend(solution)

    def _patiently(self, write: Callable[[], R]) -> R:
        """Again while the database is away, or has no room: a generation costs more than a wait.

        Where the process is to end, no longer than the lease on what is written may last.
        """
        began_at = time.monotonic()
        while True:
            try:
                return write()
            except (OperationalError, InterfaceError):
                patience_s = LEASE.total_seconds() if self._draining else PATIENCE_S
                if time.monotonic() - began_at > patience_s:
                    raise
                connection.close()
                time.sleep(AGAIN_S)

    # A model's server that is away

    def _give_back_without_server(self, job: Job) -> None:
        """Once its server is back it goes on; but not for ever with one that falls over it."""
        if self._stands_still(job):
            end_unfinished(job.solution, SERVER_AWAY)
        else:
            self._give_back(job.solution, crashed=False)

    def _stands_still(self, job: Job) -> bool:
        """Whether it got no further since it broke off for the first time, long ago."""
        now = time.monotonic()
        tokens = job.writer.transcript.tokens if job.writer else 0
        farthest, since = self._standstills.get(job.solution.pk, (-1, now))
        if tokens > farthest:
            farthest, since = tokens, now
        self._standstills[job.solution.pk] = farthest, since
        return now - since > AWAY_S

    def _go_on(self) -> None:
        """Have what waits worked out, now that the server is back."""
        self._database.call(self._send_waiting)

    def _send_waiting(self) -> None:
        for solution in Solution.objects.waiting().of_weights(self.weights):
            resend(solution)

    def _end_begun(self) -> None:
        """End what has waited for the server for long, unless another worker can go on with it."""
        with connect() as client:
            others = [one for one in present_workers(client) if one.is_ready]
        if self.weights not in {weights_name(one.model, None) for one in others}:
            self._database.call(self._end_waiting)

    def _end_waiting(self) -> None:
        long_ago = timezone.now() - timedelta(seconds=AWAY_S)
        begun = Solution.objects.waiting().of_weights(self.weights).filter(fence__gt=0)
        for solution in begun.filter(claimed_at__lt=long_ago):
            logger.warning("solution ended pk=%s, its server is away", solution.pk)
            end_unfinished(solution, SERVER_AWAY)

    # The engine's event loop

    async def _generate(self, job: Job, kept: list[Record]) -> tuple[LogWriter, Outcome]:
        solution = job.solution
        job.kept = len(kept)
        is_held = database_sync_to_async(solution.is_held)
        log = self._log_of(solution)
        writer = LogWriter(log, solution.fence, is_held, lambda: len(self.jobs))
        try:
            return writer, await self._write(job, writer, kept)
        finally:
            await writer.stop()

    async def _end_log(self, solution: Solution, writer: LogWriter) -> None:
        log = self._log_of(solution)
        await end_log(log, solution.fence, solution.end(), after=last_id_of(writer.records))
        rewritten = metrics.counted("logs_rewritten", by=writer.rewritten)
        await metrics.add_async(self._redis, metrics.of_ended(solution) + rewritten)

    def _log_of(self, solution: Solution) -> TokenLog:
        return TokenLog(self._redis, solution.pk, self._scripts)

    async def _write(self, job: Job, writer: LogWriter, kept: list[Record]) -> Outcome:
        await writer.take_over(kept)
        job.writer = writer
        try:
            while True:
                outcome = await self._pass(job, writer)
                if job.stop or not await self._goes_back(job, writer, outcome):
                    return outcome
        except PromptTooLong:
            if not writer.transcript.corrections:
                raise
            return await writer.undo()  # what there is leaves no room to go on

    async def _pass(self, job: Job, writer: LogWriter) -> Outcome:
        """Write to the end of a text, and have its steps checked."""
        statement = job.solution.version.statement
        async with StepChecks(writer, statement, self.check, self._checking) as checks:
            # With an outcome in the log, only checks and the record are still to be written.
            outcome = Outcome(writer.outcome or await self._decode(job, writer, checks))
            if job.stop in {None, Stop.CANCELLED}:
                await checks.finish()
        return outcome

    async def _goes_back(self, job: Job, writer: LogWriter, outcome: Outcome) -> bool:
        """Take back what follows from a refuted step, if there is one and it may be done again."""
        said = writer.transcript
        if len(said.corrections) >= settings.CORRECTIONS or outcome is Outcome.ABORTED:
            return False
        if self.check is None or not (await self.host.engine_or_end()).continues:
            return False
        statement = job.solution.version.statement
        found = await asyncio.get_running_loop().run_in_executor(
            self._checking, correct, statement, said.answer
        )
        if found is None or job.stop:
            return False
        begun, correction = found
        await writer.go_back(begun, correction)
        logger.info("solution corrected pk=%s step=%d", job.solution.pk, correction.step)
        return True

    async def _decode(self, job: Job, writer: LogWriter, checks: StepChecks) -> Outcome:
        assert job.recipe is not None  # noqa: S101 - else it was refused
        job.task = asyncio.create_task(self._stream(job.solution, job.recipe, writer, checks))
        if job.stop:
            job.cancel()  # it came before there was a task to cancel
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

    async def _stream(
        self, solution: Solution, recipe: Recipe, writer: LogWriter, checks: StepChecks
    ) -> Outcome:
        version = solution.version
        prompt = recipe.prompt(version.statement, version.choices, version.language)
        engine = await self.host.engine_or_end()
        request_id = f"{logs.request_id()}.{solution.code}-{solution.fence}"
        sampling, said = recipe.sampling, writer.transcript
        so_far = tuple(said.token_ids) if engine.continues else ()
        if said.corrections and engine.continues:
            prompt = go_on(prompt, said.reasoning, said.begun)
            sampling = going_on(sampling, len(said.corrections))
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
            await self.host.discard(engine, error)
            raise
        return outcome

    # The heartbeat's thread

    def _keep_beating(self) -> None:
        with closing(connection), connect(hurries=True) as client:
            while not self._stopped.wait(HEARTBEAT_S):
                self._beat(client)

    def _beat(self, client: "redis.Redis") -> None:
        """First the leases, which must outlive a Redis that is away."""
        try:
            kept(self._look_after, dict(self.jobs))
        except (DatabaseError, InterfaceError) as error:
            # The leases outlive a short outage; after a long one others take over.
            self._miss("heartbeat missed", error)
        else:
            self._missed.pop("heartbeat missed", None)
        try:
            announce(client, self.presence())
            self._give_up_left(client, dict(self.jobs))
        except redis.exceptions.RedisError as error:
            self._miss("worker not announced", error)
        else:
            self._missed.pop("worker not announced", None)

    def _miss(self, what: str, error: Exception) -> None:
        """Told once for each reason, which may last for hours."""
        if self._missed.get(what) != str(error):
            logger.warning("%s: %s", what, error)
        self._missed[what] = str(error)

    def presence(self) -> Presence:
        return Presence(
            str(self.id),
            self.host.is_ready,
            self.model,
            self.host.name,
            len(self.jobs),
            node=self.node,
            waits_for=SERVER if self.host.away else "",
        )

    def _look_after(self, jobs: dict[int, Job]) -> None:
        """Renew the leases of `jobs`, and stop those that were cancelled or lost."""
        if not jobs:
            return
        held = Solution.objects.held_by(self.id).filter(pk__in=jobs)
        held.renew()
        rows = {row.pk: row for row in held.only("cancel_requested_at", "is_kept")}
        for pk, job in jobs.items():
            if pk not in rows:
                self._stop(job, Stop.LOST)
                continue
            job.solution.is_kept = rows[pk].is_kept  # others may want it since it was claimed
            if rows[pk].cancel_requested_at:
                self._stop(job, Stop.CANCELLED)
        if time.monotonic() - self._kept_at >= CHECKPOINT_S:
            self._kept_at = time.monotonic()
            self.keep(jobs)

    def _give_up_left(self, client: "redis.Redis", jobs: dict[int, Job]) -> None:
        """Stop those whose last viewer has left before there was any answer."""
        left = {pk: job for pk, job in jobs.items() if not job.solution.is_kept}
        if not left:
            return
        seen, now = watched(client, left), time.monotonic()
        for pk, job in left.items():
            job.alone_since = None if pk in seen else job.alone_since or now
            if job.alone_since and now - job.alone_since >= ALONE_S and not job.is_answering:
                self._stop(job, Stop.CANCELLED)

    def keep(self, jobs: dict[int, Job]) -> None:
        """Write what the logs have got since last time to the database too."""
        news = {pk: (job, job.news()) for pk, job in jobs.items()}
        with transaction.atomic():
            # Locked, so that nobody claims one meanwhile and reads half of it.
            held = Solution.objects.held_by(self.id).filter(pk__in=news).select_for_update()
            fences = dict(held.values_list("pk", "fence"))
            kept = [
                (job, records)
                for pk, (job, records) in news.items()
                if records and fences.get(pk) == job.solution.fence
            ]
            Checkpoint.objects.keep(
                [Checkpoint.of(job.solution, job.kept, records) for job, records in kept]
            )
        for job, records in kept:
            job.kept += len(records)

    def _stop(self, job: Job, why: Stop) -> None:
        if job.stop is None:
            job.stop = why
            self.host.call(job.cancel)

    # The end of the process

    def drain(self) -> None:
        """Give every running solution back; its text stays in the log for the next worker."""
        self._draining = True
        for job in list(self.jobs.values()):
            self._stop(job, Stop.DRAINING)
        self.unwatched.drain()

    def stop(self) -> None:
        self.drain()  # what still runs is broken off, and nothing may take that for its end
        self._sweeper.stop()
        self._stopped.set()
        self._heart.join(timeout=5)
        with suppress(redis.exceptions.RedisError), connect() as client:
            withdraw(client, self.id)
        self.host.stop(self._redis.aclose)
        self._database.stop()
        self._checking.shutdown(wait=False, cancel_futures=True)


def _asked_and_kept(solution: Solution) -> tuple[Recipe | None, list[Record]]:
    """How it is asked for, and what the database has of its log; None: by no recipe of ours."""
    kept = solution.checkpoints.records() if solution.fence > 1 else []
    return recipe_of(solution.recipe), kept
