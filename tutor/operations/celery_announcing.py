"""Celery's workers and beat announce themselves: see `announcing`."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from typing import Any

from celery import beat, bootsteps

from tutor.celery import GENERATION, app
from tutor.engine.completion import EngineFailed
from tutor.operations.announcing import Announcer
from tutor.operations.processes import EVERY_S, READING_QUEUE, ProcessKind
from tutor.solutions.generation.current_worker import running_worker


class EngineWatch:
    """Checks whether the engine of this process answers, once per announcement."""

    def __init__(self) -> None:
        self.last_check: Future[None] | None = None

    def trouble(self) -> str:
        """What the last check said, or that it has not ended. Begins the next one."""
        last, host = self.last_check, running_worker().host
        if last is not None and not last.done():
            return f"the engine has not answered for {EVERY_S:.0f} s"
        try:
            if last is not None:
                last.result()
            self.last_check = host.run(host.check())
        except EngineFailed as error:
            self.last_check = host.run(host.check())
            return str(error)
        except CancelledError:
            return "the engine is stopped"
        return ""


def kind_of(queues: Sequence[str]) -> ProcessKind:
    """The kind of a worker that takes tasks from these queues."""
    if GENERATION in queues:
        return ProcessKind.GENERATION
    return ProcessKind.READING if queues == [READING_QUEUE] else ProcessKind.GRADING


class Announce(bootsteps.StartStopStep):
    """A step of Celery's consumer: it stops and starts with the connection to the broker."""

    requires = ("celery.worker.consumer:Tasks",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self.repeated: Any = None
        self.announcer: Announcer | None = None

    def start(self, consumer: Any) -> None:
        queues = [queue.name for queue in consumer.task_consumer.queues]
        generates = GENERATION in queues
        self.announcer = Announcer(
            kind_of(queues),
            consumer.hostname,
            queues,
            EngineWatch().trouble if generates else lambda: "",
        )
        self.announcer.announce()
        self.repeated = consumer.timer.call_repeatedly(EVERY_S, self.announcer.announce)

    def stop(self, consumer: Any) -> None:
        if self.repeated is not None:
            self.repeated.cancel()
        if self.announcer is not None:
            self.announcer.withdraw()


app.steps["consumer"].add(Announce)


class Scheduler(beat.Scheduler):
    """Beat's scheduler, in memory, which announces itself as it ticks."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.announcer = Announcer(ProcessKind.BEAT, f"beat@{socket.gethostname()}")
        self.announced_at = -EVERY_S

    def tick(self, *args: Any, **options: Any) -> float:
        wait_s: float = super().tick(*args, **options)
        if time.monotonic() - self.announced_at >= EVERY_S / 2:
            self.announced_at = time.monotonic()
            self.announcer.announce()
        return wait_s

    def close(self) -> None:
        super().close()
        self.announcer.withdraw()
