import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor
from redis import Redis

from tests.faults.proxy import free_port
from tests.services import RedisServer
from tutor.attempts.tasks import LAST, grade_attempt
from tutor.operations.announcing import own_settings, own_version
from tutor.operations.check_result import FailedCheck
from tutor.operations.checks import starting
from tutor.operations.checks.stores import check_migrations, check_redis_settings
from tutor.operations.processes import Process, ProcessKind, clock_of
from tutor.operations.processes import announce as announce_process
from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import Presence, announce
from tutor.stores import missing_store

NAMES = {
    "database", "migrations", "connections", "Redis", "Redis' settings", "Redis' room", "broker",
    "web servers", "beat", "generation workers", "grading workers", "reading workers",
    "agreement", "engine", "recipe", "model", "GPU", "disk", "clock", "passwords",
    "libraries", "static files", "mail",
}  # fmt: skip
DEPLOYED = settings.BASE_DIR / "deploy" / "systemd"
OF_MACHINE = {"GPU", "disk", "passwords", "libraries", "static files", "mail"}


def doctor(**env: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, on this run's servers but for `env`."""
    command = [sys.executable, "manage.py", "doctor", "--json"]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env={**os.environ, **env}, capture_output=True, text=True
    )


def results_by_name(output: str) -> dict[str, dict[str, object]]:
    return {result["name"]: result for result in json.loads(output)["checks"]}


@pytest.fixture
def doctor_results(capsys, db):
    """Runs the command in this process, which has the test's database."""

    def run() -> dict[str, dict[str, object]]:
        with pytest.raises(SystemExit) as ended:  # the tests run no grading worker
            call_command("doctor", "--json")
        assert ended.value.code == 1
        return results_by_name(capsys.readouterr().out)

    return run


def test_checks_that_fail_come_with_a_remedy(doctor_results):
    results = doctor_results()
    assert set(results) == NAMES
    for name in ("database", "migrations", "connections", "Redis", "Redis' room", "broker"):
        assert results[name]["is_well"], results[name]
    for name in ("agreement", "disk", "clock", "passwords", "static files", "mail"):
        assert results[name]["is_well"], results[name]
    for name in ("generation workers", "grading workers", "reading workers", "engine"):
        assert not results[name]["is_well"]
        assert "celery -A tutor.celery worker" in results[name]["remedy"]
    assert "celery -A tutor.celery beat" in results["beat"]["remedy"]
    assert "python -m tutor.web" in results["web servers"]["remedy"]


@pytest.fixture(params=["not a checkout", "units"])
def installed(request, settings, monkeypatch, tmp_path):
    """Lemma as `pip` installs it, or the units of `deploy/` on a machine with a checkout."""
    if request.param == "units":
        (tmp_path / "lemma-grading.service").touch()
        monkeypatch.setattr(starting, "UNIT_FOLDERS", [tmp_path])
    else:
        settings.IS_CHECKOUT = False


def test_where_systemd_keeps_the_processes_it_starts_them(installed, doctor_results):
    results = doctor_results()
    for name, unit in (
        ("generation workers", "lemma-generation"),
        ("engine", "lemma-generation"),
        ("grading workers", "lemma-grading"),
        ("reading workers", "lemma-reading"),
        ("beat", "lemma-beat"),
        ("web servers", "lemma-web@8001"),
    ):
        remedy = results[name]["remedy"]
        assert remedy.endswith(f"systemctl start {unit}")
        assert (DEPLOYED / f"{unit.replace('8001', '')}.service").is_file()


def test_waiting_messages_are_counted_by_queue(doctor_results):
    with connect() as client:
        client.rpush("generation.gone-model", "one")
        client.rpush("generation.scripted-model", "one", "two")
    grade_attempt.apply_async((1,))
    grade_attempt.apply_async((2,), priority=LAST)
    assert doctor_results()["broker"]["detail"] == (
        "2 waiting in grading, 1 waiting in generation.gone-model,"
        " 2 waiting in generation.scripted-model"
    )


def test_the_engine_is_as_its_worker_reports(doctor_results):
    with connect() as client:
        announce(client, Presence("w1", False, settings.MODEL))
    assert doctor_results()["engine"]["detail"] == "is loading the model"
    with connect() as client:
        announce(client, Presence("w1", True, settings.MODEL, "vllm", 3))
    results = doctor_results()
    assert results["engine"]["is_well"]
    assert results["model"]["is_well"]
    assert results["generation workers"]["detail"] == "1 running, 3 solutions at work"


def test_a_worker_with_another_model_is_reported(doctor_results):
    with connect() as client:
        announce(client, Presence("w1", True, "other/model"))
    result = doctor_results()["model"]
    assert not result["is_well"]
    assert "other/model" in result["detail"]
    with connect() as client:
        announce(client, Presence("w2", True, settings.MODEL))
    result = doctor_results()["model"]
    assert result["is_well"]
    assert result["detail"] == f"{settings.MODEL}; nothing new is asked of other/model"


def test_with_nothing_running_it_reports_and_never_fails_itself(tmp_path):
    ended = doctor(
        REDIS_URL="redis://:canary-r@127.0.0.1:1/0",
        DATABASE_URL="postgres://lemma:canary-p@127.0.0.1:1/lemma",
        TUTOR_MODEL=str(tmp_path),
    )
    assert ended.returncode == 1
    results = results_by_name(ended.stdout)
    assert set(results) == NAMES
    for name in NAMES - OF_MACHINE:
        assert not results[name]["is_well"], results[name]
        assert results[name]["remedy"]
    assert ".safetensors" in results["model"]["detail"]
    assert "Traceback" not in ended.stderr
    assert "canary" not in ended.stdout + ended.stderr


def test_missing_migrations_are_reported(tmp_path):
    results = results_by_name(doctor(DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3").stdout)
    assert results["database"]["is_well"]
    assert not results["migrations"]["is_well"]
    assert results["migrations"]["remedy"] == "python manage.py migrate"


def test_an_installation_has_a_command_of_another_name(settings, db, monkeypatch):
    settings.COMMAND = "lemma"
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_arguments: ["one"])
    with pytest.raises(FailedCheck) as failure:
        check_migrations()
    assert failure.value.remedy == "lemma migrate"
    assert missing_store() == "the database's migrations: run `lemma migrate`"


@pytest.fixture
def redis_of_a_school(settings, tmp_path_factory):
    """A client of a server that listens at a port, and is as safe as the manual wants it."""
    port = free_port()
    server = RedisServer(tmp_path_factory.mktemp("r"))
    server.kill()
    server.start("--port", str(port), "--appendonly", "yes")
    settings.REDIS_URL = f"redis://:word@127.0.0.1:{port}/0"
    settings.IS_LOCAL = False
    with Redis(unix_socket_path=str(server.socket), single_connection_client=True) as client:
        client.config_set("requirepass", "word")
        yield client
    server.kill()


def test_a_redis_that_is_open_or_loses_queues_is_reported(redis_of_a_school, settings):
    assert check_redis_settings() == "keeps its queues"
    for name, value, safe, detail in (
        ("requirepass", "", "word", "it answers without a password"),
        ("appendonly", "no", "yes", "it loses its queues when it restarts"),
        ("maxmemory-policy", "allkeys-lru", "noeviction", "it deletes queues when it is full"),
    ):
        redis_of_a_school.config_set(name, value)
        with pytest.raises(FailedCheck) as failure:
            check_redis_settings()
        assert failure.value.detail.startswith(detail)
        assert failure.value.remedy.startswith(name)
        redis_of_a_school.config_set(name, safe)
    redis_of_a_school.config_set("appendonly", "no")
    settings.IS_LOCAL = True
    assert check_redis_settings() == "loses its queues when it restarts"


def test_a_server_of_a_model_is_asked_by_a_worker(doctor_results, settings):
    settings.ENGINE, settings.OPENAI_URL = "openai", "http://127.0.0.1:9/v1"
    detail = doctor_results()["engine"]["detail"]
    assert detail == "is asked by a generation worker, and there is none"


def test_a_person_reads_one_line_for_each(db, capsys):
    with pytest.raises(SystemExit):
        call_command("doctor", "--no-color")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(NAMES)
    assert all(line[:5] in {"ok   ", "FAIL "} for line in lines)


def there_is(kind: ProcessKind, name: str, **fields: object) -> Process:
    with connect() as client:
        now = clock_of(client)
        process = Process(kind, name, "elsewhere", 1, now, own_version(), settings=own_settings())
        announce_process(client, replace(process, **fields), now)
    return process


def test_troubled_and_duplicate_processes_are_reported(doctor_results):
    there_is(ProcessKind.BEAT, "beat@elsewhere")
    there_is(ProcessKind.GRADING, "grading@elsewhere", queues=["grading"])
    results = doctor_results()
    for name in ("beat", "grading workers"):
        assert results[name]["detail"] == "1 running"
    there_is(ProcessKind.BEAT, "beat@other")
    assert "2 are running: beat@elsewhere, beat@other" in doctor_results()["beat"]["detail"]
    there_is(ProcessKind.GRADING, "grading@elsewhere", queues=["grading"], trouble="no hands")
    assert doctor_results()["grading workers"]["detail"] == "grading@elsewhere: no hands"


def test_a_different_secret_key_is_reported_and_not_shown(doctor_results, settings):
    there_is(ProcessKind.WEB, "web@elsewhere:1")
    assert doctor_results()["agreement"]["is_well"]
    there_is(
        ProcessKind.WEB, "web@other:1", settings={**own_settings(), "TUTOR_SECRET_KEY": "another"}
    )
    result = doctor_results()["agreement"]
    assert result["detail"] == (
        "TUTOR_SECRET_KEY differs between (web@elsewhere:1, this command) and (web@other:1)"
    )
    assert settings.SECRET_KEY not in str(own_settings())


def test_a_generation_worker_may_have_another_model_and_a_web_server_not(doctor_results):
    other = {**own_settings(), "TUTOR_MODEL": "/models/other"}
    there_is(ProcessKind.GENERATION, "generation@elsewhere", settings=other)
    assert doctor_results()["agreement"]["is_well"]
    there_is(ProcessKind.WEB, "web@elsewhere:1", settings=other)
    assert doctor_results()["agreement"]["detail"].startswith("TUTOR_MODEL differs between")
    there_is(ProcessKind.WEB, "web@elsewhere:1", version="0.0.9")
    assert "there are versions 0.0.9," in doctor_results()["agreement"]["detail"]


def test_a_wrong_clock_on_another_machine_is_reported(doctor_results):
    there_is(ProcessKind.WEB, "web@elsewhere:1")
    assert doctor_results()["clock"]["is_well"]
    with connect() as client:
        process = there_is(ProcessKind.WEB, "web@elsewhere:1")
        announce_process(client, process, clock_of(client) + 90)
    assert doctor_results()["clock"]["detail"] == "elsewhere is +90 s from this machine"


def test_a_full_redis_is_reported(doctor_results):
    with connect() as client:
        client.config_set("maxmemory", "1")
        try:
            results = doctor_results()
        finally:
            client.config_set("maxmemory", "0")
    assert not results["Redis' room"]["is_well"]
    assert "maxmemory" in results["Redis' room"]["detail"]
    for name in (
        "web servers", "beat", "generation workers", "grading workers", "reading workers", "engine"
    ):  # fmt: skip
        assert results[name]["detail"].startswith("not known: ")
        assert results[name]["remedy"] == "see Redis' room above"
    assert doctor_results()["Redis' room"]["is_well"]
