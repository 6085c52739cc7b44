"""The product's Celery app; in its generation worker a script replaces the model.

For the engine "openai", its server runs the script instead.
"""

import os

import django
from celery import Celery

django.setup()

from tests.faults.steady_engine import SteadyEngine  # noqa: E402 - settings come first
from tutor.celery import app as product  # noqa: E402
from tutor.engine import starting  # noqa: E402
from tutor.engine.completion import Engine, EngineConfig, ServerConfig  # noqa: E402
from tutor.solutions.generation import celery_worker  # noqa: E402

RATE = "LEMMA_FAULTS_RATE"  # tokens per second of one solution


async def start_engine(config: EngineConfig | ServerConfig) -> Engine:
    if isinstance(config, ServerConfig):
        return await starting.start_engine(config)
    return SteadyEngine(float(os.environ[RATE]))


celery_worker.start_engine = start_engine
app: Celery = product
