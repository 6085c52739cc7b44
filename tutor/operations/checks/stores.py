"""Checks the database, Redis and the broker, and compares their clocks with this machine's.

Each check returns a description, or raises FailedCheck.
"""

import socket
import time
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tutor.celery import app
from tutor.operations.check_result import FailedCheck
from tutor.operations.checks.machine import is_redis_here
from tutor.operations.processes import announced_processes, client_of, clock_of
from tutor.redis_client import connect
from tutor.solutions.dispatch.queues import queue_lengths
from tutor.stores import first_line

MAX_CLOCK_DIFFERENCE_S = 2.0
MAX_MEMORY_SHARE = 0.9  # of what Redis may use
MIN_CONNECTIONS_LEFT = 10


class WritesRefused(FailedCheck):
    """Redis stores nothing, so no process can announce itself."""


def check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise FailedCheck(
            f"{database_address()}: {first_line(error)}",
            "start it, or correct DATABASE_URL",
        ) from error
    return database_address()


def database_address() -> str:
    """The database without its password."""
    options = connection.settings_dict
    host = f"{options['HOST'] or 'local socket'}, " if connection.vendor != "sqlite" else ""
    return f"{connection.vendor}: {host}{options['NAME']}"


def check_migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise FailedCheck(f"{len(missing)} are not applied", f"{settings.COMMAND} migrate")
    return "all are applied"


def check_redis() -> str:
    try:
        with connect() as client:
            info = client.info("server")
    except redis.RedisError as error:
        raise FailedCheck(
            f"{redis_address()}: {first_line(error)}", "start it, or correct REDIS_URL"
        ) from error
    return f"{info['redis_version']} at {redis_address()}"


def redis_address() -> str:
    """The address without its password."""
    scheme, _, rest = settings.REDIS_URL.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def check_redis_settings() -> str:
    """Check that Redis loses nothing and knows who asks. On one machine alone it may lose some."""
    is_local = settings.IS_LOCAL and is_redis_here()
    with connect() as client:
        try:
            policy = client.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
            is_durable = client.config_get("appendonly").get("appendonly") != "no"
        except redis.ResponseError as error:
            return f"are not told: {first_line(error)}"
    wrong = {}
    if not is_local and not needs_password():
        wrong["requirepass PASSWORD"] = "it answers without a password"
    if not is_local and not is_durable:
        wrong["appendonly yes"] = "it loses its queues when it restarts"
    if policy != "noeviction":
        wrong["maxmemory-policy noeviction"] = f"it deletes queues when it is full ({policy})"
    if wrong:
        lines = ", ".join(wrong)
        raise FailedCheck("; ".join(wrong.values()), f"{lines} in redis.conf, and restart Redis")
    return "keeps its queues" if is_durable else "loses its queues when it restarts"


def needs_password() -> bool:
    """Whether Redis refuses who names none. Its socket is a file, which has an owner."""
    if settings.REDIS_URL.startswith("unix:"):
        return True
    address = urlsplit(settings.REDIS_URL)
    without = address._replace(netloc=address.netloc.rpartition("@")[2]).geturl()
    try:
        with client_of(without) as client:
            client.ping()
    except redis.RedisError:
        return True
    return False


def check_broker() -> str:
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0)
    with connect() as client:
        lengths = queue_lengths(client)
    waiting = [f"{count} waiting in {queue}" for queue, count in lengths.items() if count]
    return ", ".join(waiting) or "nothing waits"


def check_connections() -> str:
    """Check that the database can take more connections; it refuses those over its limit."""
    if connection.vendor != "postgresql":
        return "not limited: the database is a file"
    used, limit = database_connections()
    if limit - used < MIN_CONNECTIONS_LEFT:
        raise FailedCheck(
            f"{used} of {limit} are used", "raise max_connections, or put PgBouncer before it"
        )
    return f"{used} of {limit} are used"


def database_connections() -> tuple[int, int]:
    """The connections in use, and the limit for others than superusers. Only for PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
            " current_setting('max_connections')::int"
            " - current_setting('superuser_reserved_connections')::int"
        )
        used, limit = cursor.fetchone()
    return used, limit


def check_redis_writes() -> str:
    """Check that Redis stores: with a full disk or memory it answers, and refuses to store."""
    with connect() as client:
        try:
            client.set("operations:probe", "", ex=60)
        except redis.ResponseError as error:
            raise WritesRefused(
                first_line(error), "make room on its disk, or raise maxmemory"
            ) from error
        persistence, memory = client.info("persistence"), client.info("memory")
    if "err" in (
        persistence.get("rdb_last_bgsave_status"),
        persistence.get("aof_last_write_status"),
    ):
        raise FailedCheck("its last save failed", "see its log, and make room on its disk")
    used, limit = memory["used_memory"], memory.get("maxmemory") or 0
    if limit and used > MAX_MEMORY_SHARE * limit:
        raise FailedCheck(
            f"{used / 1e6:.0f} of {limit / 1e6:.0f} MB of memory are used", "raise maxmemory"
        )
    return f"takes what is written, {used / 1e6:.0f} MB of memory used"


def check_clock() -> str:
    """Leases and due dates compare times of several machines."""
    with connect() as client:
        differences = {"Redis": clock_of(client) - time.time()}
        own_host = socket.gethostname()
        clocks = {
            process.host: process.clock_s
            for process in announced_processes(client)
            if process.host != own_host
        }
    redis_s = differences["Redis"]
    differences |= {host: clock_s + redis_s for host, clock_s in clocks.items()}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            differences["the database"] = float(cursor.fetchone()[0]) - time.time()
    for server, difference_s in differences.items():
        if abs(difference_s) > MAX_CLOCK_DIFFERENCE_S:
            raise FailedCheck(
                f"{server} is {difference_s:+.0f} s from this machine",
                "keep the clocks of all machines by NTP",
            )
    return "agrees with " + " and ".join(differences)
