"""Asking for a solution, and the tasks that see to it that it is worked out."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import User
from tutor import logs
from tutor.celery import app
from tutor.courses.models import Enrollment
from tutor.engine.completion import EngineKind, Outcome
from tutor.engine.prompts import Recipe, weights_name, weights_of
from tutor.problems.models import ProblemVersion
from tutor.queueing import queue_on_commit
from tutor.solutions import metrics
from tutor.solutions.dispatch.fair_queue import LAST, move_up, turn_of
from tutor.solutions.dispatch.presence import connect, gone, present_workers, served
from tutor.solutions.dispatch.queues import queue_of, unheard
from tutor.solutions.dispatch.quotas import check_limits
from tutor.solutions.dispatch.reference_solution import checked_reference
from tutor.solutions.dispatch.voting import Vote, compare_answers
from tutor.solutions.log.protocol import End, Entry
from tutor.solutions.log.token_log import (
    Fenced,
    LogLost,
    Record,
    TokenLog,
    last_id_of,
    most_of,
    open_redis,
)
from tutor.solutions.log.transcript import Transcript, transcript_of
from tutor.solutions.models import LEASE, MOST_CRASHES, Sample, Solution, State
from tutor.solutions.recipes import in_force

logger = logging.getLogger(__name__)

SERVER_AWAY = "The model's server was away for ten minutes. Ask for it again."
STRANDED = "The model that it was asked of is not there any more. Ask for it again."
SEND_AGAIN_AFTER = timedelta(seconds=3)  # and the next sweep; a second message does no harm


def recipe_code(recipe: Recipe | None = None) -> str:
    """What tells one way of generating from another: the recipe in force, and what is added to it.

    `recipe`: the one in force, where it is known already.
    """
    recipe = recipe or in_force()
    code = recipe.whole_code
    if recipe.engine is EngineKind.OPENAI and settings.OPENAI_TOOLS:
        code += " tools"
    return f"{code} corrections {settings.CORRECTIONS}" if settings.CORRECTIONS else code


def weights_wanted() -> str:
    """The model of the recipe in force, as workers are told apart by it."""
    recipe = in_force()
    return weights_name(recipe.model, recipe.quantization)


def tries_wanted(recipe: Recipe | None = None) -> int:
    """How many completions of one problem are a vote; by the recipe in force, unless by another."""
    return settings.SOLUTION_TRIES or (recipe or in_force()).samples


def vote_on(version: ProblemVersion) -> Vote:
    """By the recipe in force, as it stands now."""
    recipe = in_force()
    tries = version.solutions.filter(recipe=recipe_code(recipe)).defer("reasoning")
    return Vote(list(tries.order_by("number")), tries_wanted(recipe))


def needs_counting(ended: Solution) -> bool:
    """Whether `count_vote` has anything to do: others to compare with, or perhaps to abstain."""
    others = Solution.objects.filter(version=ended.version, recipe=ended.recipe)
    return not ended.is_right or others.filter(state=State.ENDED).count() > 1


def count_vote(ended: Solution) -> None:
    """Compare the answers once one more has ended, and get ready what is shown instead."""
    others = Solution.objects.filter(version=ended.version, recipe=ended.recipe)
    compare_answers(others.filter(state=State.ENDED), ended.version)
    if vote_on(ended.version).abstains:
        checked_reference(ended.version)


def request_solution(
    version: ProblemVersion,
    user: User | None,
    enrollment: Enrollment | None = None,
    *,
    is_kept: bool = True,
) -> Solution | None:
    """The solution of `version` that `user` should see, asked for where there is none.

    None where the vote is in and the tutor abstains. Everyone shares one. Only who has watched the
    last one to an end without a right answer gets another try; one that was stopped is nothing to
    watch, and counts for no try. Raises NotNow where a new one is needed and the student of
    `enrollment` may not have one begun now. is_kept: False where it may be given up once the last
    one who watches it leaves.
    """
    vote = vote_on(version)
    found = vote.found_by(user)
    if found is None and vote.is_in:
        return None
    if found is None or (
        vote.may_ask_again()
        and (
            user is None
            or found.outcome == Outcome.ABORTED
            or found.views.filter(user=user).exists()
        )
    ):
        number = vote.next_number
        return begin_solution(version, number, enrollment, is_awaited=True, is_kept=is_kept)
    if found.state == State.QUEUED:
        move_up(found, turn_of(enrollment))
    if is_kept and not found.is_kept:
        Solution.objects.filter(pk=found.pk).update(is_kept=True)
    return found


def begin_solution(
    version: ProblemVersion,
    number: int,
    enrollment: Enrollment | None = None,
    *,
    is_awaited: bool = False,
    is_kept: bool = True,
) -> Solution:
    """The try of that number, which is one row and one generation whoever begins it.

    is_awaited: whether somebody wants it now; what is prepared comes last.
    """
    with transaction.atomic():
        if enrollment is not None:
            check_limits(enrollment)
        wish = {
            "enrollment": enrollment,
            "turn": turn_of(enrollment) if is_awaited else LAST,
            "request": logs.request_id(),
            "is_kept": is_kept,
        }
        solution, is_new = Solution.objects.get_or_create(
            version=version, recipe=recipe_code(), number=number, defaults=wish
        )
    if is_new:
        logger.info("solution requested pk=%s version=%s try=%s", solution.pk, version.pk, number)
        send(solution)
    return solution


def send(solution: Solution) -> None:
    """Tell the workers that some row waits for this model: who gets the message takes the next."""
    queue_on_commit(generate_solution, queue=queue_of(weights_of(solution.recipe)))


@app.task
def generate_solution() -> None:
    from tutor.solutions.generation.celery_worker import (
        running_worker,  # only a generation worker has an engine
    )

    running_worker().solve()


def cancel_solution(solution: Solution) -> None:
    """Stop it: at once while it is queued, else by the worker that holds it within a second."""
    now = timezone.now()
    streaming = Solution.objects.filter(pk=solution.pk, state=State.STREAMING)
    if streaming.update(cancel_requested_at=now):
        return
    queued = Solution.objects.filter(pk=solution.pk, state=State.QUEUED)
    if queued.update(state=State.ENDED, outcome=Outcome.ABORTED, ended_at=now):
        solution.checkpoints.all().delete()
        close_log(solution.pk, solution.fence, End(Outcome.ABORTED))
        metrics.add(metrics.counted("solutions_ended", Outcome.ABORTED, ""))


@app.task
def sweep_solutions() -> None:
    """Take back what dead workers held, and send again what no worker has heard of.

    The first later than workers do: a lease may have run out while the database stood still.
    """
    end_stranded()
    take_back_abandoned(LEASE)
    overdue = timezone.now() - SEND_AGAIN_AFTER
    waiting = Solution.objects.filter(state=State.QUEUED, queued_at__lt=overdue).only(
        "recipe", "crashes", "fence"
    )
    with connect() as client:
        models = unheard(client, {solution.recipe for solution in waiting})
    for solution in waiting:
        if not set_aside(solution) and weights_of(solution.recipe) in models:
            resend(solution)


def take_back_abandoned(for_: timedelta = timedelta()) -> None:
    """Queue again what lost workers held. Any number of processes may do so at once."""
    if not Solution.objects.abandoned(for_).exists():
        return
    with connect() as client:
        alive = {worker.worker for worker in present_workers(client)}
    for pk in Solution.objects.take_back_abandoned(for_, alive):
        logger.warning("solution taken back from a lost worker pk=%s", pk)
        solution = Solution.objects.get(pk=pk)
        if not set_aside(solution):
            resend(solution)
        metrics.add(metrics.counted("leases_lost"))


def end_stranded() -> None:
    """End what is asked of a model that no worker has any more, once another one is wanted.

    They would wait for ever.
    """
    former = Solution.objects.filter(state=State.QUEUED).exclude(
        recipe__startswith=f"{weights_wanted()} "
    )
    if not former.exists():
        return
    with connect() as client:
        stranded = gone(client, former.values_list("recipe", flat=True))
    for solution in former.filter(recipe__in=stranded):
        logger.warning("solution stranded pk=%s, asked by %s", solution.pk, solution.recipe)
        end_unfinished(solution, STRANDED)


@app.task
def drop_former_queues() -> None:
    """Delete the queues of models that are neither wanted nor there, and of which no row waits.

    What lies in them would be counted as waiting for ever.
    """
    with connect() as client:
        kept = {weights_wanted(), *served(client)}
        for queue in client.scan_iter(match=queue_of("*"), count=1_000, _type="list"):
            weights = queue.removeprefix(queue_of(""))
            solutions = Solution.objects.waiting().of_weights(weights)
            samples = Sample.objects.queued().of_weights(weights)
            if weights not in kept and not solutions.exists() and not samples.exists():
                client.delete(queue)
                logger.info("queue dropped model=%s", weights)


def resend(solution: Solution) -> None:
    queued = Solution.objects.filter(pk=solution.pk, state=State.QUEUED)
    if queued.update(queued_at=timezone.now()):
        send(solution)


def set_aside(solution: Solution) -> bool:
    """End a queued solution that has taken two workers with it, keeping its text."""
    if solution.crashes < MOST_CRASHES or not end_unfinished(solution):
        return False
    logger.error("solution set aside pk=%s crashes=%d", solution.pk, solution.crashes)
    return True


def end_unfinished(solution: Solution, feedback: str = "") -> bool:
    """End one that nobody goes on with, keeping its text; False where it has ended meanwhile.

    feedback: why, for those who watch; without it the last failure of a worker is the reason.
    """
    records = most_of(read_records(solution.pk), solution.checkpoints.records())
    transcript = transcript_of(records)
    closing = transcript.give_up()
    known = {"failure": feedback, "failed_at": timezone.now()} if feedback else {}
    if not solution.finish(transcript, Outcome.ENGINE_FAILED, None, feedback=feedback, **known):
        return False
    end = End(Outcome.ENGINE_FAILED, tokens=transcript.tokens, feedback=feedback)
    close_log(solution.pk, solution.fence, *closing, end, after=last_id_of(records))
    metrics.add(metrics.of_ended(solution))
    return True


@async_to_sync
async def read_records(pk: int) -> list[Record]:
    async with open_redis() as client:
        return await TokenLog(client, pk).records()


def read_transcript(pk: int) -> Transcript:
    return transcript_of(read_records(pk))


@async_to_sync
async def close_log(pk: int, fence: int, *last: Entry, after: str = "") -> None:
    """Write the last entries of a solution that has ended: see `end_log`."""
    async with open_redis() as client:
        await end_log(TokenLog(client, pk), fence, *last, after=after)


async def end_log(log: TokenLog, fence: int, *last: Entry, after: str = "") -> None:
    """Write the last entries of a solution that has ended, after the entry `after` if it is known.

    A log that has lost some is no use any more: viewers get the record instead.
    """
    try:
        await log.append(fence, [Record(entry) for entry in last], after)
    except Fenced:
        logger.info("log closed by a later claimant pk=%s", log.pk)
    except LogLost:
        await log.forget()


def missing_for(code: str) -> str:
    """What all wait for that are asked by this recipe: "" where nothing is missing.

    Else worker, model (which is being loaded), or server (the model's, which is away). Only
    workers with its model count.
    """
    with connect() as client:
        workers = [
            worker
            for worker in present_workers(client)
            if code.startswith(f"{weights_name(worker.model, None)} ")
        ]
    if not workers:
        return "worker"
    if any(worker.is_ready for worker in workers):
        return ""
    return next((worker.waits_for for worker in workers if worker.waits_for), "model")


def waiting_for(solution: Solution, missing: Callable[[str], str] = missing_for) -> str | None:
    """What a queued one waits for: worker, model, server, turn, or resume after a lost worker."""
    if solution.state != State.QUEUED:
        return None
    return missing(solution.recipe) or ("resume" if solution.fence else "turn")


def missing_now() -> str:
    """What new wishes wait for; "worker" also while Redis is away, since none can be seen then."""
    try:
        return missing_for(recipe_code())
    except RedisError:
        return "worker"


def ahead_of(solution: Solution) -> int:
    """How many queued solutions are worked out before it, as things are."""
    return Solution.objects.before(solution).count()


def ahead_of_each(solutions: Sequence[Solution]) -> dict[int, int]:
    """By their keys; for more than one the queue is read once."""
    if len(solutions) <= 1:
        return {solution.pk: ahead_of(solution) for solution in solutions}
    last = max(solution.turn for solution in solutions)
    queue = Solution.objects.waiting().filter(turn__lte=last).values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(queue)}
    return {solution.pk: places.get(solution.pk, 0) for solution in solutions}
