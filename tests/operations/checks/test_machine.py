"""What `doctor` looks at on its own machine: disks, static files, slots for passwords."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts.hash_slots import HashSlots
from tests.services import REDIS
from tutor.operations.check_result import FailedCheck
from tutor.operations.checks import machine
from tutor.operations.checks.machine import (
    Disk,
    check_disk,
    check_passwords,
    check_static_files,
)
from tutor.redis_client import connect


def test_missing_and_old_static_files_are_reported(settings, tmp_path):
    assert check_static_files() == "served from where they lie"
    settings.WHITENOISE_USE_FINDERS, settings.STATIC_ROOT = False, tmp_path
    with pytest.raises(FailedCheck, match=f"are not in {tmp_path}: "):
        check_static_files()
    call_command("collectstatic", "--no-input", verbosity=0)
    assert check_static_files() == f"all are in {tmp_path}"
    (tmp_path / "css" / "base.css").write_text("body { }")
    with pytest.raises(FailedCheck, match=r"1 are of another version: css/base\.css"):
        check_static_files()


@pytest.mark.parametrize(
    ("free_gb", "whole_gb", "is_nearly_full"),
    [(0.9, 10, True), (1.1, 10, False), (4, 100, True), (6, 100, False), (11, 1_000, False)],
)
def test_a_disk_is_nearly_full_by_its_size(free_gb, whole_gb, is_nearly_full):
    assert Disk("x", Path("/"), free_gb, whole_gb).is_nearly_full is is_nearly_full


def test_the_disks_of_the_database_and_of_redis_are_looked_at(db):
    assert machine.redis_folder() == REDIS.folder
    folder = machine.database_folder()
    sample = "PG_VERSION" if connection.vendor == "postgresql" else "test.sqlite3"
    assert (folder / sample).exists()
    assert {folder, REDIS.folder} <= {disk.folder for disk in machine.disks()}
    assert machine.unseen_disks() == []


def test_each_disk_that_is_nearly_full_is_reported(db, monkeypatch):
    monkeypatch.setattr(machine, "MIN_FREE_GB", 1e9)
    monkeypatch.setattr(machine, "ENOUGH_FREE_GB", 1e9)
    with pytest.raises(FailedCheck) as failure:
        check_disk()
    for purpose in ("the data", "the database", "Redis"):
        assert f"GB free for {purpose} in /" in failure.value.detail


@pytest.fixture
def ordinary_role(db):
    """A role as `createuser` makes it asks the database, on a machine that has it."""
    with connection.cursor() as cursor:
        cursor.execute('CREATE ROLE "an-ordinary-one"')
        cursor.execute('SET LOCAL ROLE "an-ordinary-one"')
        yield cursor


def test_what_lets_an_ordinary_role_see_the_disk_of_the_database_is_told(db, request):
    if connection.vendor == "sqlite":
        assert machine.role_without_folder() == ""
        return
    cursor = request.getfixturevalue("ordinary_role")
    assert machine.database_folder() is None
    [note] = machine.unseen_disks()
    assert note in machine.check_disk()
    [grant] = re.findall("GRANT .* TO [^ ]+", note)
    cursor.execute(f"RESET ROLE; {grant}; SET LOCAL ROLE 'an-ordinary-one'")
    assert (machine.database_folder() / "PG_VERSION").exists()
    assert machine.unseen_disks() == []


def test_a_redis_that_does_not_tell_its_folder_is_named(db):
    with connect() as client:
        client.execute_command("ACL SETUSER", "default", "-config")
        try:
            assert machine.redis_folder() is None
            [note] = machine.unseen_disks()
            assert note in machine.check_disk()
        finally:
            client.execute_command("ACL SETUSER", "default", "+config")
    assert "Redis' disk: CONFIG GET dir" in note


def test_a_folder_that_nobody_may_look_into_is_named(db, monkeypatch):
    if connection.vendor == "postgresql":  # a SQLite database is where the settings say
        return
    closed = Path("/" + "x" * 300)  # asking for it fails, as in a folder of another user
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(closed / "lemma.sqlite3"))
    assert machine.unseen_disks() == [f"could not look at {closed}, where the database lies"]
    assert closed not in {disk.folder for disk in machine.disks()}


def test_processes_that_cannot_share_slots_for_passwords_are_reported(tmp_path, monkeypatch):
    (tmp_path / "a-file").touch()
    monkeypatch.setattr(machine, "hash_slots", HashSlots(tmp_path / "a-file" / "slots", 3))
    with pytest.raises(FailedCheck, match="each process hashes 3 at a time") as failure:
        check_passwords()
    assert str(tmp_path / "a-file" / "slots") in failure.value.remedy
    monkeypatch.setattr(machine, "hash_slots", HashSlots(tmp_path / "slots", 1))
    assert check_passwords() == "1 is hashed at a time"
