"""Writes the database to a file and reads it back, with the database's own tools."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from tutor.operations.backups.archive import BackupUnusable

FILE = "database"


def dump(folder: Path) -> None:
    """Write a consistent copy of the database into `folder`, while others use it."""
    if connection.vendor == "postgresql":
        options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
        _run("pg_dump", [_address(), *options, f"--file={folder / FILE}"])
        return
    name = connection.settings_dict["NAME"]
    with (
        closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(folder / FILE)) as copy,
    ):
        source.backup(copy)


def load(folder: Path) -> None:
    """Replace this database by the one that `dump` wrote, or fail and leave it unchanged."""
    tables = connection.introspection.table_names()
    connection.close()
    if connection.vendor == "postgresql":
        _load_into_postgresql(folder, tables)
        return
    with (
        closing(sqlite3.connect(folder / FILE)) as source,
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as target,
    ):
        source.backup(target)


def _load_into_postgresql(folder: Path, tables: list[str]) -> None:
    """Drop `tables` and restore the dump in one transaction, which a failure rolls back."""
    drop, restore = folder / "drop.sql", folder / "restore.sql"
    names = ", ".join(map(connection.ops.quote_name, tables))
    drop.write_text(f"DROP TABLE {names} CASCADE;" if names else "", "utf-8")
    as_script = ["--no-owner", "--no-privileges", f"--file={restore}"]
    _run("pg_restore", [*as_script, str(folder / FILE)])
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run("psql", [_address(), *options, f"--file={drop}", f"--file={restore}"])


def is_empty() -> bool:
    return not connection.introspection.table_names()


def other_connections() -> int:
    """The number of connections beside this one; 0 if the database cannot tell."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        [(count,)] = cursor.fetchall()
    return int(count)


def _address() -> str:
    """How libpq's programs reach this database, without the password."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()} - {"password"}
    parameters = connection.get_connection_params()
    return f"--dbname={make_conninfo(**{k: v for k, v in parameters.items() if k in known})}"


def _run(program: str, options: list[str]) -> None:
    """Run one of PostgreSQL's tools. Raises BackupUnusable with its error."""
    if not shutil.which(program):
        raise BackupUnusable(
            f"{program} is missing. Install PostgreSQL's tools for clients, as new as the server "
            "(Debian and Ubuntu: postgresql-client)."
        )
    password = connection.get_connection_params().get("password", "")
    process = subprocess.run(  # noqa: S603
        [program, *options],
        env=os.environ | ({"PGPASSWORD": password} if password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        raise BackupUnusable(f"{program} failed: {process.stderr.strip() or process.returncode}")
