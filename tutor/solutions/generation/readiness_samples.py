"""Samples of solutions: what the model is worth at a problem, before students meet it.

They are drawn by the generation workers as solutions are, from the statement alone, and judged by
the same grader, but they are rows of their own: none is ever shown as a solution. A message to a
worker names no sample: it means "draw one", and one is sent for each sample that may be drawn at
once. Whoever has drawn one sends the next message, so that a class that wants live solutions finds
the queue nearly empty, however many samples are wanted. None is begun while somebody waits for a
solution; the sweep goes on with them later.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import CancelledError

import redis

from tutor.celery import app
from tutor.engine.completion import EngineAway, EngineFailed, Outcome, PromptTooLong
from tutor.engine.prompts import weights_of
from tutor.problems.models import ProblemVersion
from tutor.queueing import queue_on_commit
from tutor.solutions.dispatch.fair_queue import LAST
from tutor.solutions.dispatch.presence import connect, gone, present_workers
from tutor.solutions.dispatch.queues import queue_of, unheard
from tutor.solutions.dispatch.voting import compare_answers
from tutor.solutions.generation.recording import grade_solution
from tutor.solutions.models import MOST_SAMPLES_AT_ONCE, Sample, Solution
from tutor.solutions.recipes import recipe_of
from tutor.solutions.tasks import recipe_code, weights_wanted
from tutor.text_gate import storable

logger = logging.getLogger(__name__)

MOST_TRIES = 2  # of a sample that takes its worker with it


def request_samples(versions: Iterable[ProblemVersion], count: int) -> int:
    """See to it that each version has so many by the recipe in force; how many are new."""
    recipe = recipe_code()
    versions = list(versions)
    known = set(
        Sample.objects.filter(version__in=versions, recipe=recipe).values_list("version", "number")
    )
    wanted = [
        Sample(version=version, recipe=recipe, number=number)
        for number in range(1, count + 1)  # first one of each problem, then the second
        for version in versions
        if (version.pk, number) not in known
    ]
    Sample.objects.bulk_create(wanted, ignore_conflicts=True)
    logger.info("samples requested count=%d versions=%d", len(wanted), len(versions))
    send(min(len(wanted), MOST_SAMPLES_AT_ONCE), weights_of(recipe))
    return len(wanted)


def send(count: int, weights: str) -> None:
    """Ask a model for so many, once the rows are committed; what is lost, a sweep sends."""
    queue_on_commit(draw_sample, queue=queue_of(weights), times=count)


@app.task
def draw_sample() -> None:
    """On a generation worker, which alone has an engine."""
    from tutor.solutions.generation.celery_worker import (
        running_worker,  # only a generation worker has an engine
    )

    worker = running_worker()
    if worker.host.away:
        return  # a sweep sends it again
    if Sample.objects.held().of_weights(worker.weights).count() >= MOST_SAMPLES_AT_ONCE:
        return  # a message too many
    if Solution.objects.waiting().of_weights(worker.weights).filter(turn__lt=LAST).exists():
        return
    sample = Sample.objects.claim_next(worker.id, worker.weights)
    if sample is None:
        return
    try:
        _draw(sample)
    except CancelledError:
        logger.info("sample given back pk=%s, the worker shuts down", sample.pk)
        sample.requeue(crashed=False)
        return
    if Sample.objects.queued().of_weights(worker.weights).exists():
        send(1, worker.weights)


def _draw(sample: Sample) -> None:
    from tutor.solutions.generation.celery_worker import running_worker

    recipe, version = recipe_of(sample.recipe), sample.version
    if recipe is None or sample.tries > MOST_TRIES:
        sample.finish(Outcome.ENGINE_FAILED)
        return
    prompt = recipe.prompt(version.statement, version.choices, version.language)
    request_id = f"sample-{sample.pk}-{sample.tries}"
    try:
        worker = running_worker()
        done = worker.unwatched.sample(version.statement, prompt, recipe.sampling, request_id)
    except EngineFailed as error:
        logger.warning("sample given back pk=%s, the engine failed: %s", sample.pk, error)
        sample.requeue(crashed=not isinstance(error, EngineAway))
        return
    except PromptTooLong as error:
        logger.warning("sample failed pk=%s: %s", sample.pk, error)
        sample.finish(Outcome.ENGINE_FAILED)
        return
    if done.outcome in (Outcome.ABORTED, Outcome.ENGINE_FAILED):
        sample.requeue(crashed=True)
        return
    grade = grade_solution(version, storable(done.text))
    alike = {"version": version, "recipe": sample.recipe}
    if sample.finish(done.outcome, grade, tokens=done.tokens, seconds=done.seconds):
        compare_answers(Sample.objects.ended().filter(**alike), version)
    logger.info("sample drawn pk=%s verdict=%s tokens=%d", sample.pk, grade.verdict, done.tokens)


@app.task
def sweep_samples() -> None:
    """Take back what lost workers held, and send again what no worker has heard of."""
    with connect() as client:
        _drop_stranded(client)
        present = [worker.worker for worker in present_workers(client)]
        lost = Sample.objects.held().exclude(worker__in=present)
        for sample in lost:
            logger.warning("sample taken back from a lost worker pk=%s", sample.pk)
            sample.requeue(crashed=True)
        recipes = Sample.objects.queued().order_by().values_list("recipe", flat=True)
        models = unheard(client, recipes.distinct())
    for weights in models:
        room = MOST_SAMPLES_AT_ONCE - Sample.objects.held().of_weights(weights).count()
        send(min(Sample.objects.queued().of_weights(weights).count(), room), weights)


def _drop_stranded(client: "redis.Redis") -> None:
    """Those that were not begun, of a model that is neither wanted nor there any more."""
    former = Sample.objects.queued().exclude(recipe__startswith=f"{weights_wanted()} ")
    for code in gone(client, former.values_list("recipe", flat=True)):
        dropped, _ = former.filter(recipe=code).delete()
        logger.info("samples dropped count=%d, wanted by %s", dropped, code)
