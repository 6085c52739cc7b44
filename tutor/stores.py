"""Lets a process wait for the database and Redis before it starts."""

import logging
import time
from itertools import chain, repeat

import redis
from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

logger = logging.getLogger(__name__)

PAUSES_S = (0.5, 1.0, 2.0, 5.0)  # between tries; the last one repeats
REDIS_TIMEOUT_S = 5.0
PROBE = "stores:probe"  # a key that is written to see whether Redis takes it


def wait_for_stores() -> None:
    """Return once both are available. The processes of a machine start in any order."""
    noted = ""
    for pause_s in chain(PAUSES_S, repeat(PAUSES_S[-1])):
        missing = missing_store()
        if not missing:
            break
        if missing != noted:
            logger.warning("waiting for %s", missing)
            noted = missing
        time.sleep(pause_s)
    if noted:
        logger.info("database and Redis are there")


def missing_store() -> str:
    """Which store is missing, and why; "" if both are available."""
    return _missing_database() or _missing_redis()


def _missing_database() -> str:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseProblem as error:
        return f"the database: {first_line(error)}"
    finally:
        connections.close_all()
    return f"the database's migrations: run `{settings.COMMAND} migrate`" if missing else ""


def _missing_redis() -> str:
    """A Redis that refuses writes, with a full disk or memory, counts as missing."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=REDIS_TIMEOUT_S,
            socket_timeout=REDIS_TIMEOUT_S,
            retry=None,
        ) as client:
            client.set(PROBE, "", ex=60)
    except redis.RedisError as error:
        return f"Redis: {first_line(error)}"
    return ""


def first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
