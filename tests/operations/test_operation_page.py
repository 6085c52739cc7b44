"""The page of the operation, and the history of the administration."""

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.bench.school import fill
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment
from tutor.engine.completion import Outcome
from tutor.operations import processes
from tutor.operations.announcing import Announcer
from tutor.operations.processes import Process, ProcessKind
from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import Presence, announce
from tutor.solutions.models import LEASE, HintDraft, Solution, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.tasks import sweep_solutions

ADDRESS = reverse("operation")
SECOND = "%Y-%m-%d %H:%M:%S"


def text_of(client) -> str:
    page = client.get(ADDRESS)
    assert page.status_code == 200
    return " ".join(re.sub("<[^>]*>", " ", page.content.decode()).split())


def test_only_administrators_open_the_page(client, alice, carol, admin):
    for person in (alice, carol):
        client.force_login(person)
        assert client.get(ADDRESS).status_code in (302, 403)
    carol.is_staff = True
    carol.save()
    client.force_login(carol)
    assert client.get(ADDRESS).status_code == 403
    assert ADDRESS not in client.get(reverse("admin:index")).content.decode()
    client.force_login(admin)
    assert client.get(ADDRESS).status_code == 200
    assert ADDRESS in client.get(reverse("admin:index")).content.decode()


def test_the_page_shows_processes_with_their_machines_and_models(client, admin):
    client.force_login(admin)
    assert "No process has reported yet." in text_of(client)
    Announcer(ProcessKind.GENERATION, "generation@gpu-1").announce()
    Announcer(ProcessKind.GRADING, "grading@cpu-1", trouble=lambda: "no hands").announce()
    with connect() as store:
        worker = Presence("w", True, "a/model-1", "vllm 9", 3, node="generation@gpu-1")
        announce(store, worker)
        store.rpush("grading", "one", "two")
    text = text_of(client)
    for text in (
        *("generation worker generation@gpu-1", "3 solutions at work", "a/model-1 vllm 9"),
        *("grading worker grading@cpu-1 ✗ no hands", "messages in the queue grading 2"),
        *("Lemma", "Django 5.2", "Redis 6.2", "grader", "GB"),
    ):
        assert text in text


def test_the_page_shows_a_kind_of_process_that_only_another_version_knows(client, admin):
    client.force_login(admin)
    with connect() as store:
        process = Process("mailing", "mailing@cpu-1", "cpu-1", 7, time.time())
        processes.announce(store, process, time.time())
    assert "mailing mailing@cpu-1" in text_of(client)


def test_the_page_shows_waiting_work_and_failures(client, admin, problem):
    client.force_login(admin)
    solution = request_solution(problem.current, user=None)
    assert f"worked solutions 1 {solution.created_at:{SECOND}}" in text_of(client)
    assert "Nothing has failed." in text_of(client)
    for _ in range(2):
        Solution.objects.claim_some([solution.pk], solution.code)
        late = timezone.now() - 3 * LEASE
        Solution.objects.update(lease_expires_at=late, engine="vllm 9")
        sweep_solutions()
    solution.refresh_from_db()
    assert solution.outcome == Outcome.ENGINE_FAILED
    text = text_of(client)
    cause = "The worker fell silent: it was killed, or its machine stopped."
    assert f"What Why Where {solution.failed_at:{SECOND}} " in text
    assert f"{cause} {solution.host}, vllm 9" in text
    assert "worked solutions 0" in text


def test_the_page_says_how_long_solutions_waited(client, admin, problem):
    begun_at = timezone.now()
    for number, waited_s in enumerate((2, 3, 40), start=1):
        solution = Solution.objects.create(version=problem.current, recipe="r", number=number)
        Solution.objects.filter(pk=solution.pk).update(
            state=State.ENDED,
            outcome=Outcome.FINISHED,
            fence=1,
            created_at=begun_at - timedelta(seconds=waited_s),
            claimed_at=begun_at,
            ended_at=begun_at,
            ttft_s=0.25,
        )
    client.force_login(admin)
    waited = "The last 3 solutions waited 3.0 s for a worker (median; the longest 40.0 s)"
    assert f"{waited}, and their first word came after another 0.25 s." in text_of(client)


def test_the_page_is_translated(client, admin):
    admin.language = "zh-hans"
    admin.save()
    client.force_login(admin)
    assert "待处理的任务" in text_of(client)


def test_the_page_works_without_redis(client, admin, settings):
    client.force_login(admin)
    settings.REDIS_URL = "redis://:canary@127.0.0.1:1/0"
    text = text_of(client)
    assert "Redis does not answer" in text
    assert "canary" not in text
    assert "answers to be graded" in text


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow_with_the_rows(client, admin):
    client.force_login(admin)
    counts = []
    for _ in range(2):
        fill(people=30, classes=10, attempts=60)
        Solution.objects.filter(outcome=Outcome.ENGINE_FAILED).update(failed_at=timezone.now())
        with CaptureQueriesContext(connection) as made:
            text_of(client)
        counts.append(len(made))
    assert counts[0] >= counts[1]
    assert counts[1] <= 16


def test_the_history_is_read_and_not_changed(client, admin, alice):
    client.force_login(admin)
    change = reverse("admin:accounts_user_change", args=[alice.pk])
    fields = client.get(change).context["adminform"].form.initial
    fields = {name: value for name, value in fields.items() if value not in (None, [], "")}
    client.post(change, {**fields, "first_name": "Alicia", "is_active": "on"})
    entry = LogEntry.objects.get()
    listed = client.get(reverse("admin:admin_logentry_changelist"), {"q": "admin"})
    assert "Alicia" not in listed.content.decode()
    assert "alice" in listed.content.decode()
    page = reverse("admin:admin_logentry_change", args=[entry.pk])
    assert "alice" in client.get(page).content.decode()
    assert client.post(page, {"object_repr": "bob"}).status_code == 403
    delete = reverse("admin:admin_logentry_delete", args=[entry.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert (
        client.get(reverse("admin:admin_logentry_changelist"), {"q": "nobody"}).status_code == 200
    )


def test_the_page_counts_what_became_of_drafts(client, admin, alice, item):
    attempt = Attempt.objects.create(
        enrollment=Enrollment.objects.get(user=alice),
        item=item,
        number=1,
        version=item.problem.current,
        action=uuid4(),
        response="5",
        language="en",
    )
    for fate in ("taken", "taken", "edited", "dropped", "none", ""):
        HintDraft.objects.create(attempt=attempt, state="ended", fate=fate, recipe="a-model 1")
    client.force_login(admin)
    assert "a-model 1 2 1 1 1 1" in text_of(client)
