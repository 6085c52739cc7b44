import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from accounts.models import Mail
from tests.scripted_engine import ScriptedEngine
from tests.services import REDIS
from tests.sockets import connected, receive, send
from tests.solutions.conftest import ANSWER, REASONING
from tutor.operations import probes
from tutor.operations.announcing import Announcer
from tutor.operations.checks import machine, stores
from tutor.operations.processes import ProcessKind
from tutor.redis_client import connect
from tutor.solutions.metrics import HISTOGRAMS
from tutor.solutions.models import LEASE, Solution
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.tasks import sweep_solutions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """A check that is late, on a busy machine, has not failed."""
    monkeypatch.setattr(probes, "MAX_CHECKS_S", 60.0)


@pytest.fixture(autouse=True)
def _every_answer_is_new(monkeypatch):
    for answer in (probes._failed_checks, probes._metrics):
        monkeypatch.setattr(answer, "_answer", None)
    monkeypatch.setattr(probes, "KEPT_S", 0.0)


@pytest.fixture
def dead_redis():
    REDIS.kill()
    yield
    REDIS.start()


@pytest.fixture
def hanging_database(monkeypatch):
    """What a database does whose machine is gone: nothing."""
    answers = threading.Event()
    monkeypatch.setitem(probes._CHECKS, "database", lambda: answers.wait(30))
    monkeypatch.setattr(probes, "MAX_CHECKS_S", 0.3)
    yield
    answers.set()
    probes._running.pop("database").result(timeout=5)


def samples(client, **headers):
    text = client.get("/metrics", **headers).content.decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize("host", ["localhost", "10.0.0.7:8000"])
def test_the_probes_answer_by_any_host_name(client, host):
    for path in ("/healthz", "/readyz"):
        response = client.get(path, headers={"host": host})
        assert response.status_code == 200
        assert not response.cookies
    assert response.json() == {"ready": True, "missing": [], "ailing": ["beat"]}


def test_without_redis_it_is_alive_and_not_ready(client, dead_redis):
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.json()["missing"]) == (503, ["redis"])
    assert samples(client)["lemma_redis_up",] == 0


def test_pages_go_on_without_beat_and_with_a_redis_that_is_full(client):
    Announcer(ProcessKind.BEAT, "beat@here").announce()
    assert client.get("/readyz").json()["ailing"] == []
    with connect() as store:
        store.config_set("maxmemory", "1")
        try:
            response = client.get("/readyz")
        finally:
            store.config_set("maxmemory", "0")
    assert (response.status_code, response.json()["missing"]) == (200, [])
    assert "redis writes" in response.json()["ailing"]


def test_without_all_migrations_it_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(probes, "_migrations_applied", threading.Event())
    last = MigrationRecorder(connection).migration_qs.filter(app="solutions").order_by("pk").last()
    last.delete()
    try:
        response = client.get("/readyz")
        assert (response.status_code, response.json()["missing"]) == (503, ["migrations"])
    finally:
        last.save()
    assert client.get("/readyz").status_code == 200


def test_missing_static_files_are_named(client, settings, tmp_path):
    settings.WHITENOISE_USE_FINDERS, settings.STATIC_ROOT = False, tmp_path
    response = client.get("/readyz")
    assert (response.status_code, response.json()["missing"]) == (200, [])
    assert "static files" in response.json()["ailing"]


def test_a_full_disk_of_its_own_files_makes_it_not_ready(client, monkeypatch):
    monkeypatch.setattr(machine, "ENOUGH_FREE_GB", 1e9)
    monkeypatch.setattr(machine, "MIN_FREE_GB", 1e9)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["missing"]) == (200, [])
    assert "disk" in response.json()["ailing"]
    monkeypatch.setattr(machine, "FULL_BELOW_GB", 1e9)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["missing"]) == (503, ["full disk"])


def test_few_connections_another_key_and_late_mail_are_named(client, monkeypatch, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody waits for this server
    Announcer(ProcessKind.BEAT, "beat@here").announce()
    monkeypatch.setattr(stores, "MIN_CONNECTIONS_LEFT", 1_000_000)
    limited = ["connections"] if connection.vendor == "postgresql" else []
    assert client.get("/readyz").json() == {"ready": True, "missing": [], "ailing": limited}
    Mail.objects.ask(Mail.Kind.NEW_PASSWORD, "eve@example.org", None)
    assert client.get("/readyz").json()["ailing"] == limited
    Mail.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    settings.SECRET_KEY = "another key, of a second machine"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert response.json()["ailing"] == ["agreement", *limited, "mail"]


@pytest.mark.parametrize(
    ("path", "answer"), [("/readyz", probes._failed_checks), ("/metrics", probes._metrics)]
)
def test_many_who_ask_at_once_get_one_answer_which_is_kept_for_a_second(
    client, monkeypatch, path, answer
):
    computed, compute = [], answer._compute

    def counted():
        computed.append(path)
        time.sleep(0.1)  # the others come meanwhile
        return compute()

    monkeypatch.setattr(answer, "_compute", counted)
    monkeypatch.setattr(answer, "_answer", None)
    clock = [1000.0]
    monkeypatch.setattr(probes, "KEPT_S", 1.0)
    monkeypatch.setattr(probes.time, "monotonic", lambda: clock[0])
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: Client().get(path).status_code, range(8)))
    assert (statuses, len(computed)) == ([200] * 8, 1)
    clock[0] += 1
    assert client.get(path).status_code == 200
    assert len(computed) == 2


def test_a_database_that_hangs_is_missing_and_holds_nobody(client, hanging_database):
    began = time.monotonic()
    for _ in range(3):
        response = client.get("/readyz")
        assert (response.status_code, response.json()["missing"]) == (503, ["database"])
    assert time.monotonic() - began < 5
    assert sum(thread.name.startswith("probe-database") for thread in threading.enumerate()) == 1
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.7", {}, 404),
        ("", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "10.0.0.7"}, 404),
        ("127.0.0.1", {"x-forwarded-proto": "https"}, 404),
        ("127.0.0.1", {"forwarded": "for=10.0.0.7"}, 404),
    ],
)
def test_without_a_token_only_this_machine_reads_the_figures(client, address, headers, status):
    response = client.get("/metrics", headers=headers, REMOTE_ADDR=address)
    assert response.status_code == status


@pytest.mark.parametrize(
    ("header", "status"), [("Bearer a-token", 200), ("Bearer a-toke", 404), ("é", 404), ("", 404)]
)
def test_a_token_opens_the_figures_from_anywhere(client, settings, header, status):
    settings.METRICS_TOKEN = "a-token"
    headers = {"authorization": header, "x-forwarded-for": "10.0.0.7"}
    response = client.get("/metrics", headers=headers, REMOTE_ADDR="10.0.0.7")
    assert response.status_code == status


def test_the_figures_say_what_happened(client, problem, start_worker):
    before = samples(client)
    assert before["lemma_solutions", "queued"] == before["lemma_leases_lost_total",] == 0
    solution = request_solution(problem.current, user=None)
    waiting = samples(client)
    assert waiting["lemma_solutions", "queued"] == 1
    assert waiting["lemma_oldest_wait_seconds",] > 0
    start_worker(ScriptedEngine(ANSWER, reasoning=REASONING)).solve()
    after = samples(client)
    assert after["lemma_solutions", "queued"] == 0
    assert after["lemma_solutions_ended_total", "finished", "correct"] == 1
    assert after["lemma_tokens_total", "reasoning"] == len(REASONING)
    assert after["lemma_tokens_total", "answer"] == len(ANSWER)
    solution.refresh_from_db()
    assert after["lemma_ttft_seconds_sum",] == pytest.approx(solution.ttft_s)
    assert after["lemma_tpot_seconds_sum",] == pytest.approx(solution.tpot_s)
    for name in ("ttft_seconds", "tpot_seconds", "queue_wait_seconds"):
        assert after[f"lemma_{name}_count",] == 1
        buckets = [value for key, value in after.items() if key[0] == f"lemma_{name}_bucket"]
        assert buckets == sorted(buckets)
        assert len(buckets) == len(HISTOGRAMS[name][1]) + 1


def test_a_lost_worker_is_counted(client, problem):
    solution = request_solution(problem.current, user=None)
    Solution.objects.claim_some([solution.pk], solution.code)
    Solution.objects.update(lease_expires_at=solution.created_at - LEASE)
    sweep_solutions()
    assert samples(client)["lemma_leases_lost_total",] == 1


async def test_the_lag_of_a_live_log_is_measured(client, alice, item, start_worker, in_thread):
    engine = ScriptedEngine(ANSWER * 5, reasoning=REASONING, pause_s=0.02)
    worker = await sync_to_async(start_worker)(engine)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        await receive(communicator, "solution.status")
        in_thread(worker.solve)
        await receive(communicator, "solution.end")
    values = await database_sync_to_async(samples)(client)
    assert values["lemma_log_lag_seconds_count",] >= 1
    assert 0 <= values["lemma_log_lag_seconds_sum",] < 5


def test_the_figures_name_nobody(client, alice, item, problem, start_worker):
    request_solution(problem.current, user=alice)
    text = client.get("/metrics").content.decode()
    for word in (alice.username, problem.slug, problem.current.statement):
        assert not re.search(re.escape(word), text)
