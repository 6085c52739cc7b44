"""When the last one who watches leaves, the engine is not kept busy for nobody."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.test import Client
from django.urls import reverse

from tests.asking import request_for
from tests.scripted_engine import ScriptedEngine
from tests.sockets import connected, receive, send
from tests.solutions.conftest import ANSWER, REASONING
from tutor.engine.completion import Outcome
from tutor.redis_client import connect
from tutor.solutions.generation import heartbeat
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution

pytestmark = pytest.mark.django_db(transaction=True)

ALONE_S = 0.5
FOR_EVER_S = 10_000.0


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Nobody is taken for gone before a test says so, however slow the machine is."""
    monkeypatch.setattr(heartbeat, "HEARTBEAT_S", 0.1)
    monkeypatch.setattr(heartbeat, "UNWATCHED_S", FOR_EVER_S)


@pytest.fixture
def look_for_viewers(monkeypatch):
    """From now on the worker waits for them only briefly."""

    def look() -> None:
        monkeypatch.setattr(heartbeat, "UNWATCHED_S", ALONE_S)

    return look


async def held_at(position, start_worker, in_thread):
    engine = ScriptedEngine(ANSWER, reasoning=REASONING, hold_at=position, pause_s=0.05)
    worker = await sync_to_async(start_worker)(engine)
    return engine, in_thread(worker.solve)


async def ended(running):
    async with asyncio.timeout(30):
        await asyncio.wrap_future(running)
    return await Solution.objects.select_related("version").alatest("pk")


async def wish(user, item, start_worker, in_thread, position=3):
    """A student asks, sees the beginning, and leaves; the engine waits at `place`."""
    async with connected(user) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        await receive(communicator, "solution.status")
        engine, running = await held_at(position, start_worker, in_thread)
        kind = "reasoning.delta" if position <= len(REASONING) else "step.delta"
        await receive(communicator, kind)
    return engine, running


async def test_the_request_is_aborted_once_nobody_watches(
    alice, item, start_worker, in_thread, look_for_viewers
):
    engine, running = await wish(alice, item, start_worker, in_thread)
    look_for_viewers()
    solution = await ended(running)
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.ABORTED)
    assert engine.aborted == 1
    assert engine.generated == 3


async def test_who_comes_back_in_time_finds_it_going_on(
    alice, item, start_worker, in_thread, look_for_viewers
):
    engine, running = await wish(alice, item, start_worker, in_thread)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        await receive(communicator, "reasoning.delta")
        look_for_viewers()
        await asyncio.sleep(4 * ALONE_S)
        engine.release()
        end = await receive(communicator, "solution.end")
    assert (end["outcome"], engine.aborted) == (Outcome.FINISHED, 0)
    await ended(running)


async def test_a_classmate_who_stays_keeps_it(
    alice, bob, item, start_worker, in_thread, look_for_viewers
):
    async with connected(bob) as staying:
        engine, running = await wish(alice, item, start_worker, in_thread)
        await send(staying, type="solution.start", item=str(item.code))
        await receive(staying, "reasoning.delta")
        look_for_viewers()
        await asyncio.sleep(4 * ALONE_S)
        engine.release()
        assert (await receive(staying, "solution.end"))["outcome"] == Outcome.FINISHED
    await ended(running)


async def test_a_redis_that_lost_everything_is_no_viewer_who_left(
    alice, item, start_worker, in_thread, monkeypatch
):
    monkeypatch.setattr(heartbeat, "UNWATCHED_S", 10.0)  # viewers tell of themselves each 5 s
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        await receive(communicator, "solution.status")
        engine, running = await held_at(3, start_worker, in_thread)
        await receive(communicator, "reasoning.delta")
        with connect() as redis:
            redis.flushall()
        await asyncio.sleep(11)
        assert engine.aborted == 0
        engine.release()
        await receive(communicator, "solution.end", "solution.whole")
    assert (await ended(running)).outcome == Outcome.FINISHED


def asked_without_a_socket(user, item):
    client = Client()
    client.force_login(user)
    client.post(reverse("solution-request", args=[item.code]))


def prepared(user, item):
    request_solution(item.problem.current, None)


@pytest.mark.parametrize(
    ("by", "when"),
    [(request_for, "after"), (asked_without_a_socket, "after"), (prepared, "before")],
)
async def test_what_somebody_else_wants_goes_on(
    alice, carol, item, start_worker, in_thread, look_for_viewers, by, when
):
    """A teacher, a page without scripts, the preparation: they do not watch by a socket."""
    user = carol if by is request_for else alice
    if when == "before":
        await database_sync_to_async(by)(user, item)
    engine, running = await wish(alice, item, start_worker, in_thread)
    if when == "after":
        await database_sync_to_async(by)(user, item)
    look_for_viewers()
    await asyncio.sleep(4 * ALONE_S)
    assert engine.aborted == 0
    engine.release()
    assert (await ended(running)).outcome == Outcome.FINISHED


async def test_an_answer_that_has_begun_is_finished(
    alice, item, start_worker, in_thread, look_for_viewers
):
    position = len(REASONING) + 3
    engine, running = await wish(alice, item, start_worker, in_thread, position)
    look_for_viewers()
    await asyncio.sleep(4 * ALONE_S)
    engine.release()
    assert (await ended(running)).verdict == "correct"


def test_the_next_one_to_ask_gets_another(alice, bob, item):
    first = request_for(alice, item, is_live=True)
    Solution.objects.filter(pk=first.pk).update(state=State.ENDED, outcome=Outcome.ABORTED)
    second = request_for(bob, item, is_live=True)
    assert (second.number, second.state) == (2, State.QUEUED)
    assert request_for(alice, item, is_live=True) == second
