import asyncio
import json
import os
import subprocess
import sys

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.management import call_command

from tests.engine.scripted_server import Reply, models, refused, scripted_server
from tutor.operations.checks.workers import check_model
from tutor.operations.findings import Unwell
from tutor.solutions.presence import Presence, announce, connect

NAMES = {
    "database", "migrations", "Redis", "broker", "generation workers", "grading workers",
    "reading workers", "engine", "recipe", "model", "GPU", "disk", "clock", "libraries",
}  # fmt: skip


def doctor(**env: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, on this run's servers but for `env`."""
    command = [sys.executable, "manage.py", "doctor", "--json"]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env={**os.environ, **env}, capture_output=True, text=True
    )


def findings(output: str) -> dict[str, dict[str, object]]:
    return {finding["name"]: finding for finding in json.loads(output)["findings"]}


@pytest.fixture
def examined(capsys, db):
    """Runs the command in this process, which has the test's database."""

    def run() -> dict[str, dict[str, object]]:
        with pytest.raises(SystemExit) as ended:  # the tests run no grading worker
            call_command("doctor", "--json")
        assert ended.value.code == 1
        return findings(capsys.readouterr().out)

    return run


def test_it_finds_what_is_well_and_says_what_to_do_about_the_rest(examined):
    found = examined()
    assert set(found) == NAMES
    for name in ("database", "migrations", "Redis", "broker", "disk", "clock"):
        assert found[name]["is_well"], found[name]
    for name in ("generation workers", "grading workers", "reading workers", "engine"):
        assert not found[name]["is_well"]
        assert "celery -A tutor.celery worker" in found[name]["remedy"]


def test_it_counts_what_waits(examined):
    with connect() as client:
        client.rpush("generation.gone-model", "one")
        client.rpush("generation.scripted-model", "one", "two")
    waiting = "1 waiting in generation.gone-model, 2 waiting in generation.scripted-model"
    assert examined()["broker"]["detail"] == waiting


def test_it_believes_a_worker_about_its_engine(examined):
    with connect() as client:
        announce(client, Presence("w1", False, settings.MODEL))
    assert examined()["engine"]["detail"] == "is loading the model"
    with connect() as client:
        announce(client, Presence("w1", True, settings.MODEL, "vllm", 3))
    found = examined()
    assert found["engine"]["is_well"]
    assert found["model"]["is_well"]
    assert found["generation workers"]["detail"] == "1 running, 3 solutions at work"


def test_it_finds_a_worker_with_another_model(examined):
    with connect() as client:
        announce(client, Presence("w1", True, "other/model"))
    found = examined()["model"]
    assert not found["is_well"]
    assert "other/model" in found["detail"]
    with connect() as client:
        announce(client, Presence("w2", True, settings.MODEL))
    found = examined()["model"]
    assert found["is_well"]
    assert found["detail"] == f"{settings.MODEL}; nothing new is asked of other/model"


@pytest.fixture
def by_a_server(settings, db):
    """What the doctor says of the engine that is a server, with this answer about its models."""

    def examine(reply: Reply) -> str:
        async def ask() -> str:
            async with scripted_server(models=reply) as server:
                settings.ENGINE, settings.OPENAI_URL = "openai", server.base_url
                return await sync_to_async(check_model)()

        return asyncio.run(ask())

    return examine


def test_it_asks_the_server_that_is_the_engine(by_a_server, settings):
    assert by_a_server(models(settings.MODEL)).startswith(f"{settings.MODEL} at http://127.0.0.1:")
    for reply, detail in (
        (models("qwen"), "has no model scripted-model; it offers qwen"),
        (refused(401, "no"), "refuses the key"),
        (refused(404, "no"), "does the address end in /v1?"),
    ):
        with pytest.raises(Unwell) as found:
            by_a_server(reply)
        assert detail in found.value.detail
        assert "TUTOR_OPENAI_KEY" in found.value.remedy


def test_a_server_that_does_not_answer_is_named(settings, db):
    settings.ENGINE, settings.OPENAI_URL = "openai", "http://127.0.0.1:9/v1"
    with pytest.raises(Unwell, match=r"127\.0\.0\.1:9/v1 cannot be reached"):
        check_model()


def test_with_nothing_running_it_reports_and_never_fails_itself(tmp_path):
    ended = doctor(
        REDIS_URL="redis://:canary-r@127.0.0.1:1/0",
        DATABASE_URL="postgres://lemma:canary-p@127.0.0.1:1/lemma",
        TUTOR_MODEL=str(tmp_path),
    )
    assert ended.returncode == 1
    found = findings(ended.stdout)
    assert set(found) == NAMES
    for name in NAMES - {"GPU", "disk", "libraries"}:
        assert not found[name]["is_well"], found[name]
        assert found[name]["remedy"]
    assert ".safetensors" in found["model"]["detail"]
    assert "Traceback" not in ended.stderr
    assert "canary" not in ended.stdout + ended.stderr


def test_it_finds_migrations_that_were_not_applied(tmp_path):
    found = findings(doctor(DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3").stdout)
    assert found["database"]["is_well"]
    assert not found["migrations"]["is_well"]
    assert found["migrations"]["remedy"] == "python manage.py migrate"


def test_a_person_reads_one_line_for_each(db, capsys):
    with pytest.raises(SystemExit):
        call_command("doctor", "--no-color")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(NAMES)
    assert all(line[:5] in {"ok   ", "FAIL "} for line in lines)
