"""Ties the generation worker to the Celery process that runs it."""

import logging
import os
import sys
from collections.abc import Set
from functools import partial
from importlib.util import find_spec
from pathlib import PurePath
from typing import Any

from celery.platforms import EX_FAILURE
from celery.signals import celeryd_after_setup, worker_shutdown, worker_shutting_down
from django.conf import settings

from tutor.celery import GENERATION, ended_by_errors
from tutor.engine.completion import (
    Engine,
    EngineConfig,
    EngineFailed,
    EngineKind,
    ModelUnusable,
    ServerConfig,
)
from tutor.engine.prompts import SolutionRecipe, weights_name
from tutor.engine.shipped import model_path
from tutor.engine.starting import start_engine
from tutor.grading.check_process import client
from tutor.grading.numeric import sympy_client
from tutor.solutions.dispatch.model_choice import recipe_to_load
from tutor.solutions.dispatch.queues import queue_of
from tutor.solutions.generation.current_worker import install
from tutor.solutions.generation.worker import Worker
from tutor.tools.calling import tools

logger = logging.getLogger(__name__)

# One thread streams all solutions, and others claim, check and record them. A thread that needs the
# interpreter waits this long for it, many times in each solution; Python's default is 5 ms.
SWITCH_INTERVAL_S = 0.0005


NO_ENGINE = (
    "vLLM %s. Install Lemma with its extra `gpu` or `cpu`, or set TUTOR_ENGINE"
    " to openai and TUTOR_OPENAI_URL to the address of a server that has the model."
)


@celeryd_after_setup.connect
def start_generation(instance: Any, **kwargs: Any) -> None:
    """Give a generation worker its engine and its model's queue before it takes a task.

    Where that fails the process ends, so that it takes no tasks that others could do.
    """
    queues = instance.app.amqp.queues
    if GENERATION not in queues.consume_from:
        return
    if "thread" not in str(instance.pool_cls):
        raise SystemExit("The generation worker needs `--pool threads`: one engine for all tasks.")
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    with ended_by_errors():
        worker = start_worker(recipe_to_load(), instance.hostname)
        sympy_client.warm_up()  # else the first answer that needs algebra stays undecided,
        client.warm_up()  # and the first step unchecked
        install(worker)
        queues.select_add(queues[queue_of(worker.weights)])
    worker_shutting_down.connect(lambda **_: worker.drain(), weak=False)
    worker_shutdown.connect(partial(stop_generation, worker), weak=False)


def start_worker(recipe: SolutionRecipe, node: str) -> Worker:
    """A worker whose engine is up. Ends the process with a sentence if the engine cannot start."""
    try:
        config = engine_config(recipe)
        start = partial(start_engine, config)
        if isinstance(config, EngineConfig):
            start = partial(start_apart, config, cores=os.sched_getaffinity(0))
        worker = Worker(start, name_of(recipe), node=node)
        worker.start()
    except (EngineFailed, ModelUnusable) as error:
        raise SystemExit(f"The model {recipe.model} cannot be used: {error}") from error
    except ImportError as error:
        is_installed = find_spec("vllm") is not None
        why = f"cannot be loaded here ({error})" if is_installed else "is not installed here"
        raise SystemExit(NO_ENGINE % why) from error
    return worker


def stop_generation(worker: Worker, sender: Any, **kwargs: Any) -> None:
    worker.stop()
    if worker.host.has_failed:
        sender.exitcode = EX_FAILURE  # so that the process manager starts another


async def start_apart(config: EngineConfig, *, cores: Set[int]) -> Engine:
    """Start an engine, and keep this process off those of `cores` on which the engine runs.

    Raises what `start_engine` raises.
    """
    # Imported here: all Celery workers import this module, and only some have an engine installed.
    from tutor.engine.cores import keep_off_engines, run_on

    run_on(cores)  # the engine before this one may have narrowed them
    engine = await start_engine(config)
    keep_off_engines(cores)
    return engine


def name_of(recipe: SolutionRecipe) -> str:
    """The model's path, ending in its `weights_name`."""
    return str(PurePath(recipe.model).with_name(weights_name(recipe.model, recipe.quantization)))


def engine_config(recipe: SolutionRecipe) -> EngineConfig | ServerConfig:
    """Raises ModelUnusable where a server has the model and no setting has its address."""
    if recipe.engine is EngineKind.OPENAI:
        if not settings.OPENAI_URL:
            raise ModelUnusable(
                f"{recipe.name} is asked at a server: set TUTOR_OPENAI_URL to its address"
            )
        return ServerConfig(
            base_url=settings.OPENAI_URL,
            model=recipe.model,
            api_key=settings.OPENAI_KEY,
            tools=tools() if settings.OPENAI_TOOLS else (),
        )
    return EngineConfig(
        model=model_path(recipe.model),
        dtype=settings.MODEL_DTYPE,
        quantization=recipe.quantization,
        max_model_len=settings.MODEL_MAX_LENGTH or None,
        tensor_parallel_size=settings.TENSOR_PARALLEL_SIZE,
        gpu_memory_utilization=settings.GPU_MEMORY_UTILIZATION,
        max_num_seqs=settings.MAX_CONCURRENT_SEQUENCES,
    )
