"""Checks that this machine has the disk space and the files that its processes need.

Each check returns a description, or raises FailedCheck.
"""

import filecmp
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
from tutor.redis_client import connect

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
    return ", ".join(map(str, disks()))


def disks() -> list[Disk]:
    """The disks of the data folder, and of the database and Redis if they run on this machine."""
    folders = {
        gettext("the data"): settings.DATA_DIR,
        gettext("the database"): database_folder(),
        "Redis": redis_folder(),
    }
    usage = []
    for purpose, folder in folders.items():
        if folder is not None and folder.is_dir():
            space = shutil.disk_usage(folder)
            usage.append(Disk(purpose, folder, space.free / 1e9, space.total / 1e9))
    return usage


def database_folder() -> Path | None:
    """None if it is unknown: the server is on another machine, or does not tell this user."""
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).parent
    if connection.settings_dict["HOST"].startswith("/") or is_this_machine(
        connection.settings_dict["HOST"]
    ):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SHOW data_directory")
                return Path(cursor.fetchone()[0])
        except DatabaseError:  # only a superuser may ask
            return None
    return None


def redis_folder() -> Path | None:
    if not (settings.REDIS_URL.startswith("unix:") or is_this_machine(host_of(settings.REDIS_URL))):
        return None
    try:
        with connect() as client:
            return Path(client.config_get("dir")["dir"])
    except (redis.RedisError, KeyError):
        return None


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
    return f"{hash_slots.count} are hashed at a time"


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
    remedy = "python manage.py collectstatic --no-input, and start the web servers again"
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
