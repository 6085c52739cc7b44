"""Many viewers of one solution ask the database as often as one."""

import asyncio

import pytest

from tutor.engine.completion import Outcome
from tutor.solutions import looks as module
from tutor.solutions.looks import looks
from tutor.solutions.models import Solution, State
from tutor.solutions.tasks import request_solution

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch):
    """Keys of the solutions that were read, once for each time."""
    found, find_row = [], module.find_row

    async def counted(**which):
        found.append(which["pk"])
        return await find_row(**which)

    monkeypatch.setattr(module, "find_row", counted)
    return found


@pytest.fixture
def solution(item):
    return request_solution(item.problem.current, user=None)


async def test_who_looks_at_about_the_same_time_looks_once(solution, asked, monkeypatch):
    seen = await asyncio.gather(*(looks().at(solution.pk) for _ in range(100)))
    assert {one.status for one in seen} == {(State.QUEUED, "worker", 0)}
    assert (await looks().at(solution.pk)).row == solution
    assert asked == [solution.pk]
    monkeypatch.setattr(module, "FRESH_S", 0.0)
    await Solution.objects.aupdate(state=State.ENDED, outcome=Outcome.ABORTED)
    assert (await looks().at(solution.pk)).row.state == State.ENDED
    assert len(asked) == 2


async def test_one_viewer_that_leaves_takes_no_look_from_the_others(solution, asked):
    leaving = asyncio.create_task(looks().at(solution.pk))
    staying = asyncio.create_task(looks().at(solution.pk))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying).row == solution
    assert len(asked) == 1


async def test_what_is_gone_is_said_to_all(solution):
    await Solution.objects.all().adelete()
    found = await asyncio.gather(
        *(looks().at(solution.pk) for _ in range(3)), return_exceptions=True
    )
    assert [type(error) for error in found] == [Solution.DoesNotExist] * 3
