"""Takes samples of solutions, which show how well a model does before students meet a problem.

Generation workers take them like solutions, from the statement alone, and the same grader grades
them, but they are rows of their own and are never shown as solutions. A message names no sample:
it means "take one", and one message is sent for each sample that may be taken at once. A worker
that has taken a sample sends the next message. So the queue is nearly empty when a class wants
live solutions, however many samples are queued. No sample is begun while somebody waits for a
solution; the sweep goes on with them later.
"""

import logging
from concurrent.futures import CancelledError

import redis

from tutor.engine.completion import EngineAway, EngineFailed, Outcome, PromptTooLong
from tutor.queueing import queue_on_commit
from tutor.redis_client import connect
from tutor.solutions.dispatch.fair_queue import LOWEST_PRIORITY
from tutor.solutions.dispatch.model_choice import recipe_of, weights_wanted
from tutor.solutions.dispatch.presence import absent_models, present_workers
from tutor.solutions.dispatch.queues import TAKE_SAMPLE, models_with_empty_queues, queue_of
from tutor.solutions.dispatch.voting import compare_answers
from tutor.solutions.generation.current_worker import running_worker
from tutor.solutions.generation.recording import grade_solution
from tutor.solutions.models import MAX_SAMPLES_AT_ONCE, ReadinessSample, Solution
from tutor.text_gate import storable

logger = logging.getLogger(__name__)

MAX_TRIES = 2  # of a sample with which workers crash


def take_sample() -> None:
    worker = running_worker()
    if worker.host.absence_reason:
        return  # a sweep sends it again
    if ReadinessSample.objects.held().of_weights(worker.weights).count() >= MAX_SAMPLES_AT_ONCE:
        return  # one message too many
    waiting = Solution.objects.waiting().of_weights(worker.weights)
    if waiting.filter(priority__lt=LOWEST_PRIORITY).exists():
        return
    sample = ReadinessSample.objects.claim_next(worker.id, worker.weights)
    if sample is None:
        return
    try:
        _take(sample)
    except CancelledError:
        logger.info("sample given back pk=%s, the worker shuts down", sample.pk)
        sample.requeue(crashed=False)
        return
    if ReadinessSample.objects.queued().of_weights(worker.weights).exists():
        queue_on_commit(TAKE_SAMPLE, queue=queue_of(worker.weights))


def _take(sample: ReadinessSample) -> None:
    recipe, version = recipe_of(sample.recipe), sample.version
    if recipe is None or sample.tries > MAX_TRIES:
        sample.finish(Outcome.ENGINE_FAILED)
        return
    prompt = recipe.prompt(version.statement_in_words, version.choices, version.language)
    request_id = f"sample-{sample.pk}-{sample.tries}"
    try:
        completions = running_worker().completions
        done = completions.sample(
            version.statement_without_figures, prompt, recipe.sampling, request_id
        )
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
    samples = ReadinessSample.objects.ended().filter(version=version, recipe=sample.recipe)
    if sample.finish(done.outcome, grade, tokens=done.tokens, seconds=done.seconds):
        compare_answers(samples, version)
    logger.info("sample taken pk=%s verdict=%s tokens=%d", sample.pk, grade.verdict, done.tokens)


def sweep_samples() -> None:
    """Take back what lost workers held, and send again what no worker has heard of."""
    with connect() as client:
        _delete_orphaned(client)
        present = [worker.worker for worker in present_workers(client)]
        for sample in ReadinessSample.objects.held().exclude(worker__in=present):
            logger.warning("sample taken back from a lost worker pk=%s", sample.pk)
            sample.requeue(crashed=True)
        recipes = ReadinessSample.objects.queued().order_by().values_list("recipe", flat=True)
        models = models_with_empty_queues(client, recipes.distinct())
    for weights in models:
        room = MAX_SAMPLES_AT_ONCE - ReadinessSample.objects.held().of_weights(weights).count()
        queued = ReadinessSample.objects.queued().of_weights(weights).count()
        queue_on_commit(TAKE_SAMPLE, queue=queue_of(weights), times=min(queued, room))


def _delete_orphaned(client: "redis.Redis") -> None:
    """Delete queued samples of a model that is not in force and that no worker has any more."""
    former = ReadinessSample.objects.queued().exclude(recipe__startswith=f"{weights_wanted()} ")
    for code in absent_models(client, former.values_list("recipe", flat=True)):
        deleted, _ = former.filter(recipe=code).delete()
        logger.info("samples deleted count=%d recipe=%s", deleted, code)
