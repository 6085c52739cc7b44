"""A solution that a worker is working out."""

import asyncio
import time
from dataclasses import dataclass, field
from enum import Enum

from tutor.engine.completion import Outcome
from tutor.engine.prompts import SolutionRecipe
from tutor.solutions.log.token_log import LogRecord
from tutor.solutions.log.writer import LogWriter
from tutor.solutions.models import Solution


class Stop(Enum):
    """Why a running solution is stopped from outside."""

    CANCELLED = "its viewer cancelled it, or the last one left"
    DRAINING = "the worker is shutting down"
    LOST = "another worker holds it"


@dataclass
class Job:
    """A solution that this worker holds."""

    solution: Solution
    recipe: SolutionRecipe | None = None
    writer: LogWriter | None = None
    checkpointed: int = 0  # how many records of its log are in the database too
    task: "asyncio.Task[Outcome] | None" = None
    stop: Stop | None = None
    unwatched_since: float | None = None
    started_at: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()

    @property
    def is_answering(self) -> bool:
        """Whether the model has begun to write an answer, which others will want to read too."""
        return self.writer is not None and bool(self.writer.transcript.steps)

    def new_records(self) -> list[LogRecord]:
        """The records of its log that are not in the database yet."""
        return self.writer.records[self.checkpointed :] if self.writer else []
