"""Is the database there, and Redis, and do their clocks agree with this machine's?

Each check returns what it found, or raises Unwell.
"""

import socket
import time

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tutor.celery import app
from tutor.operations.findings import Unwell, first_line
from tutor.operations.processes import announced, clock_of
from tutor.solutions.dispatch.presence import connect
from tutor.solutions.dispatch.queues import queue_lengths

MOST_CLOCK_DIFFERENCE_S = 2.0
MOST_MEMORY = 0.9  # of what Redis may use
LEAST_CONNECTIONS_LEFT = 10


def check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Unwell(
            f"{place_of_database()}: {first_line(error)}",
            "start it, or correct DATABASE_URL",
        ) from error
    return place_of_database()


def place_of_database() -> str:
    """The database without its password."""
    options = connection.settings_dict
    host = f"{options['HOST'] or 'local socket'}, " if connection.vendor != "sqlite" else ""
    return f"{connection.vendor}: {host}{options['NAME']}"


def check_migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Unwell(f"{len(missing)} are not applied", "python manage.py migrate")
    return "all are applied"


def check_redis() -> str:
    try:
        with connect() as client:
            info = client.info("server")
            keeps = client.config_get("appendonly").get("appendonly") == "yes"
    except redis.RedisError as error:
        raise Unwell(
            f"{place_of_redis()}: {first_line(error)}", "start it, or correct REDIS_URL"
        ) from error
    kept = "" if keeps else ", loses its queues when it restarts (appendonly is off)"
    return f"{info['redis_version']} at {place_of_redis()}{kept}"


def place_of_redis() -> str:
    """The address without its password."""
    scheme, _, rest = settings.REDIS_URL.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def check_broker() -> str:
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0)
    with connect() as client:
        lengths = queue_lengths(client)
    waiting = [f"{count} waiting in {queue}" for queue, count in lengths.items() if count]
    return ", ".join(waiting) or "nothing waits"


def check_connections() -> str:
    """Of the database, which refuses the one after the last."""
    if connection.vendor != "postgresql":
        return "not limited: the database is a file"
    used, most = database_connections()
    if most - used < LEAST_CONNECTIONS_LEFT:
        raise Unwell(
            f"{used} of {most} are used", "raise max_connections, or put PgBouncer before it"
        )
    return f"{used} of {most} are used"


def database_connections() -> tuple[int, int]:
    """How many are used, and how many there may be of those who are no superuser; PostgreSQL's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
            " current_setting('max_connections')::int"
            " - current_setting('superuser_reserved_connections')::int"
        )
        used, most = cursor.fetchone()
    return used, most


def check_redis_writes() -> str:
    """Redis answers and refuses to store where its disk or its memory is full."""
    with connect() as client:
        try:
            client.set("operations:probe", "", ex=60)
        except redis.ResponseError as error:
            raise Unwell(first_line(error), "make room on its disk, or raise maxmemory") from error
        kept, memory = client.info("persistence"), client.info("memory")
    if "err" in (kept.get("rdb_last_bgsave_status"), kept.get("aof_last_write_status")):
        raise Unwell("its last save failed", "see its log, and make room on its disk")
    used, most = memory["used_memory"], memory.get("maxmemory") or 0
    if most and used > MOST_MEMORY * most:
        raise Unwell(
            f"{used / 1e6:.0f} of {most / 1e6:.0f} MB of memory are used", "raise maxmemory"
        )
    return f"takes what is written, {used / 1e6:.0f} MB of memory used"


def check_clock() -> str:
    """Leases and due dates compare times of several machines."""
    with connect() as client:
        differences = {"Redis": clock_of(client) - time.time()}
        here = socket.gethostname()
        others = {one.host: one.clock_s for one in announced(client) if one.host != here}
    of_redis_s = differences["Redis"]
    differences |= {host: clock_s + of_redis_s for host, clock_s in others.items()}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            differences["the database"] = float(cursor.fetchone()[0]) - time.time()
    for server, difference_s in differences.items():
        if abs(difference_s) > MOST_CLOCK_DIFFERENCE_S:
            raise Unwell(
                f"{server} is {difference_s:+.0f} s from this machine",
                "keep the clocks of all machines by NTP",
            )
    return "agrees with " + " and ".join(differences)
