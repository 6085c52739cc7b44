"""The faults that happen in a school, as seeded runs; each returns its figures and what broke."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import random
import time
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from channels.db import database_sync_to_async
from websockets.asyncio.client import ClientConnection

from tests.faults.clients import LOST, Pupil, Viewer, open_socket, session_of, watch_all
from tests.faults.deployment import MODEL_SERVER, MODEL_WORKER, SIDE_BY_SIDE, WEB, Deployment
from tests.faults.disks import small_disks
from tests.faults.history import faults_in
from tests.faults.steady_engine import LONG, SLOW
from tests.processor import lateness

if TYPE_CHECKING:
    from tutor.assignments.models import Item
    from tutor.grading import AnswerKey
    from tutor.solutions.models import Solution

WITHIN_S = 180.0  # of one run
STREAMS = 6
LINE = 24  # solutions; the demonstration's model writes eight at once, for some seconds
PUPILS = 6
CLASS = 300
KILLS = 4  # of the web server in one run: creating so large a class takes longer than a kill
UNREAD = 40
LONG_AWAY_S = 5.0  # whoever waits longer than this for the model's server has to be told
STOP_WITHIN_S = 10.0
OPENED_WITHIN_S = 1.0  # half of the sockets, on an idle ordinary server

Figures = dict[str, float]


@dataclass
class Run:
    """One seeded run of one fault. broken: sentences about what went wrong."""

    deployment: Deployment
    name: str
    dice: random.Random
    figures: Figures = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    scenes: int = 0

    async def scene(
        self, students: int, problems: int, word: str = "", statements: Iterable[str] = ()
    ) -> tuple[list[str], list[Item]]:
        """Sessions of a new class, and its items."""
        self.scenes += 1
        name = f"{self.name}-{self.scenes}"
        posed = [*statements] or [f"What is 2 + 2? A {word} {name} {n}" for n in range(problems)]
        return await database_sync_to_async(make_class)(name, students, posed)

    def viewers(self, sessions: Sequence[str], items: Sequence[Item]) -> list[Viewer]:
        address = self.deployment.address
        pairs = zip(sessions, items, strict=True)
        return [Viewer(address, session, str(item.code)) for session, item in pairs]

    async def check(self, viewers: Sequence[Viewer], *, may_go_back: bool = False) -> None:
        for viewer in viewers:
            row = await database_sync_to_async(_row)(viewer.code)
            faults = faults_in(viewer.history, row, may_go_back=may_go_back)
            self.broken += [f"{viewer.code}: {text}" for text in faults]

    async def check_no_crash(self, viewers: Sequence[Viewer]) -> None:
        for viewer in viewers:
            row = await database_sync_to_async(_row)(viewer.code)
            if row.crashes:
                self.broken.append(f"{viewer.code}: {row.crashes} crashes are counted")

    async def check_kept(self, pupils: Sequence[Pupil]) -> None:
        for pupil in pupils:
            lost = await database_sync_to_async(_not_stored)(pupil.confirmed)
            self.broken += [f"an answer was taken and is lost: {action}" for action in lost]
            wrong = {status for _, status in pupil.statuses if status == 500}
            self.broken += [f"a page answered {status}" for status in wrong]
        self.figures["answers"] = sum(len(pupil.confirmed) for pupil in pupils)
        if not self.figures["answers"]:
            self.broken.append("no answer was taken")

    @contextlib.asynccontextmanager
    async def watched(self, viewers: Sequence[Viewer], first: int = 0) -> AsyncIterator[None]:
        """Enter once `first` of them, or all, have seen something; exit once all are at the end."""
        watching = asyncio.create_task(watch_all(viewers, WITHIN_S))
        await until(partial(_have_begun, viewers, first or len(viewers)), WITHIN_S)
        yield
        await watching

    @contextlib.asynccontextmanager
    async def at_work(self, pupils: Sequence[Pupil]) -> AsyncIterator[None]:
        is_over = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for pupil in pupils:
                group.create_task(pupil.work(is_over))
            yield
            is_over.set()


Fault = Callable[[Run], Awaitable[None]]


async def worker_killed(run: Run) -> None:
    """SIGKILL one of two generation workers and start it again."""
    sessions, items = await run.scene(STREAMS, STREAMS)
    viewers = run.viewers(sessions, items)
    async with run.watched(viewers):
        await asyncio.sleep(run.dice.uniform(0, 2.5))
        name = run.dice.choice(run.deployment.workers)
        killed_at = run.deployment.kill(name)
        run.deployment.run(name)
    await run.check(viewers)
    run.figures["silence_s"] = max(viewer.history.silence_after(killed_at) for viewer in viewers)
    await asyncio.to_thread(run.deployment.wait_for_workers, run.deployment.workers)


async def engine_killed(run: Run) -> None:
    """SIGKILL the engine's process; its worker lives on."""
    sessions, items = await run.scene(LINE, LINE, statements=_long_problems(run.dice))
    viewers = run.viewers(sessions, items)
    async with run.watched(viewers, first=1):
        await asyncio.sleep(run.dice.uniform(0, 1))
        held = await database_sync_to_async(_held)()
        killed_at = run.deployment.kill_engine()
        while held & await database_sync_to_async(_held)():  # noqa: ASYNC110 - in a database
            await asyncio.sleep(0.05)
        run.figures["streams"] = len(held)
        if not held:
            run.broken.append("nothing was being written when the engine was killed")
        run.figures["seen_s"] = time.monotonic() - killed_at
    await run.check(viewers)
    run.figures["silence_s"] = max(viewer.history.silence_after(killed_at) for viewer in viewers)
    await asyncio.to_thread(run.deployment.wait_for_workers, [MODEL_WORKER])


async def redis_lost(run: Run) -> None:
    """Kill Redis and start it again with or without its data, or empty it."""
    sessions, items = await run.scene(STREAMS + PUPILS, STREAMS + 1)
    viewers = run.viewers(sessions[:STREAMS], items[:STREAMS])
    pupils = [Pupil(run.deployment.address, session, items[-1]) for session in sessions[STREAMS:]]
    way = run.dice.choice(["kept", "lost", "flushed"])
    async with run.watched(viewers), run.at_work(pupils):
        await asyncio.sleep(run.dice.uniform(0, 2.5))
        if way == "flushed":
            await asyncio.to_thread(_flush)
            back_at = time.monotonic()
        else:
            run.deployment.redis.kill()
            await asyncio.sleep(run.dice.uniform(0.2, 3))
            back_at = run.deployment.restart_redis(keeps=way == "kept")
        await until(lambda: all(viewer.history.is_over for viewer in viewers), WITHIN_S)
    await run.check(viewers)
    await run.check_kept(pupils)
    run.figures["back_s"] = max(_first_after(viewer, back_at) for viewer in viewers)
    run.figures |= {f"back_{way}_s": run.figures["back_s"]}


async def postgresql_restarted(run: Run) -> None:
    sessions, items = await run.scene(STREAMS + PUPILS, STREAMS + 1)
    viewers = run.viewers(sessions[:STREAMS], items[:STREAMS])
    pupils = [Pupil(run.deployment.address, session, items[-1]) for session in sessions[STREAMS:]]
    async with run.watched(viewers), run.at_work(pupils):
        await asyncio.sleep(run.dice.uniform(0, 2.5))
        stopped_at = time.monotonic()
        back_at = await asyncio.to_thread(run.deployment.restart_postgresql)
        await until(lambda: all(viewer.history.is_over for viewer in viewers), WITHIN_S)
    await run.check(viewers)
    await run.check_kept(pupils)
    run.figures["away_s"] = back_at - stopped_at
    run.figures["back_s"] = max(_first_after(viewer, back_at) for viewer in viewers)
    well = [
        at for pupil in pupils for at, status in pupil.statuses if status == 200 and at > back_at
    ]
    run.figures["pages_back_s"] = min(well) - back_at if well else float("inf")


async def started_too_early(run: Run) -> None:
    """Start a generation worker before PostgreSQL, Redis or both."""
    deployment = run.deployment
    name = run.dice.choice(deployment.workers)
    missing = run.dice.choice([["PostgreSQL"], ["Redis"], ["PostgreSQL", "Redis"]])
    await database_sync_to_async(_close)()
    deployment.kill(name)
    if "PostgreSQL" in missing:
        await asyncio.to_thread(deployment.stop_postgresql)
    if "Redis" in missing:
        deployment.redis.kill()
    before = len(deployment.log_text(name))
    deployment.run(name)
    await asyncio.sleep(run.dice.uniform(0.5, 8))
    if "PostgreSQL" in missing:
        await asyncio.to_thread(deployment.start_postgresql)
        await asyncio.sleep(run.dice.uniform(0, 3))
    if "Redis" in missing:
        deployment.restart_redis(keeps=True)
    back_at = time.monotonic()
    await asyncio.to_thread(deployment.wait_for_workers, deployment.workers)
    run.figures["ready_s"] = time.monotonic() - back_at
    if "Traceback" in deployment.log_text(name)[before:]:
        run.broken.append("the worker wrote a traceback")
    sessions, items = await run.scene(STREAMS, STREAMS)
    viewers = run.viewers(sessions, items)
    await watch_all(viewers, WITHIN_S)
    await run.check(viewers)


async def model_server_restarted(run: Run) -> None:
    """SIGKILL the model's server and start it again seconds later."""
    sessions, items = await run.scene(STREAMS, STREAMS)
    viewers = run.viewers(sessions, items)
    async with run.watched(viewers):
        await asyncio.sleep(run.dice.uniform(0, 2.5))
        killed_at = run.deployment.kill(MODEL_SERVER)
        cut_off = [viewer for viewer in viewers if not viewer.history.is_over]
        away_s = run.dice.uniform(0.2, 8)
        await asyncio.sleep(away_s)
        if away_s > LONG_AWAY_S:
            await until(partial(_are_told, cut_off), WITHIN_S)
            untold = [viewer for viewer in cut_off if not _are_told([viewer])]
            run.broken += [f"{len(untold)} of {len(cut_off)} were not told"] if untold else []
        run.deployment.run(MODEL_SERVER)
        back_at = time.monotonic()
    await run.check(viewers)
    await run.check_no_crash(viewers)
    run.figures["away_s"] = back_at - killed_at
    run.figures["back_s"] = max(_first_after(viewer, back_at) for viewer in viewers)


async def disk_full(run: Run) -> None:
    """Fill the disk of Redis, of PostgreSQL's tables or of both for some seconds."""
    sessions, items = await run.scene(STREAMS, STREAMS)
    viewers = run.viewers(sessions, items)
    which = run.dice.choice([["redis"], ["postgresql"], ["redis", "postgresql"]])
    mounting = small_disks(run.deployment, which)
    disks = await database_sync_to_async(mounting.__enter__)()
    try:
        async with run.watched(viewers):
            await asyncio.sleep(run.dice.uniform(0, 2.5))
            for disk in disks:
                disk.fill()
            await asyncio.sleep(run.dice.uniform(1, 20))
            for disk in disks:
                disk.free()
            back_at = time.monotonic()
    finally:
        await database_sync_to_async(mounting.__exit__)(None, None, None)
    await run.check(viewers)
    await run.check_no_crash(viewers)
    run.figures["back_s"] = max(_first_after(viewer, back_at) for viewer in viewers)
    run.figures |= {f"back_{'_'.join(which)}_s": run.figures["back_s"]}
    alive = {name for name, process in run.deployment.processes.items() if process.poll() is None}
    run.broken += [f"{name} has ended" for name in {*run.deployment.processes} - alive]


async def web_killed(run: Run) -> None:
    """Kill the web server repeatedly; a whole school reconnects at the same instant."""
    sessions, items = await run.scene(CLASS, SIDE_BY_SIDE, SLOW)
    viewers = run.viewers(sessions, [items[n % SIDE_BY_SIDE] for n in range(CLASS)])
    async with run.watched(viewers):
        for _ in range(KILLS):
            await asyncio.sleep(run.dice.uniform(0, 3))
            run.deployment.kill("web")
            cut_off = {v: len(v.came_back_at) for v in viewers if not v.history.is_over}
            run.deployment.run("web")
            back_at = await asyncio.to_thread(run.deployment.wait_for_web)
            await until(partial(_are_back, cut_off), WITHIN_S)
            came = [v.came_back_at[n] for v, n in cut_off.items() if len(v.came_back_at) > n]
            waits = sorted(at - back_at for at in came)
            if len(waits) < CLASS:
                run.broken.append(f"{CLASS - len(waits)} of {CLASS} were over, or are not back")
            p99_s = waits[int(0.99 * len(waits))] if waits else math.inf
            run.figures["p99_s"] = max(p99_s, run.figures.get("p99_s", 0.0))
    await run.check(viewers)


async def web_stopped(run: Run) -> None:
    """SIGTERM one web process after the other under load: clients of nginx just reconnect."""
    sessions, items = await run.scene(STREAMS + PUPILS, STREAMS + 1)
    with run.deployment.behind_nginx():
        address = run.deployment.proxy_address
        viewers = [
            Viewer(address, session, str(item.code))
            for session, item in zip(sessions[:STREAMS], items[:STREAMS], strict=True)
        ]
        pupils = [Pupil(address, session, items[-1]) for session in sessions[STREAMS:]]
        async with run.watched(viewers), run.at_work(pupils):
            for name in run.dice.sample(WEB, len(WEB)):
                await asyncio.sleep(run.dice.uniform(0, 1))
                ended_s = await asyncio.to_thread(run.deployment.terminate, name)
                run.figures["ended_s"] = max(ended_s, run.figures.get("ended_s", 0.0))
                run.deployment.run(name)
                await asyncio.to_thread(run.deployment.wait_for_web, name)
            await until(lambda: all(viewer.history.is_over for viewer in viewers), WITHIN_S)
    await run.check(viewers)
    await run.check_kept(pupils)
    if run.figures["ended_s"] > STOP_WITHIN_S:
        run.broken.append(f"it took {run.figures['ended_s']:.1f} s to stop")
    failed = [status for pupil in pupils for _, status in pupil.statuses if not 0 < status < 500]
    run.broken += [f"a page failed: {status}" for status in failed]


async def sockets_at_once(run: Run) -> None:
    """A whole school presses *watch* at the same instant, through nginx."""
    sessions, items = await run.scene(CLASS, SIDE_BY_SIDE, SLOW)
    with run.deployment.behind_nginx():
        address = run.deployment.proxy_address
        viewers = [
            Viewer(address, session, str(items[n % SIDE_BY_SIDE].code))
            for n, session in enumerate(sessions)
        ]
        before = await asyncio.to_thread(lateness)
        began_at = time.monotonic()
        await watch_all(viewers, WITHIN_S)
        late = max(before, await asyncio.to_thread(lateness))
    await run.check(viewers)
    again = sum(viewer.history.reconnects for viewer in viewers)
    if again:
        run.broken.append(f"sockets were refused or lost {again} times")
    opened = [viewer.opened_at - began_at for viewer in viewers]
    first = [viewer.history.entries[0][0] - began_at for viewer in viewers]
    run.figures |= {"opened_s": max(opened), "first_text_s": max(first), "lateness": late}
    run.figures["opened_median_s"] = median(opened)
    run.broken += late_openings(opened, late)


def late_openings(opened_s: Sequence[float], late: float) -> list[str]:
    """late: how many times as long as on an idle ordinary server all takes."""
    if median(opened_s) <= OPENED_WITHIN_S * late:
        return []
    return [
        f"half of the sockets opened only after {median(opened_s):.1f} s, {late:.1f} times late"
    ]


def _have_begun(viewers: Sequence[Viewer], number: int) -> bool:
    return sum(bool(viewer.history.entries) for viewer in viewers) >= number


def _are_told(cut_off: Sequence[Viewer]) -> bool:
    """Whether all know that the model's server is away, but for those who need no more of it."""
    return all("server" in viewer.waits or viewer.history.is_over for viewer in cut_off)


def _are_back(cut_off: Mapping[Viewer, int]) -> bool:
    """Whether all have reconnected. cut_off: how often each had reconnected before."""
    return all(len(viewer.came_back_at) > times for viewer, times in cut_off.items())


async def delivered_three_times(run: Run) -> None:
    """Deliver the message that a solution waits three times."""
    sessions, items = await run.scene(1, 1)
    [viewer] = run.viewers(sessions, items)
    async with run.watched([viewer]):
        await asyncio.to_thread(_deliver_again, 2)
    await run.check([viewer])
    row = await database_sync_to_async(_row)(viewer.code)
    run.figures["generations"] = row.fence


async def unread(run: Run) -> None:
    """Some clients ask for long solutions and never read a byte; others read."""
    alone = await _pace_of_one(run)
    sessions, items = await run.scene(UNREAD, 1, LONG)
    before_mb, most_mb = run.deployment.memory_mb("web"), 0.0
    async with contextlib.AsyncExitStack() as stack:
        open_since: dict[int, float] = {}  # by the client's port
        for session in sessions:
            socket = await stack.enter_async_context(open_socket(run.deployment.address, session))
            await socket.send(json.dumps({"type": "solution.start", "item": str(items[0].code)}))
            socket.transport.pause_reading()
            open_since[socket.local_address[1]] = time.monotonic()
            saying = asyncio.create_task(_say_now_and_then(run, socket))
            stack.callback(saying.cancel)
        beside = asyncio.create_task(_pace_of_one(run))
        while open_since and time.monotonic() < max(open_since.values()) + WITHIN_S:
            await asyncio.sleep(1)
            still = await asyncio.to_thread(run.deployment.ports_at, "web")
            closed = [open_since.pop(port) for port in [*open_since] if port not in still]
            longest = max((time.monotonic() - since for since in closed), default=0.0)
            run.figures["closed_s"] = max(longest, run.figures.get("closed_s", 0.0))
            most_mb = max(most_mb, run.deployment.memory_mb("web"))
        if open_since:
            run.broken.append(f"{len(open_since)} of {UNREAD} were never closed")
        run.figures["more_mb"] = most_mb - before_mb
        run.figures["others"] = await beside / alone


async def _say_now_and_then(run: Run, socket: ClientConnection) -> None:
    with contextlib.suppress(*LOST):
        while True:
            await asyncio.sleep(10 * run.dice.random())
            await socket.send('{"type": "x"}')


async def flooded(run: Run) -> None:
    """One student requests 50 solutions at once, 29 others one each."""
    alone = await _first_words(run, wishes_of_one=1)
    beside = await _first_words(run, wishes_of_one=50)
    run.figures["others"] = beside / alone


async def _first_words(run: Run, wishes_of_one: int) -> float:
    """The mean seconds until 29 students see the first words of their solutions."""
    sessions, items = await run.scene(30, 29 + wishes_of_one)
    flooder = run.viewers([sessions[-1]] * wishes_of_one, items[29:])
    viewers = run.viewers(sessions[:-1], items[:29])
    flooding = [asyncio.create_task(viewer.watch(WITHIN_S)) for viewer in flooder]
    await asyncio.sleep(0.3)
    began_at = time.monotonic()
    await watch_all(viewers, WITHIN_S)
    for task in flooding:
        task.cancel()
    await asyncio.gather(*flooding, return_exceptions=True)
    await run.check(viewers)
    await asyncio.to_thread(_cancel_all)
    return sum(viewer.history.entries[0][0] - began_at for viewer in viewers) / len(viewers)


async def _pace_of_one(run: Run) -> float:
    """The mean seconds between two entries of one solution."""
    sessions, items = await run.scene(1, 1)
    [viewer] = run.viewers(sessions, items)
    await viewer.watch(WITHIN_S)
    await run.check([viewer])
    times = [at for at, _ in viewer.history.entries]
    return (times[-1] - times[0]) / max(1, len(times) - 1)


async def until(condition: Callable[[], bool], within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while not condition() and time.monotonic() < deadline:  # noqa: ASYNC110 - of many things
        await asyncio.sleep(0.02)


def _first_after(viewer: Viewer, moment: float) -> float:
    """Seconds until this viewer received something new; 0 if it had everything before."""
    times = [at - moment for at, _ in viewer.history.entries if at > moment]
    return min(times, default=0.0)


def make_class(
    name: str, students: int, statements: Sequence[str], keys: Sequence[AnswerKey] = ()
) -> tuple[list[str], list[Item]]:
    """Sessions of the students, and an item per statement. keys: without them nothing is right."""
    from accounts.models import User
    from tests.factories import make_assignment, make_problem, make_section

    teacher = User.objects.create(username=f"{name}-teacher")
    pupils = [User.objects.create(username=f"{name}-{n}") for n in range(students)]
    section = make_section(teacher=teacher, students=pupils, name=name[:50])
    known = [{"key": key} for key in keys] or [{}] * len(statements)
    posed = [
        make_problem(f"{name}-{n}", statement=statement, **key)
        for n, (statement, key) in enumerate(zip(statements, known, strict=True))
    ]
    assignment = make_assignment(section, posed, attempts_allowed=None)
    items = list(assignment.problem_set.items.select_related("problem__current"))
    return [session_of(pupil) for pupil in pupils], items


def _long_problems(dice: random.Random) -> Iterator[str]:
    """The problems with the demonstration model's longest solutions."""
    from tutor.distill.exercise import ENGLISH
    from tutor.distill.lessons import SMALL_NUMBERS, lessons

    drawn = lessons("cubic_extrema", dice.randrange(10**6), SMALL_NUMBERS)
    for exercise, _language, _completion in islice(drawn, LINE):
        yield exercise.statements[ENGLISH]


def _held() -> set[tuple[int, int]]:
    """The solutions that workers are writing: keys and fences. The next claim raises a fence."""
    from tutor.solutions.models import Solution, State

    return set(Solution.objects.filter(state=State.STREAMING).values_list("pk", "fence"))


def _row(code: str) -> Solution:
    from tutor.solutions.models import Solution

    return Solution.objects.get(code=code)


def _not_stored(actions: Sequence[str]) -> list[str]:
    from tutor.attempts.models import Attempt

    stored = set(Attempt.objects.filter(action__in=actions).values_list("action", flat=True))
    return [action for action in actions if UUID(action) not in stored]


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _flush() -> None:
    from tutor.redis_client import connect

    with connect() as client:
        client.flushall()


def _deliver_again(times: int) -> None:
    from tutor.solutions.dispatch.model_choice import weights_wanted
    from tutor.solutions.dispatch.queues import queue_of
    from tutor.solutions.tasks import generate_solution

    for _ in range(times):
        generate_solution.apply_async(queue=queue_of(weights_wanted()))


def _cancel_all() -> None:
    from tutor.solutions.dispatch.lifecycle import cancel_solution
    from tutor.solutions.models import Solution, State

    for solution in Solution.objects.exclude(state=State.ENDED):
        cancel_solution(solution)


FAULTS: dict[str, Fault] = {
    "worker": worker_killed,
    "engine": engine_killed,
    "redis": redis_lost,
    "postgresql": postgresql_restarted,
    "early": started_too_early,
    "server": model_server_restarted,
    "disk": disk_full,
    "web": web_killed,
    "stop": web_stopped,
    "sockets": sockets_at_once,
    "triple": delivered_three_times,
    "unread": unread,
    "flood": flooded,
}
