"""What the page of the operation shows: processes, what waits, versions, room, and what failed."""

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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Mail
from tutor.attempts.models import Attempt
from tutor.grading import GRADER_VERSION
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.materials.models import Material
from tutor.operations.announcing import own_version
from tutor.operations.checks.machine import disks as disks
from tutor.operations.checks.stores import database_connections
from tutor.operations.processes import Kind, Process, announced
from tutor.solutions.dispatch.presence import Presence, connect, present_workers
from tutor.solutions.dispatch.queues import queue_lengths
from tutor.solutions.models import Reply, Sample, Solution, State

LATEST = 100  # solutions whose waiting times are looked at
FAILURES = 20

KINDS = {
    Kind.WEB: _("web server"),
    Kind.GRADING: _("grading worker"),
    Kind.READING: _("reading worker"),
    Kind.GENERATION: _("generation worker"),
    Kind.BEAT: _("beat"),
}


@dataclass(frozen=True)
class ShownProcess:
    process: Process
    worker: Presence | None  # of a generation worker

    @property
    def kind(self) -> str:
        return str(KINDS.get(Kind(self.process.kind), self.process.kind))

    @property
    def since(self) -> datetime:
        return datetime.fromtimestamp(self.process.since, UTC)

    @property
    def trouble(self) -> str:
        if self.process.is_silent:
            return gettext("silent")
        return self.process.trouble


@dataclass(frozen=True)
class Waiting:
    """What is to be done yet. oldest: since when the first of them waits, None where none does."""

    what: str
    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class Failure:
    happened_at: datetime
    what: str
    why: str
    where: str
    address: str = ""


@dataclass(frozen=True)
class Stores:
    """What Redis says of the processes and of itself; without an answer `error` says why."""

    processes: list[ShownProcess]
    queues: list[tuple[str, int]]
    version: str
    error: str = ""


def stores() -> Stores:
    try:
        with connect() as client:
            workers = {worker.node: worker for worker in present_workers(client)}
            shown = [ShownProcess(one, workers.get(one.name)) for one in announced(client)]
            return Stores(
                shown, [*queue_lengths(client).items()], client.info("server")["redis_version"]
            )
    except redis.RedisError as error:
        return Stores([], [], "", str(error) or type(error).__name__)


def waiting() -> list[Waiting]:
    due: list[tuple[str, QuerySet[Any], str]] = [
        (gettext("worked solutions"), Solution.objects.waiting(), "created_at"),
        (gettext("hints about answers"), Reply.objects.filter(state=State.QUEUED), "queued_at"),
        (gettext("samples of solutions"), Sample.objects.queued(), "queued_at"),
        (gettext("answers to be graded"), Attempt.with_practice.pending(), "submitted_at"),
        (gettext("workings to be checked"), Attempt.with_practice.with_check_due(), "submitted_at"),
        (
            gettext("course material to be read"),
            Material.objects.filter(state=Material.State.WAITING),
            "uploaded_at",
        ),
        (gettext("mails to be sent"), Mail.objects.filter(sent_at=None), "asked_at"),
    ]
    found = []
    for what, rows, since in due:
        one = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
        found.append(Waiting(what, one["count"], one["oldest"]))
    return found


@dataclass(frozen=True)
class Times:
    """Of the latest solutions, in seconds: from the wish to a claim, then to the first token."""

    count: int
    waited: float
    longest_wait: float
    first_token: float


def times() -> Times | None:
    """None where there were no solutions yet."""
    latest = Solution.objects.filter(state=State.ENDED, fence=1, ttft_s__isnull=False)
    rows = latest.order_by("-pk").values_list(F("claimed_at") - F("created_at"), "ttft_s")[:LATEST]
    waits = [waited.total_seconds() for waited, _first in rows]
    if not waits:
        return None
    return Times(len(waits), median(waits), max(waits), median(first for _waited, first in rows))


def versions(of_redis: str) -> list[tuple[str, str]]:
    return [
        ("Lemma", own_version()),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        (connection.display_name, _database_version()),
        ("Redis", of_redis),
        (gettext("grader"), GRADER_VERSION),
        (gettext("checker of steps"), CHECKER_VERSION),
    ]


def _database_version() -> str:
    connection.ensure_connection()
    return ".".join(map(str, connection.get_database_version()))


def connections() -> dict[str, int] | None:
    """How many are left, and how many there may be; None where nothing limits them."""
    if connection.vendor != "postgresql":
        return None
    used, most = database_connections()
    return {"left": most - used, "most": most}


def failures() -> list[Failure]:
    """The latest first."""
    found = [*_failed_solutions(), *_failed_materials()]
    return sorted(found, key=lambda one: one.happened_at, reverse=True)[:FAILURES]


def _failed_solutions() -> Iterator[Failure]:
    failed = Solution.objects.filter(failed_at__isnull=False).select_related("version__problem")
    for one in failed.order_by("-failed_at")[:FAILURES]:
        where = ", ".join(filter(None, [one.host, one.engine]))
        page = reverse("admin:solutions_solution_change", args=[one.pk])
        assert one.failed_at is not None  # noqa: S101 - it is filtered by that
        yield Failure(one.failed_at, str(one.version), one.failure, where, page)


def _failed_materials() -> Iterator[Failure]:
    failed = Material.objects.filter(state=Material.State.FAILED).select_related("section__course")
    for one in failed.order_by("-touched_at")[:FAILURES]:
        yield Failure(one.touched_at, f"{one.title}, {one.section}", one.get_reason_display(), "")
