"""Ties the generation worker to the Celery process that runs it."""

import logging
from functools import partial
from typing import Any

from celery.signals import celeryd_after_setup, worker_shutdown, worker_shutting_down
from django.conf import settings

from tutor.engine.completion import (
    EngineConfig,
    EngineFailed,
    ModelUnusable,
    Quantization,
    ServerConfig,
)
from tutor.engine.starting import start_engine
from tutor.grading import child, step_process
from tutor.solutions.worker import Worker
from tutor.tools.calling import tools

logger = logging.getLogger(__name__)


class _Process:
    """The one worker of this process, None in every other kind of process."""

    worker: Worker | None = None


def running_worker() -> Worker:
    if _Process.worker is None:
        raise RuntimeError("only a worker started with `-Q generation` has an engine")
    return _Process.worker


@celeryd_after_setup.connect
def start_generation(instance: Any, **kwargs: Any) -> None:
    """Give a worker of the queue `generation` its engine before it takes a task.

    Where that fails the process ends: it must not take tasks that others could do.
    """
    if "generation" not in instance.app.amqp.queues.consume_from:
        return
    if "thread" not in str(instance.pool_cls):
        raise SystemExit("The generation worker needs `--pool threads`: one engine for all tasks.")
    config = engine_config()
    worker = Worker(partial(start_engine, config), config.model)
    try:
        worker.start()
    except (EngineFailed, ModelUnusable) as error:
        raise SystemExit(f"The model {config.model} cannot be used: {error}") from error
    child.warm_up()  # else the first answer that needs algebra stays undecided,
    step_process.warm_up()  # and the first step unchecked
    install(worker)
    worker_shutting_down.connect(lambda **_: worker.drain(), weak=False)
    worker_shutdown.connect(lambda **_: worker.stop(), weak=False)


def install(worker: Worker | None) -> None:
    """Make `worker` the one that this process's tasks use."""
    _Process.worker = worker


def engine_config() -> EngineConfig | ServerConfig:
    if settings.ENGINE == "openai":
        return ServerConfig(
            base_url=settings.OPENAI_URL,
            model=settings.MODEL,
            api_key=settings.OPENAI_KEY,
            tools=tools() if settings.OPENAI_TOOLS else (),
        )
    wanted = settings.MODEL_QUANTIZATION
    quantization = Quantization(wanted) if wanted else None  # None takes what the checkpoint is
    return EngineConfig(
        model=settings.MODEL,
        dtype=settings.MODEL_DTYPE,
        quantization=quantization,
        max_model_len=settings.MODEL_MAX_LENGTH or None,
        tensor_parallel_size=settings.TENSOR_PARALLEL_SIZE,
        gpu_memory_utilization=settings.GPU_MEMORY_UTILIZATION,
        max_num_seqs=settings.MAX_CONCURRENT_SEQUENCES,
    )
