"""How many sockets a person may have, when they are ended, and what a client may not do to us."""

import asyncio
import json
import time
from itertools import count

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from tests.scripted_engine import ScriptedEngine
from tests.sockets import connected, receive, send, socket
from tests.solutions.conftest import ANSWER, REASONING
from tutor.courses.models import Enrollment
from tutor.solutions import consumers, guard
from tutor.solutions.guard import standings
from tutor.solutions.protocol import NOT_SIGNED_IN, TOO_MANY, TOO_SLOW, TRY_AGAIN
from tutor.solutions.tasks import request_solution

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def solved(item, start_worker):
    solution = request_solution(item.problem.current, user=None)
    start_worker(ScriptedEngine(ANSWER, reasoning=REASONING)).solve()
    solution.refresh_from_db()
    return solution


async def closed(communicator, within_s=5.0):
    """The code with which the server closed it; what it said before is passed over."""
    until = time.monotonic() + within_s
    while True:
        output = await communicator.receive_output(timeout=until - time.monotonic())
        if output["type"] == "websocket.close":
            return output["code"]


async def test_one_person_has_only_so_many_sockets(alice, bob, item, monkeypatch):
    monkeypatch.setattr(consumers, "MOST_SOCKETS", 2)
    async with connected(alice) as one, connected(alice), connected(bob):
        async with connected(alice) as third:
            refused = await receive(third)
            assert refused["reason"] == "too_many_windows"
            assert "Close some" in refused["message"]
            assert await closed(third) == TOO_MANY
        await one.disconnect()
        async with connected(alice) as again:
            await send(again, type="solution.start", item=str(item.code))
            assert (await receive(again))["type"] == "solution.status"


def sign_out(user):
    for session in Session.objects.all():
        if session.get_decoded()[SESSION_KEY] == str(user.pk):
            session.delete()


def deactivate(user):
    user.is_active = False
    user.save(update_fields=["is_active"])


def change_password(user):
    user.set_password("another-word-7")
    user.save(update_fields=["password"])


def leave_the_class(user):
    Enrollment.objects.filter(user=user).update(role=Enrollment.Role.FORMER)


def become_a_teacher(user):
    Enrollment.objects.filter(user=user).update(role=Enrollment.Role.TEACHER)


def lose_administration(user):
    user.is_staff = user.is_superuser = not user.is_staff
    user.save(update_fields=["is_staff", "is_superuser"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (sign_out, NOT_SIGNED_IN),
        (deactivate, NOT_SIGNED_IN),
        (change_password, NOT_SIGNED_IN),
        (leave_the_class, TRY_AGAIN),
        (become_a_teacher, TRY_AGAIN),
        (lose_administration, TRY_AGAIN),
    ],
)
async def test_within_five_seconds_a_socket_ends_with_what_allowed_it(
    alice, bob, item, change, code
):
    async with connected(bob) as other, connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        named = (await receive(communicator, "solution.status"))["solution"]
        await sync_to_async(change)(alice)
        assert await closed(communicator, within_s=5.0) == code
        # What it asks now is not heard, and the other goes on.
        await send(communicator, type="solution.watch", solution=named, after="")
        assert await communicator.receive_nothing(timeout=0.2)
        await send(other, type="solution.watch", solution=named, after="")
        assert (await receive(other))["type"] == "solution.status"


async def test_sockets_of_whom_nothing_has_changed_stay(alice, item, monkeypatch):
    monkeypatch.setattr(guard, "LOOK_S", 0.05)
    async with connected(alice) as communicator:
        await asyncio.sleep(0.5)
        await Enrollment.objects.filter(user=alice).aupdate(extra_attempts=3)
        await asyncio.sleep(0.5)
        await send(communicator, type="solution.start", item=str(item.code))
        assert (await receive(communicator))["type"] == "solution.status"
    assert not guard.guard().sockets


@pytest.mark.parametrize("people", [1, 12])
def test_looking_after_many_costs_what_looking_after_one_does(
    django_assert_num_queries, section, people
):
    from tests.factories import add_students

    add_students(section, people)
    keys = []
    for enrollment in section.enrollments.select_related("user"):
        client = Client()
        client.force_login(enrollment.user)
        keys.append(client.session.session_key)
    with django_assert_num_queries(3):
        assert len(standings([*keys, "no-such-session"])) == len(keys)


# Clients that never read


@pytest.fixture
def short_of_patience(monkeypatch):
    monkeypatch.setattr(consumers, "PATIENCE_S", 1.0)
    monkeypatch.setattr(consumers, "REQUESTS_PER_S", 1000.0)


async def keep_saying(communicator, said):
    while True:
        await send(communicator, **said)
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    "said",
    [
        {"type": "no.such.request"},
        {"type": "solution.drawn", "id": "9-9"},
        {"type": "solution.watch", "after": ""},
    ],
)
async def test_who_never_reads_is_closed_whatever_it_sends(
    alice, item, solved, monkeypatch, short_of_patience, said
):
    monkeypatch.setattr(consumers, "WINDOW", 2)
    monkeypatch.setattr(consumers, "MOST_UNREAD", 8)
    code = str(solved.code)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=code, after="")
        saying = asyncio.create_task(keep_saying(communicator, {"solution": code} | said))
        entries = 0
        while (output := await communicator.receive_output(timeout=5))["type"] != "websocket.close":
            entries += "id" in json.loads(output["text"])
        saying.cancel()
    assert output["code"] == TOO_SLOW
    assert entries <= 8 + 2


async def test_acknowledging_what_was_never_read_buys_no_more_than_its_share(
    alice, item, solved, monkeypatch, short_of_patience
):
    """Ids can be guessed, so what one socket is sent at all has an end too."""
    monkeypatch.setattr(consumers, "MOST_SENT", 10_000)
    code, sent = str(solved.code), 0
    async with connected(alice) as communicator:
        for _ in count():
            await send(communicator, type="solution.watch", solution=code, after="")
            output = await communicator.receive_output(timeout=5)
            if output["type"] == "websocket.close":
                break
            message = json.loads(output["text"])
            sent += len(output["text"]) if "id" in message else 0
            await send(
                communicator, type="solution.drawn", solution=code, id=message.get("id", "1-1")
            )
            await asyncio.sleep(0.01)
    assert output["code"] == TOO_SLOW
    assert sent <= 10_000


async def test_who_is_not_signed_in_is_not_counted(item):
    async with socket(None) as communicator:
        await communicator.connect()
        assert (await communicator.receive_output())["code"] == NOT_SIGNED_IN
    assert not guard.guard().sockets
