"""What an installation needs, looked at piece by piece: `manage.py doctor` prints it.

Each check asks the thing itself and ends within a few seconds, also when nothing answers.
"""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import redis
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import KombuError

from tutor.celery import app
from tutor.engine.completion import EngineFailed, EngineKind, ModelUnusable, ServerConfig
from tutor.engine.model_folder import find_model
from tutor.engine.prompts import Recipe, weights_name
from tutor.engine.shipped import where_it_lies
from tutor.grading.answers import counted
from tutor.solutions.presence import connect, present_workers
from tutor.solutions.queues import queue_of
from tutor.solutions.recipes import Activation, by_settings, in_force, to_load

LEAST_FREE_GB = 1.0
MOST_CLOCK_DIFFERENCE_S = 2.0
SERVER_WITHIN_S = 3.0
START_GENERATION = (
    "start one where the model is: "
    "celery -A tutor.celery worker -Q generation -n generation@%h --pool threads -c 64"
)
START_GRADING = "start one: celery -A tutor.celery worker -Q grading -n grading@%h"


@dataclass(frozen=True)
class Finding:
    """What one check found. `remedy` says what to do, where it is not well."""

    name: str
    is_well: bool
    detail: str
    remedy: str = ""


class Unwell(Exception):
    """What a check found, and what to do about it."""

    def __init__(self, detail: str, remedy: str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy


def examine() -> Iterator[Finding]:
    """Every check's finding, in an order in which each may explain the next."""
    for name, check in CHECKS.items():
        try:
            yield Finding(name, True, check())
        except Unwell as finding:
            yield Finding(name, False, finding.detail, finding.remedy)
        except DatabaseError as error:
            yield Finding(name, False, first_line(error), "see the database above")
        except (redis.RedisError, KombuError, OSError) as error:
            yield Finding(name, False, first_line(error), "see Redis above")


def first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]


# Each returns what it found, or raises Unwell.


def check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Unwell(
            f"{place_of_database()}: {first_line(error)}",
            "start it, or correct DATABASE_URL",
        ) from error
    return place_of_database()


def place_of_database() -> str:
    """The database without its password."""
    options = connection.settings_dict
    host = f"{options['HOST'] or 'local socket'}, " if connection.vendor != "sqlite" else ""
    return f"{connection.vendor}: {host}{options['NAME']}"


def check_migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Unwell(f"{len(missing)} are not applied", "python manage.py migrate")
    return "all are applied"


def check_redis() -> str:
    try:
        with connect() as client:
            info = client.info("server")
            keeps = client.config_get("appendonly").get("appendonly") == "yes"
    except redis.RedisError as error:
        raise Unwell(
            f"{place_of_redis()}: {first_line(error)}", "start it, or correct REDIS_URL"
        ) from error
    kept = "" if keeps else ", loses its queues when it restarts (appendonly is off)"
    return f"{info['redis_version']} at {place_of_redis()}{kept}"


def place_of_redis() -> str:
    """The address without its password."""
    scheme, _, rest = settings.REDIS_URL.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def check_broker() -> str:
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0)
    with connect() as client:
        queues = [*sorted(client.scan_iter(match=queue_of("*"), _type="list")), "grading"]
        lengths = {queue: client.llen(queue) for queue in queues}
    waiting = [f"{count} waiting in {queue}" for queue, count in lengths.items() if count]
    return ", ".join(waiting) or "nothing waits"


def check_generation_workers() -> str:
    with connect() as client:
        workers = present_workers(client)
    if not workers:
        raise Unwell("none is running, requests for solutions are kept", START_GENERATION)
    solving = sum(worker.solving for worker in workers)
    return f"{len(workers)} running, {counted(solving, 'solution')} at work"


def check_grading_workers() -> str:
    replies = app.control.inspect(timeout=1.5).active_queues() or {}
    takers = [
        node for node, queues in replies.items() if "grading" in {queue["name"] for queue in queues}
    ]
    if not takers:
        raise Unwell("none answers", START_GRADING)
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


def check_disk() -> str:
    free_gb = shutil.disk_usage(settings.DATA_DIR).free / 1e9
    if free_gb < LEAST_FREE_GB:
        raise Unwell(f"{free_gb:.1f} GB free in {settings.DATA_DIR}", "make room there")
    return f"{free_gb:.0f} GB free in {settings.DATA_DIR}"


def check_clock() -> str:
    """Leases and due dates compare times of several machines."""
    with connect() as client:
        seconds, microseconds = client.time()
        differences = {"Redis": seconds + microseconds / 1e6 - time.time()}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            differences["the database"] = float(cursor.fetchone()[0]) - time.time()
    for server, difference_s in differences.items():
        if abs(difference_s) > MOST_CLOCK_DIFFERENCE_S:
            raise Unwell(
                f"{server} is {difference_s:+.0f} s from this machine",
                "keep both machines' clocks by NTP",
            )
    return "agrees with " + " and ".join(differences)


def check_libraries() -> str:
    wanted = settings.BROWSER_LIBRARIES
    missing = [
        name for name, folder in wanted.items() if not (settings.NODE_MODULES / folder).is_dir()
    ]
    if missing:
        raise Unwell(f"missing: {', '.join(missing)}", f"npm ci in {settings.BASE_DIR}")
    return f"{len(wanted)} browser libraries in {settings.NODE_MODULES}"


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "migrations": check_migrations,
    "Redis": check_redis,
    "broker": check_broker,
    "generation workers": check_generation_workers,
    "grading workers": check_grading_workers,
    "engine": check_engine,
    "recipe": check_recipe,
    "model": check_model,
    "GPU": check_gpu,
    "disk": check_disk,
    "clock": check_clock,
    "libraries": check_libraries,
}
