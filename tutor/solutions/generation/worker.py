"""The generation worker: claims queued solutions, has them generated, and records them.

One of Celery's threads for each solution, one event loop for all of them (`EngineHost`,
`Generator`), a `Heartbeat` that holds the leases, and a `Sweeper` that takes back the solutions of
lost workers.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial
from itertools import zip_longest
from pathlib import PurePath
from queue import SimpleQueue
from typing import TypeVar
from uuid import uuid4

import redis.exceptions
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from tutor import logs
from tutor.engine.completion import EngineAway, EngineFailed, Outcome, PromptTooLong
from tutor.engine.prompts import SolutionRecipe, weights_name
from tutor.grading import Feedback, FeedbackCode
from tutor.grading.check_process.client import check_step
from tutor.redis_client import connect
from tutor.solutions.db_connections import DatabaseThreads
from tutor.solutions.dispatch.lifecycle import SERVER_AWAY, end_unfinished, resend, set_aside
from tutor.solutions.dispatch.model_choice import recipe_of
from tutor.solutions.dispatch.presence import SERVER, Presence, withdraw
from tutor.solutions.dispatch.voting import count_vote, needs_counting
from tutor.solutions.generation.completions import Completions
from tutor.solutions.generation.engine_host import EngineHost, StartEngine
from tutor.solutions.generation.generator import Generator
from tutor.solutions.generation.heartbeat import Heartbeat
from tutor.solutions.generation.job import Job, Stop
from tutor.solutions.generation.lease_sweeper import Sweeper
from tutor.solutions.generation.recording import judged, measurements
from tutor.solutions.generation.server_absence import ServerAbsence
from tutor.solutions.generation.step_checks import CheckStep
from tutor.solutions.help_given import note_help_of
from tutor.solutions.log.token_log import Fenced, LogLost, LogRecord
from tutor.solutions.log.writer import PATIENCE_S, LogWriter
from tutor.solutions.models import LEASE, Solution

logger = logging.getLogger(__name__)

RETRY_S = 0.2  # between two tries to write to a database that is away
NO_RECIPE = Feedback(FeedbackCode.RECIPE_GONE)
TOO_LONG = Feedback(FeedbackCode.PROBLEM_TOO_LONG)
DATABASE_THREADS = 4

# Breaks off a solution by no fault of its own: a store, another worker, or this worker's end.
_BROKEN_OFF = (Fenced, LogLost, redis.exceptions.RedisError, DatabaseError, CancelledError)

R = TypeVar("R")


class Worker:
    """check: None leaves the steps unchecked, to measure what checking costs.

    node: the name that Celery has for this process.
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
        self.weights = weights_name(model, None)  # it takes solutions by this model only
        self.jobs: dict[int, Job] = {}
        self._database = DatabaseThreads(DATABASE_THREADS)
        self._absence = ServerAbsence(self.weights, self._database)
        self.host = EngineHost(
            start_engine,
            on_return=self._absence.resend_waiting,
            on_long_absence=self._absence.end_long_waiting,
        )
        self.generator = Generator(self.host, check, lambda: len(self.jobs))
        self.completions = Completions(self.host, corrects=check is not None)
        self.heartbeat = Heartbeat(
            self.id, self.jobs, presence=self.presence, stop_job=self._stop_job
        )
        self._sweeper = Sweeper()
        self._claiming = threading.Lock()
        self._to_claim: SimpleQueue[Future[Solution | None]] = SimpleQueue()
        self._draining = False

    def start(self) -> None:
        """Load the model and announce the worker; raises what the engine raises.

        The message about a solution that another worker gave back may have ended with that worker,
        so what waits is sent again.
        """
        self.heartbeat.start()
        self._sweeper.start()
        self.host.start()
        logger.info("engine ready worker=%s model=%s", self.id, self.model)
        try:
            self._absence.resend_waiting()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("nothing sent again: %s", error)  # a sweep does

    def presence(self) -> Presence:
        return Presence(
            str(self.id),
            self.host.is_ready,
            self.model,
            self.host.name,
            len(self.jobs),
            node=self.node,
            waits_for=SERVER if self.host.absence_reason else "",
        )

    # Celery's threads

    def solve(self) -> None:
        """Work out the solution whose turn it is, if one waits; returns when that has ended."""
        if self._draining or self.host.absence_reason:
            return  # the row stays queued, for another worker, or until this one can go on
        try:
            solution = self._claim_next()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("nothing claimed: %s", error)  # a sweep sends it again
            return
        if solution is None:
            return
        pk = solution.pk
        logs.begin(solution.request)  # the message may have been sent for another solution
        logger.info("solution claimed pk=%s fence=%d", pk, solution.fence)
        job = self.jobs[pk] = Job(solution)
        if self._draining:
            self._stop_job(job, Stop.DRAINING)  # `drain` has not seen this job
        try:
            self._work_out(job)
        finally:
            if self.jobs.get(pk) is job:  # and not a later claim of this same worker's
                del self.jobs[pk]

    def _work_out(self, job: Job) -> None:
        solution, pk = job.solution, job.solution.pk
        engine = self.host.name  # after a failure it has no name any more
        try:
            job.recipe, checkpointed = self._database.call(_recipe_and_checkpoints, solution)
            if job.recipe is None:
                logger.warning("solution failed pk=%s: no recipe %s", pk, solution.recipe)
                end_unfinished(solution, NO_RECIPE)
                return
            writer, outcome = self.host.run(self.generator.generate(job, checkpointed)).result()
            self._settle(job, writer, outcome)
        except _BROKEN_OFF as error:
            logger.warning("solution broken off pk=%s: %r", pk, error)
            self._retry(lambda: self._give_back(solution, crashed=False))
        except EngineAway as error:
            logger.warning("solution broken off pk=%s, its server is away: %s", pk, error)
            self._retry(lambda: self._give_back_without_server(job))
        except EngineFailed as error:
            logger.warning("solution broken off pk=%s, the engine failed: %s", pk, error)
            failure = {"why": str(error), "engine": engine}
            self._retry(lambda: self._give_back(solution, crashed=True, **failure))
        except PromptTooLong as error:
            logger.warning("solution failed pk=%s: %s", pk, error)
            end_unfinished(solution, TOO_LONG, failure=str(error))

    def _claim_next(self) -> Solution | None:
        """The next solution in the queue.

        When many threads ask at once, one of them claims for all that wait, by one query.
        """
        own: Future[Solution | None] = Future()
        self._to_claim.put(own)
        with self._claiming:
            if not own.done():
                self._claim_for([self._to_claim.get() for _ in range(self._to_claim.qsize())])
        return own.result()

    def _claim_for(self, waiting: "list[Future[Solution | None]]") -> None:
        claim_next = partial(Solution.objects.claim_next, self.id, self.weights, len(waiting))
        try:
            claimed = self._database.call(claim_next)
        except BaseException as error:  # noqa: BLE001 - each of the waiting threads raises it
            for future in waiting:
                future.set_exception(error)
        else:
            for future, solution in zip_longest(waiting, claimed):
                future.set_result(solution)

    def _settle(self, job: Job, writer: LogWriter, outcome: Outcome) -> None:
        if job.stop is Stop.DRAINING:
            self._give_back(job.solution, crashed=False)
        elif job.stop is not Stop.LOST:
            self._record(job, writer, outcome)

    def _record(self, job: Job, writer: LogWriter, outcome: Outcome) -> None:
        """Grade the answer, write the row once, and close the log."""
        solution, transcript = job.solution, writer.transcript
        outcome, grade = judged(outcome, solution.version, transcript.answer)
        columns = {
            "model": PurePath(self.model).name,
            "engine": self.host.name,
            **measurements(writer, job.started_at),
        }
        finish = partial(solution.finish, transcript, outcome, grade, **columns)
        self._absence.forget(solution)
        if not self._retry(lambda: self._database.call(finish)):
            return  # taken over meanwhile: the other worker's record counts
        logger.info(
            "solution ended pk=%s outcome=%s verdict=%s tokens=%d ttft_s=%s",
            solution.pk,
            outcome,
            solution.verdict,
            transcript.tokens,
            solution.ttft_s,
        )
        try:
            self.host.run(self.generator.end_log(solution, writer)).result()
        finally:
            self._retry(lambda: self._count_vote(solution))
            self._retry(lambda: self._database.call(note_help_of, solution))

    def _count_vote(self, solution: Solution) -> None:
        """Comparing answers takes seconds, and so uses a connection of its own."""
        if self._database.call(needs_counting, solution):
            count_vote(solution)

    def _give_back(self, solution: Solution, *, crashed: bool, **failure: str) -> None:
        if not solution.release(crashed=crashed, **failure):
            return
        logger.info("solution given back pk=%s", solution.pk)
        solution.refresh_from_db()
        if not set_aside(solution):
            resend(solution)

    def _give_back_without_server(self, job: Job) -> None:
        """It goes on once its server is back, unless it always breaks off at the same point."""
        if self._absence.has_stalled(job):
            end_unfinished(job.solution, SERVER_AWAY)
        else:
            self._give_back(job.solution, crashed=False)

    def _retry(self, write: Callable[[], R]) -> R:
        """Retry while the database is away, or has no room: a generation costs more than a wait.

        Once the process is to end, no longer than the lease on the solution may last.
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
                time.sleep(RETRY_S)

    def _stop_job(self, job: Job, why: Stop) -> None:
        if job.stop is None:
            job.stop = why
            self.host.call(job.cancel)

    # The end of the process

    def drain(self) -> None:
        """Give every running solution back; its text stays in the log for the next worker."""
        self._draining = True
        for job in list(self.jobs.values()):
            self._stop_job(job, Stop.DRAINING)
        self.completions.drain()

    def stop(self) -> None:
        self.drain()  # what still runs is broken off, and must not be recorded as ended
        self._sweeper.stop()
        self.heartbeat.stop()
        with suppress(redis.exceptions.RedisError), connect() as client:
            withdraw(client, self.id)
        self.host.stop(self.generator.close)
        self._database.stop()
        self.generator.stop_checking()


def _recipe_and_checkpoints(solution: Solution) -> tuple[SolutionRecipe | None, list[LogRecord]]:
    """None: no recipe here has the solution's code."""
    checkpointed = solution.checkpoints.records() if solution.fence > 1 else []
    return recipe_of(solution.recipe), checkpointed
