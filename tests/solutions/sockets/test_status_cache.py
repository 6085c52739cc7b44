"""Many viewers ask the database as often as one, of one solution or each of another."""

import asyncio
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tutor.engine.completion import Outcome
from tutor.engine.prompts import weights_of
from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import Presence, announce
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.sockets import status_cache as module
from tutor.solutions.sockets.status_cache import status_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reads(monkeypatch):
    """Keys of the solutions that were read, a list for each time."""
    reads, load_snapshots = [], module.load_snapshots

    async def counted(**which):
        reads.append(list(which["pk__in"]))
        return await load_snapshots(**which)

    monkeypatch.setattr(module, "load_snapshots", counted)
    return reads


@pytest.fixture
def solution(item):
    return request_solution(item.problem.current, user=None)


async def test_who_looks_at_about_the_same_time_looks_once(solution, reads, monkeypatch):
    seen = await asyncio.gather(*(status_cache().get(solution.pk) for _ in range(100)))
    assert {snapshot.status for snapshot in seen} == {(State.QUEUED, "worker", 0)}
    assert (await status_cache().get(solution.pk)).row == solution
    assert reads == [[solution.pk]]
    monkeypatch.setattr(module, "FRESH_S", 0.0)
    await Solution.objects.aupdate(state=State.ENDED, outcome=Outcome.ABORTED)
    assert (await status_cache().get(solution.pk)).row.state == State.ENDED
    assert len(reads) == 2


async def test_one_viewer_that_leaves_takes_no_look_from_the_others(solution, reads):
    leaving = asyncio.create_task(status_cache().get(solution.pk))
    staying = asyncio.create_task(status_cache().get(solution.pk))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying).row == solution
    assert len(reads) == 1


async def test_what_is_gone_is_said_to_all(solution):
    await Solution.objects.all().adelete()
    errors = await asyncio.gather(
        *(status_cache().get(solution.pk) for _ in range(3)), return_exceptions=True
    )
    assert [type(error) for error in errors] == [Solution.DoesNotExist] * 3


@pytest.fixture
def queue(solution):
    """Thirty that wait behind it for their turn, each before those that were made before it."""
    with connect() as client:
        announce(client, Presence(str(uuid4()), True, weights_of(solution.recipe), "", 0))
    return [
        Solution.objects.create(
            version=solution.version, recipe=solution.recipe, number=2 + n, priority=100 - n
        )
        for n in range(30)
    ]


@sync_to_async
def questions_of(solutions):
    """How many the database is asked to see them all."""
    with CaptureQueriesContext(connection) as queries:
        seen = module.snapshots_of(solutions)
    return len(queries), [snapshot.status for snapshot in seen]


async def test_of_a_school_that_waits_each_hears_its_own_place(queue, reads):
    seen = await asyncio.gather(*(status_cache().get(solution.pk) for solution in queue))
    assert [snapshot.row for snapshot in seen] == queue
    assert [snapshot.status for snapshot in seen] == [
        (State.QUEUED, "turn", 30 - n) for n in range(30)
    ]
    assert sum(map(len, reads)) == 30
    assert len(reads) <= 2
    assert await questions_of(queue) == (1, [snapshot.status for snapshot in seen])
    assert await questions_of(queue[:1]) == (1, [(State.QUEUED, "turn", 30)])


async def test_who_comes_back_while_a_look_is_late_waits_for_the_next_one(
    solution, reads, monkeypatch
):
    monkeypatch.setattr(module, "FRESH_S", 0.0)
    looked, load_snapshots = asyncio.Event(), module.load_snapshots

    async def late(**which):
        await looked.wait()
        return await load_snapshots(**which)

    monkeypatch.setattr(module, "load_snapshots", late)
    first = asyncio.create_task(status_cache().get(solution.pk))
    await asyncio.sleep(0.02)
    later = [asyncio.create_task(status_cache().get(solution.pk)) for _ in range(3)]
    await asyncio.sleep(0.02)
    looked.set()
    async with asyncio.timeout(5):
        seen = await asyncio.gather(first, *later)
    assert {snapshot.row for snapshot in seen} == {solution}
    assert reads == [[solution.pk]] * 2


async def test_a_database_that_is_away_is_said_to_all(solution, monkeypatch):
    async def fail(**which):
        raise OperationalError("gone")

    with monkeypatch.context() as away:
        away.setattr(module, "load_snapshots", fail)
        errors = await asyncio.gather(
            *(status_cache().get(solution.pk) for _ in range(3)), return_exceptions=True
        )
    assert [type(error) for error in errors] == [OperationalError] * 3
    monkeypatch.setattr(module, "FRESH_S", 0.0)
    assert (await status_cache().get(solution.pk)).row == solution
