"""Erasure removes all traces of a person, and nothing that others need."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.conftest import make_user
from tests.privacy.conftest import WORDS, note
from tests.sockets import connected, receive, send
from tests.solutions.sockets.test_session_guard import closed
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt, GradeChange
from tutor.attempts.responses import Submission
from tutor.attempts.submitting import submit_response
from tutor.attempts.tasks import grade_attempt
from tutor.courses.models import Enrollment, SectionEvent
from tutor.limits import is_allowed
from tutor.privacy.erasing import erase, erase_all
from tutor.privacy.models import Erasure
from tutor.privacy.policy import DETACHED, OWN, own_counts
from tutor.privacy.traces import NOBODY, history_of, sessions_of
from tutor.redis_client import connect
from tutor.solutions.log.protocol import NOT_SIGNED_IN
from tutor.solutions.models import Solution, SolutionView


def whole_database():
    """Everything stored, without sessions, whose text is encoded."""
    return {
        f"{model._meta.label} {row['id']}": str(row)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label != "sessions.Session"
        for row in model._base_manager.values()
    }


def test_nothing_tells_of_her_any_more(stored, client, admin):
    client.force_login(stored)
    before, pk = whole_database(), stored.pk
    assert all(any(word in row for row in before.values()) for word in WORDS)
    erase(stored, by=admin)
    after = whole_database()
    assert [row for row in after.values() if any(word in row for word in WORDS)] == []
    assert own_counts(pk) == {}
    assert not sessions_of(pk)[pk]
    assert client.get(reverse("home")).url.startswith(reverse("account_login"))


def test_others_miss_nothing(stored, bob, carol, section, item):
    before = {person: own_counts(person.pk) for person in (bob, carol)}
    erase(stored, by=None)
    assert {person: own_counts(person.pk) for person in (bob, carol)} == before
    solution = Solution.objects.get()
    assert (solution.enrollment, solution.steps) == (None, ["86753091"])
    assert SolutionView.objects.get().user == bob
    event = section.events.get(act=SectionEvent.Act.ACCOMMODATION)
    assert (event.author, event.about, event.detail) == (carol, None, "")
    by_her = Attempt.objects.get(enrollment__user=bob).changes.get(number=2)
    assert (by_her.author, by_her.reason) == (None, "Bob explained it.")


def test_with_a_teacher_goes_no_work_of_the_class(stored, carol):
    counts = own_counts(stored.pk)
    erase(carol, by=None)
    assert own_counts(stored.pk) == counts
    assert GradeChange.objects.get(reason__startswith="Half").author is None


def test_a_line_without_a_name_stays(stored, admin):
    erase(stored, by=admin)
    line = Erasure.objects.latest("pk")
    assert line.by == admin
    assert set(line.gone) == set(OWN)
    assert set(line.detached) == set(DETACHED)
    assert (line.gone["attempts.Attempt"], line.gone["attempts.GradeChange"]) == (1, 2)


def test_a_message_about_what_is_gone_does_nothing(stored):
    attempt = Attempt.objects.get(enrollment__user=stored)
    erase(stored, by=None)
    grade_attempt(attempt.pk)
    assert not Attempt.objects.filter(pk=attempt.pk).exists()


def test_who_has_her_former_name_keeps_what_is_said_of_them(admin, section):
    former = make_user("anna")
    note(admin, former, "anna", CHANGE)
    User.objects.filter(pk=former.pk).update(username="anna.b")
    former.refresh_from_db()
    anna = make_user("anna")
    enrollment = Enrollment.objects.create(section=section, user=anna)
    note(admin, anna, "anna", CHANGE)
    note(admin, enrollment, str(enrollment), CHANGE)
    assert [entry.object_id for entry in history_of(former)] == [str(former.pk)]
    erase(former, by=admin)
    names = LogEntry.objects.order_by("pk").values_list("object_repr", flat=True)
    assert list(names) == [NOBODY, "anna", str(enrollment)]


def test_sessions_are_read_once_for_many(alice, bob, client):
    for person in (alice, bob):
        client.force_login(person)
        client.cookies.clear()
    with CaptureQueriesContext(connection) as queries:
        erase_all([alice, bob], by=None)
    read = [query["sql"] for query in queries if "SELECT" in query["sql"]]
    assert sum("session_data" in sql for sql in read) == 1
    assert not Session.objects.exists()


def test_redis_forgets_her(stored, bob, django_capture_on_commit_callbacks):
    is_allowed("submit", stored.pk, per_minute=9)
    is_allowed("submit", bob.pk, per_minute=9)
    access_keys = "solution:{7}:access"
    with connect() as client:
        client.zadd(access_keys, {f"{stored.pk} abc": time.time(), f"{bob.pk} abc": time.time()})
        with django_capture_on_commit_callbacks(execute=True):
            erase(stored, by=None)
        limits = client.keys("limit:*")
        assert limits
        assert all(f":{bob.pk}:" in limit for limit in limits)
        assert client.zrange(access_keys, 0, -1) == [f"{bob.pk} abc"]


@pytest.mark.django_db(transaction=True)
async def test_her_open_sockets_end(alice, bob, item):
    async with connected(bob) as other, connected(alice) as hers:
        await send(hers, type="solution.start", item=str(item.code))
        named = (await receive(hers, "solution.status"))["solution"]
        await sync_to_async(erase)(alice, by=None)
        assert await closed(hers, within_s=5.0) == NOT_SIGNED_IN
        await send(other, type="solution.watch", solution=named, after="")
        assert (await receive(other))["type"] == "solution.status"


@pytest.mark.django_db(transaction=True)
def test_who_hands_in_meanwhile_stops_nothing_and_leaves_nothing(alice, item):
    """A request that runs during the erasure fails cleanly at any point."""
    enrollment, version = Enrollment.objects.get(user=alice), item.problem.current
    Assignment.objects.update(attempts_allowed=None)

    def hand_in():
        try:
            for number in range(1, 500):  # not for ever, where nothing ends it
                wrong = Submission(uuid4(), number, version.code, str(number + 4))
                submit_response(enrollment, item, wrong)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        handing_in = pool.submit(hand_in)
        while Attempt.objects.count() < 5:
            assert not handing_in.done(), handing_in.result()
        erase(alice, by=None)
        with pytest.raises((ObjectDoesNotExist, IntegrityError)):
            handing_in.result(timeout=30)
    assert not Attempt.objects.exists()
    assert Erasure.objects.get().gone["attempts.Attempt"] >= 5


def test_the_command_says_which_sections_lose_their_teacher(stored, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda question: "")
    with pytest.raises(CommandError, match="nothing was erased"):
        call_command("erase_person", "alice")
    assert "Evening class" in capsys.readouterr().out


def test_the_command_leaves_an_administrator(admin):
    make_user("former.admin", is_superuser=True, is_active=False)
    with pytest.raises(CommandError, match="last active administrator"):
        call_command("erase_person", "admin", yes=True)
    make_user("other.admin", is_superuser=True)
    call_command("erase_person", "admin", yes=True)
    assert not User.objects.filter(username="admin").exists()


def test_the_command_asks_for_the_name_once_more(stored, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda question: "bob")
    with pytest.raises(CommandError, match="nothing was erased"):
        call_command("erase_person", "alice")
    assert "attempts.Attempt: 1" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda question: "alice")
    call_command("erase_person", "alice")
    assert not User.objects.filter(username="alice").exists()
    with pytest.raises(CommandError, match="nobody has the user name 'alice'"):
        call_command("erase_person", "alice", yes=True)
