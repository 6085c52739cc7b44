"""Are the workers there, and do they have the engine and the model that solutions are asked of?

Each check returns what it found, or raises Unwell.
"""

import shutil
import subprocess

import redis
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import DatabaseError

from tutor.celery import app
from tutor.engine.completion import EngineFailed, EngineKind, ModelUnusable, ServerConfig
from tutor.engine.model_folder import find_model
from tutor.engine.prompts import Recipe, weights_name
from tutor.engine.shipped import where_it_lies
from tutor.grading.answers import counted
from tutor.operations.findings import Unwell, first_line
from tutor.solutions.presence import connect, present_workers
from tutor.solutions.recipes import Activation, by_settings, in_force, to_load

SERVER_WITHIN_S = 3.0
START_GENERATION = (
    "start one where the model is: "
    "celery -A tutor.celery worker -Q generation -n generation@%h --pool threads -c 64"
)
START_GRADING = "start one: celery -A tutor.celery worker -Q grading -n grading@%h"
START_READING = (
    "start one: celery -A tutor.celery worker -Q reading -n reading@%h --pool threads -c 1"
)


def check_generation_workers() -> str:
    with connect() as client:
        workers = present_workers(client)
    if not workers:
        raise Unwell("none is running, requests for solutions are kept", START_GENERATION)
    solving = sum(worker.solving for worker in workers)
    return f"{len(workers)} running, {counted(solving, 'solution')} at work"


def check_grading_workers() -> str:
    return _takers_from("grading", START_GRADING)


def check_reading_workers() -> str:
    """Those that read course material."""
    return _takers_from("reading", START_READING)


def _takers_from(name: str, remedy: str) -> str:
    replies = app.control.inspect(timeout=1.5).active_queues() or {}
    takers = [
        node for node, queues in replies.items() if name in {queue["name"] for queue in queues}
    ]
    if not takers:
        raise Unwell("none answers", remedy)
    return f"{len(takers)} running"


def check_engine() -> str:
    with connect() as client:
        workers = present_workers(client)
    ready = [worker for worker in workers if worker.is_ready]
    if ready:
        models = ", ".join(sorted({worker.model for worker in ready}))
        return f"{ready[0].engine}, {len(ready)} of {len(workers)} ready with {models}"
    if workers:
        raise Unwell("is loading the model", "wait some minutes; then see the worker's log")
    raise Unwell("runs within a generation worker, and there is none", START_GENERATION)


def check_recipe() -> str:
    """How solutions are asked for, and who decided that."""
    recipe = in_force()
    how = f"{recipe.name} {recipe.version}, {recipe.model} by {recipe.engine}"
    newest = Activation.objects.select_related("author").order_by("-pk").first()
    if newest is None or newest.recipe_id is None:
        return f"{how}, by the model's name since none is active"
    by = f" by {newest.author}" if newest.author else ""
    return f"{how}, put in force on {newest.happened_at:%Y-%m-%d}{by}"


def check_model() -> str:
    """Whether a worker has the recipe's; without any, whether it can be loaded here."""
    try:
        with connect() as client:
            served = {worker.model for worker in present_workers(client)}
    except redis.RedisError:
        served = set()
    if not served:
        recipe = wanted_here()
        return check_server(recipe) if recipe.engine is EngineKind.OPENAI else check_folder(recipe)
    recipe = in_force()
    wanted = weights_name(recipe.model, recipe.quantization)
    other = sorted(model for model in served if weights_name(model, None) != wanted)
    asked = sorted(served - {*other})  # folders, perhaps, that only the workers' machines have
    if not asked:
        raise Unwell(
            f"solutions are asked of {wanted}, and the workers have {', '.join(other)}",
            "start one of them again with the model of the recipe in TUTOR_MODEL, or without that",
        )
    beside = f"; nothing new is asked of {', '.join(other)}" if other else ""
    return ", ".join(asked) + beside


def wanted_here() -> Recipe:
    """What a worker would load on this machine; without the database, what the settings say."""
    try:
        return to_load()
    except DatabaseError:
        return by_settings()


def check_folder(recipe: Recipe) -> str:
    try:
        folder = find_model(where_it_lies(recipe.model))
    except ModelUnusable as error:
        raise Unwell(first_line(error), "correct TUTOR_MODEL, or the active recipe") from error
    return str(folder or f"{recipe.model}, from the model hub")


@async_to_sync
async def check_server(recipe: Recipe) -> str:
    """Whether the server that is the engine answers, takes the key and has the model."""
    from tutor.engine.openai_engine import OpenAIEngine  # a second to import

    if not settings.OPENAI_URL:
        raise Unwell("the recipe is asked at a server, and none is named", "set TUTOR_OPENAI_URL")
    config = ServerConfig(
        base_url=settings.OPENAI_URL,
        model=recipe.model,
        api_key=settings.OPENAI_KEY,
        silence_s=SERVER_WITHIN_S,
    )
    try:
        engine = await OpenAIEngine.start(config)
    except EngineFailed as error:
        raise Unwell(first_line(error), "start the server, or correct TUTOR_OPENAI_URL") from error
    except ModelUnusable as error:
        remedy = "correct TUTOR_MODEL, TUTOR_OPENAI_URL or TUTOR_OPENAI_KEY"
        raise Unwell(first_line(error), remedy) from error
    await engine.close()
    return f"{recipe.model} at {settings.OPENAI_URL} ({engine.version})"


def check_gpu() -> str:
    if wanted_here().engine is EngineKind.OPENAI:
        return "not needed: the engine is a server"
    if not shutil.which("nvidia-smi"):
        return "none on this machine; an engine here runs on the CPU"
    query = ["nvidia-smi", "--query-gpu=name,memory.used,memory.total", "--format=csv,noheader"]
    try:
        cards = subprocess.run(  # noqa: S603
            query, capture_output=True, text=True, timeout=15, check=True
        ).stdout
    except subprocess.SubprocessError as error:
        raise Unwell(
            f"nvidia-smi is there and fails: {first_line(error)}", "repair the NVIDIA driver"
        ) from error
    return "; ".join(line.strip() for line in cards.splitlines())
