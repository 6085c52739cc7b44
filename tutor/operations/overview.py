"""What the operation page shows: processes, waiting work, versions, disks and latest failures."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

import django
import redis
from django.db import connection
from django.db.models import Count, F, Min, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Mail
from tutor.attempts.models import Attempt
from tutor.grading import GRADER_VERSION
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.materials.models import Material
from tutor.operations.announcing import own_version
from tutor.operations.checks.stores import database_connections
from tutor.operations.processes import Process, ProcessKind, announced_processes
from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import Presence, present_workers
from tutor.solutions.dispatch.queues import queue_lengths
from tutor.solutions.models import AnswerHint, ReadinessSample, Solution, State

MAX_SOLUTIONS = 100  # for the waiting times
MAX_FAILURES = 20

KINDS: dict[str, Promise] = {  # another version may announce a kind that is not here
    ProcessKind.WEB: _("web server"),
    ProcessKind.GRADING: _("grading worker"),
    ProcessKind.READING: _("reading worker"),
    ProcessKind.GENERATION: _("generation worker"),
    ProcessKind.BEAT: _("beat"),
}


@dataclass(frozen=True)
class ShownProcess:
    process: Process
    worker: Presence | None  # of a generation worker

    @property
    def kind(self) -> str:
        return str(KINDS.get(self.process.kind, self.process.kind))

    @property
    def since(self) -> datetime:
        return datetime.fromtimestamp(self.process.since, UTC)

    @property
    def trouble(self) -> str:
        if self.process.is_silent:
            return gettext("silent")
        return self.process.trouble


@dataclass(frozen=True)
class WaitingWork:
    """One kind of work that waits. oldest: when the first of it was queued; None if none waits."""

    name: str
    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class FailedWork:
    happened_at: datetime
    name: str
    cause: str
    host: str
    address: str = ""


@dataclass(frozen=True)
class RedisStatus:
    """Processes, queues and the version of Redis; `error` says why Redis does not answer."""

    processes: list[ShownProcess]
    queues: list[tuple[str, int]]
    version: str
    error: str = ""


def redis_status() -> RedisStatus:
    try:
        with connect() as client:
            workers = {worker.node: worker for worker in present_workers(client)}
            shown = [
                ShownProcess(process, workers.get(process.name))
                for process in announced_processes(client)
            ]
            return RedisStatus(
                shown, [*queue_lengths(client).items()], client.info("server")["redis_version"]
            )
    except redis.RedisError as error:
        return RedisStatus([], [], "", str(error) or type(error).__name__)


def waiting_work() -> list[WaitingWork]:
    queues: list[tuple[str, QuerySet[Any], str]] = [
        (gettext("worked solutions"), Solution.objects.waiting(), "created_at"),
        (
            gettext("hints about answers"),
            AnswerHint.objects.filter(state=State.QUEUED),
            "queued_at",
        ),
        (gettext("samples of solutions"), ReadinessSample.objects.queued(), "queued_at"),
        (gettext("answers to be graded"), Attempt.with_practice.pending(), "submitted_at"),
        (gettext("workings to be checked"), Attempt.with_practice.with_check_due(), "submitted_at"),
        (
            gettext("course material to be read"),
            Material.objects.filter(state=Material.State.WAITING),
            "uploaded_at",
        ),
        (gettext("emails to be sent"), Mail.objects.filter(sent_at=None), "asked_at"),
    ]
    work = []
    for name, rows, since in queues:
        totals = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
        work.append(WaitingWork(name, totals["count"], totals["oldest"]))
    return work


@dataclass(frozen=True)
class WaitingTimes:
    """Of the latest `count` solutions, in seconds.

    wait_s and max_wait_s: from the request to a worker's claim. first_token_s: from there on.
    """

    count: int
    wait_s: float
    max_wait_s: float
    first_token_s: float


def waiting_times() -> WaitingTimes | None:
    """None if there are no solutions yet."""
    latest = Solution.objects.filter(state=State.ENDED, fence=1, ttft_s__isnull=False)
    rows = latest.order_by("-pk").values_list(F("claimed_at") - F("created_at"), "ttft_s")[
        :MAX_SOLUTIONS
    ]
    waits = [wait.total_seconds() for wait, _ttft_s in rows]
    if not waits:
        return None
    return WaitingTimes(
        len(waits), median(waits), max(waits), median(ttft_s for _wait, ttft_s in rows)
    )


def versions(redis_version: str) -> list[tuple[str, str]]:
    return [
        ("Lemma", own_version()),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        (connection.display_name, _database_version()),
        ("Redis", redis_version),
        (gettext("grader"), GRADER_VERSION),
        (gettext("checker of steps"), CHECKER_VERSION),
    ]


def _database_version() -> str:
    connection.ensure_connection()
    return ".".join(map(str, connection.get_database_version()))


def connections() -> dict[str, int] | None:
    """Database connections left, and the limit; None without a limit."""
    if connection.vendor != "postgresql":
        return None
    used, limit = database_connections()
    return {"left": limit - used, "most": limit}


def failures() -> list[FailedWork]:
    """The latest first."""
    failed = [*_failed_solutions(), *_failed_materials()]
    return sorted(failed, key=lambda work: work.happened_at, reverse=True)[:MAX_FAILURES]


def _failed_solutions() -> Iterator[FailedWork]:
    failed = Solution.objects.filter(failed_at__isnull=False).select_related("version__problem")
    for solution in failed.order_by("-failed_at")[:MAX_FAILURES]:
        host = ", ".join(filter(None, [solution.host, solution.engine]))
        page = reverse("admin:solutions_solution_change", args=[solution.pk])
        assert solution.failed_at is not None  # noqa: S101 - filtered above
        yield FailedWork(solution.failed_at, str(solution.version), solution.failure, host, page)


def _failed_materials() -> Iterator[FailedWork]:
    failed = Material.objects.filter(state=Material.State.FAILED).select_related("section__course")
    for material in failed.order_by("-touched_at")[:MAX_FAILURES]:
        name = f"{material.title}, {material.section}"
        yield FailedWork(material.touched_at, name, material.get_reason_display(), "")
