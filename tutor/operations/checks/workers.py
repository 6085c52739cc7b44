"""Checks that workers run, and have the engine and the model that solutions need.

Each check returns a description, or raises FailedCheck.
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
from tutor.engine.prompts import SolutionRecipe, weights_name
from tutor.engine.shipped import model_path
from tutor.operations.announcing import own_settings, own_version
from tutor.operations.check_result import FailedCheck
from tutor.operations.checks.starting import how_to_start
from tutor.operations.healthy import trouble_of
from tutor.operations.processes import (
    GRADING_QUEUE,
    READING_QUEUE,
    Process,
    ProcessKind,
    announced_processes,
    client_of,
)
from tutor.plurals import count_noun
from tutor.redis_client import connect
from tutor.solutions.dispatch.model_choice import (
    recipe_in_force,
    recipe_of_settings,
    recipe_to_load,
)
from tutor.solutions.dispatch.presence import present_workers
from tutor.solutions.models import Activation
from tutor.stores import first_line

MAX_SERVER_S = 3.0
MODEL_SETTINGS = ("TUTOR_MODEL", "TUTOR_QUANTIZATION")


def check_generation_workers() -> str:
    with connect() as client:
        workers = present_workers(client)
    if not workers:
        raise FailedCheck(
            "none is running, requests for solutions are kept", how_to_start(ProcessKind.GENERATION)
        )
    solving = sum(worker.solving for worker in workers)
    return f"{len(workers)} running, {count_noun(solving, 'solution')} at work"


def check_grading_workers() -> str:
    return running_or_failed(consumers_of(GRADING_QUEUE), how_to_start(ProcessKind.GRADING))


def check_reading_workers() -> str:
    """The workers that read course material."""
    return running_or_failed(consumers_of(READING_QUEUE), how_to_start(ProcessKind.READING))


def consumers_of(queue: str) -> list[Process]:
    return [process for process in processes() if queue in process.queues]


def check_beat() -> str:
    beats = [process for process in processes() if process.kind == ProcessKind.BEAT]
    description = running_or_failed(beats, how_to_start(ProcessKind.BEAT))
    if len(beats) > 1:
        names = ", ".join(beat.name for beat in beats)
        raise FailedCheck(f"{len(beats)} are running: {names}", "stop all but one")
    return description


def check_web_servers() -> str:
    servers = [process for process in processes() if process.kind == ProcessKind.WEB]
    return running_or_failed(servers, how_to_start(ProcessKind.WEB))


def running_or_failed(candidates: Sequence[Process], remedy: str) -> str:
    """How many run. Raises FailedCheck if there are none, or one is silent or in trouble."""
    if not candidates:
        raise FailedCheck("none is running", remedy)
    troubles = [
        f"{process.name}: {trouble}" for process in candidates if (trouble := trouble_of(process))
    ]
    if troubles:
        raise FailedCheck("; ".join(troubles), f"see its log; {remedy}")
    return f"{len(candidates)} running"


def check_agreement() -> str:
    """Check that all processes share the settings that they need to understand each other."""
    everyone = [*processes(), own_process()]
    differing = []
    for name in own_settings():
        # A generation worker may have another model, or name the model's folder.
        concerned = [
            process
            for process in everyone
            if name in process.settings
            and not (name in MODEL_SETTINGS and process.kind == ProcessKind.GENERATION)
        ]
        if len({process.settings[name] for process in concerned}) > 1:
            differing.append(f"{name} differs between {grouped_by_value(concerned, name)}")
    versions = {process.version for process in everyone}
    if len(versions) > 1:
        differing.append(f"there are versions {', '.join(sorted(versions))}")
    if differing:
        raise FailedCheck(
            "; ".join(differing), "give all the same, and start those again that had another"
        )
    others = count_noun(len(everyone) - 1, "process", "processes")
    return f"{others} and this one have the same settings"


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


def grouped_by_value(everyone: Sequence[Process], name: str) -> str:
    """Which processes share a value of the setting; the values may be secret."""
    groups: dict[str, list[str]] = {}
    for process in everyone:
        groups.setdefault(process.settings[name], []).append(process.name)
    return " and ".join(f"({', '.join(names)})" for names in groups.values())


def processes() -> list[Process]:
    with client_of(settings.REDIS_URL) as client:
        return announced_processes(client)


def check_engine() -> str:
    with connect() as client:
        workers = present_workers(client)
    ready = [worker for worker in workers if worker.is_ready]
    troubles = [f"{process.name}: {process.trouble}" for process in processes() if process.trouble]
    if troubles:
        raise FailedCheck("; ".join(troubles), "see the worker's log")
    if ready:
        models = ", ".join(sorted({worker.model for worker in ready}))
        return f"{ready[0].engine}, {len(ready)} of {len(workers)} ready with {models}"
    if away := [worker for worker in workers if worker.waits_for]:
        raise FailedCheck(
            f"{away[0].node} waits for the model's server", "start it, or see TUTOR_OPENAI_URL"
        )
    if workers:
        raise FailedCheck("is loading the model", "wait some minutes; then see the worker's log")
    is_server = recipe_here().engine is EngineKind.OPENAI
    asked = "is asked by a generation worker" if is_server else "runs within a generation worker"
    raise FailedCheck(f"{asked}, and there is none", how_to_start(ProcessKind.GENERATION))


def check_recipe() -> str:
    """The recipe in force, and who activated it."""
    recipe = recipe_in_force()
    description = f"{recipe.name} {recipe.version}, {recipe.model} by {recipe.engine}"
    newest = Activation.objects.select_related("author").order_by("-pk").first()
    if newest is None or newest.recipe_id is None:
        return f"{description}, by the model's name since none is active"
    by = f" by {newest.author}" if newest.author else ""
    return f"{description}, put in force on {newest.happened_at:%Y-%m-%d}{by}"


def check_model() -> str:
    """Check that a worker has the recipe's model, or without workers that it can be loaded here."""
    try:
        with connect() as client:
            served = {worker.model for worker in present_workers(client)}
    except redis.RedisError:
        served = set()
    if not served:
        recipe = recipe_here()
        return check_server(recipe) if recipe.engine is EngineKind.OPENAI else check_folder(recipe)
    recipe = recipe_in_force()
    needed = weights_name(recipe.model, recipe.quantization)
    other = sorted(model for model in served if weights_name(model, None) != needed)
    suitable = sorted(served - {*other})  # folders, perhaps, that only the workers' machines have
    if not suitable:
        raise FailedCheck(
            f"solutions are asked of {needed}, and the workers have {', '.join(other)}",
            "start one of them again with the model of the recipe in TUTOR_MODEL, or without that",
        )
    unused = f"; nothing new is asked of {', '.join(other)}" if other else ""
    return ", ".join(suitable) + unused


def recipe_here() -> SolutionRecipe:
    """What a worker would load on this machine; without a database, what the settings name."""
    try:
        return recipe_to_load()
    except DatabaseError:
        return recipe_of_settings()


def check_folder(recipe: SolutionRecipe) -> str:
    try:
        folder = find_model(model_path(recipe.model))
    except ModelUnusable as error:
        raise FailedCheck(first_line(error), "correct TUTOR_MODEL, or the active recipe") from error
    return str(folder or f"{recipe.model}, from the model hub")


@async_to_sync
async def check_server(recipe: SolutionRecipe) -> str:
    """Check that the model server answers, accepts the key and has the model."""
    from tutor.engine.openai_engine import OpenAIEngine  # a second to import

    if not settings.OPENAI_URL:
        raise FailedCheck(
            "the recipe is asked at a server, and none is named", "set TUTOR_OPENAI_URL"
        )
    config = ServerConfig(
        base_url=settings.OPENAI_URL,
        model=recipe.model,
        api_key=settings.OPENAI_KEY,
        silence_s=MAX_SERVER_S,
    )
    try:
        engine = await OpenAIEngine.start(config)
    except EngineFailed as error:
        raise FailedCheck(
            first_line(error), "start the server, or correct TUTOR_OPENAI_URL"
        ) from error
    except ModelUnusable as error:
        remedy = "correct TUTOR_MODEL, TUTOR_OPENAI_URL or TUTOR_OPENAI_KEY"
        raise FailedCheck(first_line(error), remedy) from error
    await engine.close()
    return f"{recipe.model} at {settings.OPENAI_URL} ({engine.version})"


def check_gpu() -> str:
    if recipe_here().engine is EngineKind.OPENAI:
        return "not needed: the engine is a server"
    if not shutil.which("nvidia-smi"):
        return "none on this machine; an engine here runs on the CPU"
    query = ["nvidia-smi", "--query-gpu=name,memory.used,memory.total", "--format=csv,noheader"]
    try:
        cards = subprocess.run(  # noqa: S603
            query, capture_output=True, text=True, timeout=15, check=True
        ).stdout
    except subprocess.SubprocessError as error:
        raise FailedCheck(
            f"nvidia-smi is there and fails: {first_line(error)}", "repair the NVIDIA driver"
        ) from error
    return "; ".join(line.strip() for line in cards.splitlines())
