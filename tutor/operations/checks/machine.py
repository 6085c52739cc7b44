"""Checks that this machine has the disk space and the files that its processes need.

Each check returns a description, or raises FailedCheck.
"""

import filecmp
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import DatabaseError, connection
from django.utils.translation import gettext

from accounts.passwords import hash_slots
from tutor.operations.check_result import FailedCheck
from tutor.plurals import count_noun
from tutor.redis_client import connect

FULL_BELOW_GB = 0.1  # less is used up by a few uploads
MIN_FREE_GB = 1.0
ENOUGH_FREE_GB = 10.0
MIN_FREE_SHARE = 0.05  # of the whole disk, unless that is more than enough
MAX_NAMES = 3  # in a message


@dataclass(frozen=True)
class Disk:
    """A disk of this machine. purpose: what Lemma stores on it, in `folder`."""

    purpose: str
    folder: Path
    free_gb: float
    whole_gb: float

    @property
    def is_nearly_full(self) -> bool:
        needed_gb = min(ENOUGH_FREE_GB, max(MIN_FREE_GB, MIN_FREE_SHARE * self.whole_gb))
        return self.free_gb < needed_gb

    def __str__(self) -> str:
        return f"{self.free_gb:.1f} GB free for {self.purpose} in {self.folder}"


def check_disk() -> str:
    full = [disk for disk in disks() if disk.is_nearly_full]
    if full:
        raise FailedCheck(", ".join(map(str, full)), "make room there")
    return ", ".join([*map(str, disks()), *unseen_disks()])


def disks() -> list[Disk]:
    """The disks of the data folder, and of the database and Redis if they run on this machine."""
    folders = {
        gettext("the data"): settings.DATA_DIR,
        gettext("the database"): database_folder(),
        "Redis": redis_folder(),
    }
    return [
        disk_of(purpose, folder)
        for purpose, folder in folders.items()
        if folder is not None and is_seen(folder)
    ]


def disk_of(purpose: str, folder: Path) -> Disk:
    space = shutil.disk_usage(folder)
    return Disk(purpose, folder, space.free / 1e9, space.total / 1e9)


def check_data_is_stored() -> str:
    """Check that Lemma's own files can be stored: pictures, uploads, and SQLite's database."""
    if not is_seen(settings.DATA_DIR):
        return f"nothing is stored in {settings.DATA_DIR} yet"
    disk = disk_of(gettext("the data"), settings.DATA_DIR)
    if disk.free_gb < FULL_BELOW_GB:
        raise FailedCheck(str(disk), "make room there")
    return str(disk)


def check_room_for_data() -> str:
    """Check the disk of the data folder alone, which needs no server to be asked."""
    if not is_seen(settings.DATA_DIR):
        return f"nothing is stored in {settings.DATA_DIR} yet"
    disk = disk_of(gettext("the data"), settings.DATA_DIR)
    if disk.is_nearly_full:
        raise FailedCheck(str(disk), "make room there")
    return str(disk)


def unseen_disks() -> list[str]:
    """For each disk of this machine that cannot be looked at, what would change that."""
    folders = {"the database": database_folder(), "Redis": redis_folder()}
    notes = [
        f"could not look at {folder}, where {name} lies"
        for name, folder in folders.items()
        if folder is not None and not is_seen(folder)
    ]
    if role := role_without_folder():
        notes.append(
            f"could not look at the database's disk: GRANT pg_read_all_settings TO {role}"
            " lets Lemma ask where it is"
        )
    if is_redis_here() and folders["Redis"] is None:
        notes.append("could not look at Redis' disk: CONFIG GET dir does not say where it is")
    return notes


def is_seen(folder: Path) -> bool:
    """Whether it is there, and this user may look at it; Path.is_dir may raise PermissionError."""
    return os.path.isdir(folder)


def database_folder() -> Path | None:
    """None if it is unknown: the server is on another machine, or does not tell this role."""
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).parent
    if not is_database_here():
        return None
    try:
        with connection.cursor() as cursor:  # unlike SHOW, this fails for no role
            cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return Path(row[0]) if row else None


def role_without_folder() -> str:
    """The quoted role that PostgreSQL on this machine does not tell its folder; otherwise empty."""
    if connection.vendor == "sqlite" or not is_database_here():
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(current_user) WHERE NOT EXISTS"
                " (SELECT FROM pg_settings WHERE name = 'data_directory')"
            )
            row = cursor.fetchone()
    except DatabaseError:
        return ""
    return str(row[0]) if row else ""


def is_database_here() -> bool:
    host = connection.settings_dict["HOST"]
    return host.startswith("/") or is_this_machine(host)


def redis_folder() -> Path | None:
    """None if it is unknown: the server is on another machine, or does not tell."""
    if not is_redis_here():
        return None
    try:
        with connect() as client:
            return Path(client.config_get("dir")["dir"])
    except (redis.RedisError, KeyError):
        return None


def is_redis_here() -> bool:
    return settings.REDIS_URL.startswith("unix:") or is_this_machine(host_of(settings.REDIS_URL))


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""


def is_this_machine(host: str) -> bool:
    return host in {"", "localhost", "127.0.0.1", "::1"}


def check_passwords() -> str:
    """Check that the processes of this machine share their slots for hashing passwords."""
    try:
        hash_slots.check()
    except OSError as error:
        raise FailedCheck(
            f"each process hashes {hash_slots.count} at a time by itself: {error}",
            f"let Lemma's user write to {hash_slots.folder}, on a disk of this machine",
        ) from error
    return f"{count_noun(hash_slots.count, 'is', 'are')} hashed at a time"


def check_libraries() -> str:
    libraries = settings.BROWSER_LIBRARIES
    missing = [
        name for name, folder in libraries.items() if not (settings.NODE_MODULES / folder).is_dir()
    ]
    if missing:
        raise FailedCheck(f"missing: {', '.join(missing)}", f"npm ci in {settings.BASE_DIR}")
    return f"{len(libraries)} browser libraries in {settings.NODE_MODULES}"


def check_static_files() -> str:
    """Check that `collectstatic` was run with this version."""
    if settings.WHITENOISE_USE_FINDERS:
        return "served from where they lie"
    missing, outdated = [], []
    for path, source in static_files():
        collected = settings.STATIC_ROOT / path
        if not collected.is_file():
            missing.append(path)
        elif (
            not filecmp.cmp(source, collected, shallow=True)
            and source.read_bytes() != collected.read_bytes()
        ):
            outdated.append(path)
    remedy = f"{settings.COMMAND} collectstatic --no-input, and start the web servers again"
    if missing:
        raise FailedCheck(
            f"{len(missing)} are not in {settings.STATIC_ROOT}: {first_names(missing)}", remedy
        )
    if outdated:
        raise FailedCheck(
            f"{len(outdated)} are of another version: {first_names(outdated)}", remedy
        )
    return f"all are in {settings.STATIC_ROOT}"


def static_files() -> list[tuple[str, Path]]:
    """Each file's path below the address of static files, with its source."""
    return [
        (
            f"{storage.prefix}/{path}" if getattr(storage, "prefix", None) else path,
            Path(storage.path(path)),
        )
        for finder in get_finders()
        for path, storage in finder.list(["CVS", ".*", "*~"])
    ]


def first_names(names: list[str]) -> str:
    return ", ".join(sorted(names)[:MAX_NAMES]) + (" …" if len(names) > MAX_NAMES else "")
