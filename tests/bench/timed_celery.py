"""The product's Celery app; its engine also records when each completion's first token came."""

import os
import time
from collections.abc import AsyncGenerator, Sequence
from functools import partial

import django

django.setup()

from tests.bench.pipeline import FIRST_TOKENS, UNCHECKED  # noqa: E402 - settings come first
from tutor.celery import app as product  # noqa: E402
from tutor.engine.completion import (  # noqa: E402
    Delta,
    Engine,
    EngineConfig,
    Prompt,
    Sampling,
    ServerConfig,
)
from tutor.redis_client import connect  # noqa: E402
from tutor.solutions.generation import celery_worker  # noqa: E402


class TimedEngine:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.redis = connect()  # reused: connecting costs more than all tokens of a solution
        self.name, self.version, self.continues = engine.name, engine.version, engine.continues

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        first_at = 0.0
        deltas = self.engine.stream(prompt, sampling, request_id=request_id, so_far=so_far)
        async for delta in deltas:
            first_at = first_at or time.time()
            yield delta
        self.redis.hset(FIRST_TOKENS, request_id, first_at)

    async def close(self) -> None:
        await self.engine.close()


async def start_timed(config: EngineConfig | ServerConfig) -> Engine:
    return TimedEngine(await start_engine(config))


start_engine, celery_worker.start_engine = celery_worker.start_engine, start_timed
if os.environ.get(UNCHECKED):
    celery_worker.Worker = partial(celery_worker.Worker, check=None)  # type: ignore[assignment, misc]
app = product
