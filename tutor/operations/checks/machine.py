"""Does this machine have the room and the files that its processes need?

Each check returns what it found, or raises Unwell.
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

from tutor.operations.findings import Unwell
from tutor.solutions.dispatch.presence import connect

LEAST_FREE_GB = 1.0
ENOUGH_FREE_GB = 10.0
LEAST_FREE = 0.05  # of the whole disk, where that is not enough by itself
FIRST = 3  # names that are enough to see which they are


@dataclass(frozen=True)
class Disk:
    """Of what it is, and how much room is left; folder: on this machine."""

    what: str
    folder: Path
    free_gb: float
    whole_gb: float

    @property
    def is_nearly_full(self) -> bool:
        wanted_gb = min(ENOUGH_FREE_GB, max(LEAST_FREE_GB, LEAST_FREE * self.whole_gb))
        return self.free_gb < wanted_gb

    def __str__(self) -> str:
        return f"{self.free_gb:.1f} GB free for {self.what} in {self.folder}"


def check_disk() -> str:
    full = [disk for disk in disks() if disk.is_nearly_full]
    if full:
        raise Unwell(", ".join(map(str, full)), "make room there")
    return ", ".join(map(str, disks()))


def disks() -> list[Disk]:
    """Of the data folder, and of the database and Redis where they are on this machine."""
    folders = {
        gettext("the data"): settings.DATA_DIR,
        gettext("the database"): database_folder(),
        "Redis": redis_folder(),
    }
    found = []
    for what, folder in folders.items():
        if folder is not None and folder.is_dir():
            room = shutil.disk_usage(folder)
            found.append(Disk(what, folder, room.free / 1e9, room.total / 1e9))
    return found


def database_folder() -> Path | None:
    """None where it cannot be known: the server is elsewhere, or does not say it to us."""
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).parent
    if connection.settings_dict["HOST"].startswith("/") or is_here(
        connection.settings_dict["HOST"]
    ):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SHOW data_directory")
                return Path(cursor.fetchone()[0])
        except DatabaseError:  # another than its superuser is not told
            return None
    return None


def redis_folder() -> Path | None:
    if not (settings.REDIS_URL.startswith("unix:") or is_here(host_of(settings.REDIS_URL))):
        return None
    try:
        with connect() as client:
            return Path(client.config_get("dir")["dir"])
    except (redis.RedisError, KeyError):
        return None


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""


def is_here(host: str) -> bool:
    return host in {"", "localhost", "127.0.0.1", "::1"}


def check_libraries() -> str:
    wanted = settings.BROWSER_LIBRARIES
    missing = [
        name for name, folder in wanted.items() if not (settings.NODE_MODULES / folder).is_dir()
    ]
    if missing:
        raise Unwell(f"missing: {', '.join(missing)}", f"npm ci in {settings.BASE_DIR}")
    return f"{len(wanted)} browser libraries in {settings.NODE_MODULES}"


def check_static_files() -> str:
    """Whether what `collectstatic` has gathered is what there is."""
    if settings.WHITENOISE_USE_FINDERS:
        return "served from where they lie"
    missing, other = [], []
    for path, source in static_files():
        kept = settings.STATIC_ROOT / path
        if not kept.is_file():
            missing.append(path)
        elif (
            not filecmp.cmp(source, kept, shallow=True) and source.read_bytes() != kept.read_bytes()
        ):
            other.append(path)
    remedy = "python manage.py collectstatic --no-input, and start the web servers again"
    if missing:
        raise Unwell(f"{len(missing)} are not in {settings.STATIC_ROOT}: {some(missing)}", remedy)
    if other:
        raise Unwell(f"{len(other)} are of another version: {some(other)}", remedy)
    return f"all are in {settings.STATIC_ROOT}"


def static_files() -> list[tuple[str, Path]]:
    """Each as its address says it, with the file that it is a copy of."""
    return [
        (
            f"{storage.prefix}/{path}" if getattr(storage, "prefix", None) else path,
            Path(storage.path(path)),
        )
        for finder in get_finders()
        for path, storage in finder.list(["CVS", ".*", "*~"])
    ]


def some(names: list[str]) -> str:
    return ", ".join(sorted(names)[:FIRST]) + (" …" if len(names) > FIRST else "")
