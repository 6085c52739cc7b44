"""How many sockets a person may have, when they are ended, and what a client may not do to us."""

import asyncio
import contextlib
import time
from itertools import count

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError, connection, connections
from django.test import Client

from tests.scripted_engine import ScriptedEngine
from tests.sockets import (
    HOST,
    Communicator,
    connected,
    cookie_of,
    messages_in,
    receive,
    send,
    socket,
)
from tests.solutions.conftest import ANSWER, REASONING
from tutor.asgi import application
from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment
from tutor.redis_client import open_redis
from tutor.solutions import db_connections
from tutor.solutions.db_connections import OPEN_S, with_persistent_connection
from tutor.solutions.log import viewers
from tutor.solutions.log.protocol import NOT_SIGNED_IN, TOO_MANY, TOO_SLOW, TRY_AGAIN
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.sockets import consumers, send_window, session_guard
from tutor.solutions.sockets.session_guard import load_access

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
    monkeypatch.setattr(consumers, "MAX_SOCKETS", 2)
    async with connected(alice) as first, connected(alice), connected(bob):
        async with connected(alice) as third:
            refused = await receive(third)
            assert refused["reason"] == "too_many_windows"
            assert "Close some" in refused["message"]
            assert await closed(third) == TOO_MANY
        await first.disconnect()
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


async def test_a_socket_that_is_alone_is_closed_too(alice):
    async with connected(alice) as communicator:
        await sync_to_async(sign_out)(alice)
        assert await closed(communicator) == NOT_SIGNED_IN


async def test_one_whose_application_is_ended_from_outside_counts_no_more(alice):
    cookie = await sync_to_async(cookie_of)(alice)
    headers = [
        HOST,
        (b"origin", settings.ORIGINS[0].encode()),
        (b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()),
    ]
    communicator = Communicator(application, "/ws/solutions/", headers=headers)
    await communicator.connect()
    await session_guard.guard().access(cookie)  # in the line of calls it is behind the socket's own
    await asyncio.sleep(0.1)
    assert len(session_guard.guard().sockets) == 1
    communicator.future.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await communicator.future
    assert not session_guard.guard().sockets


async def test_whatever_fails_a_socket_is_told(alice, monkeypatch):
    def broken(keys):
        raise InterfaceError

    monkeypatch.setattr(session_guard, "load_access", broken)
    async with connected(alice) as communicator:
        assert await closed(communicator) == TRY_AGAIN


async def test_sockets_of_whom_nothing_has_changed_stay(alice, item, monkeypatch):
    monkeypatch.setattr(session_guard, "CHECK_EVERY_S", 0.05)
    async with connected(alice) as communicator:
        await asyncio.sleep(0.5)
        await Enrollment.objects.filter(user=alice).aupdate(extra_attempts=3)
        await asyncio.sleep(0.5)
        await send(communicator, type="solution.start", item=str(item.code))
        assert (await receive(communicator))["type"] == "solution.status"
    assert not session_guard.guard().sockets


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
    with django_assert_num_queries(4):
        assert len(load_access([*keys, "no-such-session"])) == len(keys)


async def test_those_who_come_at_once_are_looked_up_together(alice, monkeypatch):
    lookups = []

    def counted(keys):
        lookups.append(sorted(keys))
        time.sleep(0.05)  # while the others come
        return load_access(keys)

    monkeypatch.setattr(session_guard, "load_access", counted)
    cookies = [await sync_to_async(cookie_of)(alice) for _ in range(20)]
    answers = [session_guard.guard().access(key) for key in [*cookies, *cookies, "nobody"]]
    accesses = await asyncio.gather(*answers)
    assert [standing.user for standing in accesses[:-1]] == [alice] * 40
    assert accesses[-1] is None
    assert len(lookups) <= 2


async def test_nobody_is_looked_up_while_more_sockets_open_but_not_for_long(alice, monkeypatch):
    monkeypatch.setattr(session_guard, "CALM_S", 1_000.0)
    monkeypatch.setattr(session_guard, "MAX_STORM_S", 0.5)
    began = time.monotonic()
    async with connected(alice) as communicator:
        accepted_s = time.monotonic() - began
        await send(communicator, type="solution.start", item="none")
        assert (await receive(communicator))["reason"] == "malformed"
        assert accepted_s < 0.5 <= time.monotonic() - began


async def test_a_database_that_is_away_is_said_to_all_who_ask_at_once(alice, monkeypatch):
    def away(keys):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(session_guard, "load_access", away)
        answers = [session_guard.guard().access(key) for key in ("one", "another", "one")]
        accesses = await asyncio.gather(*answers, return_exceptions=True)
        assert [type(error) for error in accesses] == [OperationalError] * 3
    standing = await session_guard.guard().access(await sync_to_async(cookie_of)(alice))
    assert standing.user == alice


@pytest.mark.parametrize("cookie", [b"a\x00b", b"x" * 5_000, b"' or 1=1", "\u00e9".encode(), b""])
async def test_whatever_a_client_sends_as_its_session_is_only_not_signed_in(cookie):
    name = settings.SESSION_COOKIE_NAME.encode()
    origin = (b"origin", settings.ORIGINS[0].encode())
    headers = [HOST, origin, (b"cookie", name + b"=" + cookie)]
    communicator = Communicator(application, "/ws/solutions/", headers=headers)
    await communicator.connect()
    assert await closed(communicator) == NOT_SIGNED_IN


# Coming back


async def cut_off(user, solution):
    """The id of the entry with which the connection of this viewer was lost."""
    async with connected(user) as communicator:
        await send(communicator, type="solution.watch", solution=str(solution.code), after="")
        return (await receive(communicator, "step.delta"))["id"]


async def asked_again(user, solution, after):
    async with connected(user) as communicator:
        await send(communicator, type="solution.watch", solution=str(solution.code), after=after)
        return await receive(communicator)


async def test_who_was_cut_off_goes_on_as_one_who_was_not(alice, bob, solved, assignment):
    """A socket that is open stays when a teacher turns help off, and so does one that comes back:
    for moments, at its place, and for nobody else.
    """
    last_id = await cut_off(alice, solved)
    await Assignment.objects.aupdate(help_policy=Assignment.HelpPolicy.NEVER)
    assert (await asked_again(alice, solved, last_id))["type"] == "solution.status"
    assert (await asked_again(alice, solved, ""))["reason"] == "not_found"
    assert (await asked_again(bob, solved, last_id))["reason"] == "not_found"


async def test_who_was_long_away_is_asked_all_again(alice, solved, monkeypatch):
    last_id = await cut_off(alice, solved)
    await Assignment.objects.aupdate(help_policy=Assignment.HelpPolicy.NEVER)
    monkeypatch.setattr(viewers, "ACCESS_S", 0.0)
    assert (await asked_again(alice, solved, last_id))["reason"] == "not_found"


async def test_a_seat_is_not_kept_by_sitting_in_it(alice, solved, monkeypatch):
    last_id = await cut_off(alice, solved)
    await Assignment.objects.aupdate(help_policy=Assignment.HelpPolicy.NEVER)
    monkeypatch.setattr(viewers, "ACCESS_S", 1.5)
    began_at = time.monotonic()
    while (await asked_again(alice, solved, last_id))["type"] == "solution.status":
        assert time.monotonic() - began_at < 10
        await asyncio.sleep(0.1)


async def test_whose_standing_has_changed_is_asked_all_again(alice, solved):
    last_id = await cut_off(alice, solved)
    await sync_to_async(leave_the_class)(alice)
    assert (await asked_again(alice, solved, last_id))["reason"] == "not_found"


async def test_without_what_redis_had_one_is_asked_all_again(alice, solved):
    last_id = await cut_off(alice, solved)
    async with open_redis() as client:
        await client.flushall()
    assert (await asked_again(alice, solved, last_id))["type"] == "solution.status"


async def test_calls_share_a_connection_until_it_is_old_or_fails(alice, monkeypatch):
    @with_persistent_connection
    def used():
        connection.ensure_connection()
        return connection.connection

    @with_persistent_connection
    def fail():
        connection.errors_occurred = True
        monkeypatch.setattr(type(connections["default"]), "is_usable", lambda self: False)

    first = await used()
    assert await used() is first
    await fail()
    second = await used()
    assert second is not first
    assert await used() is second
    later = time.monotonic() + OPEN_S + 1
    monkeypatch.setattr(db_connections.time, "monotonic", lambda: later)
    assert await used() is not second


# Clients that never read


@pytest.fixture
def short_of_patience(monkeypatch):
    monkeypatch.setattr(send_window, "PATIENCE_S", 1.0)
    monkeypatch.setattr(consumers, "REQUESTS_PER_S", 1000.0)


async def keep_saying(communicator, message):
    while True:
        await send(communicator, **message)
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    "message",
    [
        {"type": "no.such.request"},
        {"type": "solution.shown", "id": "9-9"},
        {"type": "solution.watch", "after": ""},
    ],
)
async def test_who_never_reads_is_closed_whatever_it_sends(
    alice, item, solved, monkeypatch, short_of_patience, message
):
    monkeypatch.setattr(send_window, "WINDOW", 2)
    monkeypatch.setattr(send_window, "MAX_UNREAD", 8)
    code = str(solved.code)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=code, after="")
        saying = asyncio.create_task(keep_saying(communicator, {"solution": code} | message))
        entries = 0
        while (output := await communicator.receive_output(timeout=5))["type"] != "websocket.close":
            entries += sum("id" in message for message in messages_in(output["text"]))
        saying.cancel()
    assert output["code"] == TOO_SLOW
    assert entries <= 8 + 2


async def test_acknowledging_what_was_never_read_buys_no_more_than_its_share(
    alice, item, solved, monkeypatch, short_of_patience
):
    """Ids can be guessed, so what one socket is sent at all has an end too."""
    monkeypatch.setattr(send_window, "MAX_SENT", 10_000)
    code, sent = str(solved.code), 0
    async with connected(alice) as communicator:
        for _ in count():
            await send(communicator, type="solution.watch", solution=code, after="")
            output = await communicator.receive_output(timeout=5)
            if output["type"] == "websocket.close":
                break
            message = messages_in(output["text"])[-1]
            sent += len(output["text"]) if "id" in message else 0
            await send(
                communicator, type="solution.shown", solution=code, id=message.get("id", "1-1")
            )
            await asyncio.sleep(0.01)
    assert output["code"] == TOO_SLOW
    assert sent <= 10_000


async def test_who_is_not_signed_in_is_not_counted(item):
    async with socket(None) as communicator:
        await communicator.connect()
        assert (await communicator.receive_output())["code"] == NOT_SIGNED_IN
    assert not session_guard.guard().sockets
