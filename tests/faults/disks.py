"""Small disks for Redis and for PostgreSQL's tables, which a test can fill and free."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tests.faults.deployment import Deployment

SIZE_MB = 64
TABLES = ["solutions_solution", "solutions_checkpoint"]  # what a generation worker writes to


class Full(Protocol):
    def fill(self) -> None: ...
    def free(self) -> None: ...


class Disk:
    def __init__(self, folder: Path) -> None:
        self.ballast = folder / "ballast"

    def fill(self) -> None:
        with self.ballast.open("wb", buffering=0) as file:
            for size in (2**20, 2**12, 1):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self) -> None:
        self.ballast.unlink()


class Memory:
    """Redis's memory, filled in place of a disk if this user may not mount one."""

    def fill(self) -> None:
        self._limit("1")

    def free(self) -> None:
        self._limit("0")

    @staticmethod
    def _limit(size: str) -> None:
        from tutor.redis_client import connect

        with connect() as client:
            client.config_set("maxmemory", size)


@contextmanager
def small_disks(deployment: Deployment, names: list[str]) -> Iterator[list[Full]]:
    """Move the data of `redis`, `postgresql` or both to small disks."""
    if os.geteuid():
        yield [Memory()]
        return
    moves = {"redis": _redis_on, "postgresql": _postgresql_on}
    parent = Path(deployment.postgresql.pgdata).parent  # PostgreSQL's user can reach it
    disks: list[Full] = []
    with ExitStack() as stack:
        for name in names:
            folder = stack.enter_context(_mounted(parent / f"disk-{name}"))
            stack.enter_context(moves[name](deployment, folder))
            disks.append(Disk(folder))
        yield disks


@contextmanager
def _mounted(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs"]
    subprocess.run(["mount", *options, str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(folder)


@contextmanager
def _redis_on(deployment: Deployment, folder: Path) -> Iterator[None]:
    _write_log_to(folder)
    try:
        yield
    finally:
        _write_log_to(deployment.redis.folder)


def _write_log_to(folder: Path) -> None:
    from tutor.redis_client import connect

    with connect() as client:
        client.config_set("appendonly", "no")
        client.config_set("dir", str(folder))
        client.config_set("appendonly", "yes")
        while client.info("persistence")["aof_rewrite_in_progress"]:
            time.sleep(0.05)


@contextmanager
def _postgresql_on(deployment: Deployment, folder: Path) -> Iterator[None]:
    from django.db import connection

    tables = folder / "tables"  # which has to be empty
    tables.mkdir()
    for path in (folder, tables):
        user = pwd.getpwnam(deployment.postgresql.system_user)
        os.chown(path, user.pw_uid, user.pw_gid)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE small LOCATION '{tables}'")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} SET TABLESPACE small")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} SET TABLESPACE pg_default")
            cursor.execute("DROP TABLESPACE small")
