"""Are the workers there, and do they have the engine and the model that solutions are asked of?

Each check returns what it found, or raises Unwell.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence

import redis
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import DatabaseError

from tutor.engine.completion import EngineFailed, EngineKind, ModelUnusable, ServerConfig
from tutor.engine.model_folder import find_model
from tutor.engine.prompts import Recipe, weights_name
from tutor.engine.shipped import where_it_lies
from tutor.grading.answer_key import counted
from tutor.operations.announcing import own_settings, own_version
from tutor.operations.findings import Unwell, first_line
from tutor.operations.healthy import trouble_of
from tutor.operations.processes import Kind, Process, announced, client_of
from tutor.solutions.dispatch.presence import connect, present_workers
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
START_BEAT = "start it: celery -A tutor.celery beat"
START_WEB = "start one: python -m tutor.web"
OF_MODEL = ("TUTOR_MODEL", "TUTOR_QUANTIZATION")


def check_generation_workers() -> str:
    with connect() as client:
        workers = present_workers(client)
    if not workers:
        raise Unwell("none is running, requests for solutions are kept", START_GENERATION)
    solving = sum(worker.solving for worker in workers)
    return f"{len(workers)} running, {counted(solving, 'solution')} at work"


def check_grading_workers() -> str:
    return running(takers_from("grading"), START_GRADING)


def check_reading_workers() -> str:
    """Those that read course material."""
    return running(takers_from("reading"), START_READING)


def takers_from(queue: str) -> list[Process]:
    return [one for one in processes() if queue in one.queues]


def check_beat() -> str:
    there = [one for one in processes() if one.kind == Kind.BEAT]
    found = running(there, START_BEAT)
    if len(there) > 1:
        names = ", ".join(one.name for one in there)
        raise Unwell(f"{len(there)} are running: {names}", "stop all but one")
    return found


def check_web_servers() -> str:
    return running([one for one in processes() if one.kind == Kind.WEB], START_WEB)


def running(there: Sequence[Process], remedy: str) -> str:
    """How many of these work; raises Unwell where none does, or one has gone silent."""
    if not there:
        raise Unwell("none is running", remedy)
    troubles = [f"{one.name}: {why}" for one in there if (why := trouble_of(one))]
    if troubles:
        raise Unwell("; ".join(troubles), f"see its log; {remedy}")
    return f"{len(there)} running"


def check_agreement() -> str:
    """Whether all processes have the settings that decide what one reads of another's."""
    there = [*processes(), own_process()]
    differing = []
    for name in own_settings():
        # A worker of generation may have another model, or say where its folder is.
        asked = [
            one
            for one in there
            if name in one.settings and not (name in OF_MODEL and one.kind == Kind.GENERATION)
        ]
        if len({one.settings[name] for one in asked}) > 1:
            differing.append(f"{name} differs between {in_groups(asked, name)}")
    versions = {one.version for one in there}
    if len(versions) > 1:
        differing.append(f"there are versions {', '.join(sorted(versions))}")
    if differing:
        raise Unwell(
            "; ".join(differing), "give all the same, and start those again that had another"
        )
    return f"{counted(len(there) - 1, 'process', 'processes')} and this one have the same settings"


def own_process() -> Process:
    return Process(
        kind="",
        name="this command",
        host=socket.gethostname(),
        pid=os.getpid(),
        since=time.time(),
        version=own_version(),
        settings=own_settings(),
    )


def in_groups(there: Sequence[Process], name: str) -> str:
    """Who agrees with whom; the values may be secret."""
    groups: dict[str, list[str]] = {}
    for one in there:
        groups.setdefault(one.settings[name], []).append(one.name)
    return " and ".join(f"({', '.join(names)})" for names in groups.values())


def processes() -> list[Process]:
    with client_of(settings.REDIS_URL) as client:
        return announced(client)


def check_engine() -> str:
    with connect() as client:
        workers = present_workers(client)
    ready = [worker for worker in workers if worker.is_ready]
    troubles = [f"{one.name}: {one.trouble}" for one in processes() if one.trouble]
    if troubles:
        raise Unwell("; ".join(troubles), "see the worker's log")
    if ready:
        models = ", ".join(sorted({worker.model for worker in ready}))
        return f"{ready[0].engine}, {len(ready)} of {len(workers)} ready with {models}"
    if away := [worker for worker in workers if worker.waits_for]:
        raise Unwell(
            f"{away[0].node} waits for the model's server", "start it, or see TUTOR_OPENAI_URL"
        )
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
