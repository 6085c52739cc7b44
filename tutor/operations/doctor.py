"""What an installation needs, looked at piece by piece: `manage.py doctor` prints it.

Each check asks the thing itself and ends within a few seconds, also when nothing answers.
"""

from collections.abc import Callable, Iterator

import redis
from django.db import DatabaseError
from kombu.exceptions import KombuError

from tutor.operations.checks import machine, stores, workers
from tutor.operations.findings import Finding, Unwell, first_line

CHECKS: dict[str, Callable[[], str]] = {
    "database": stores.check_database,
    "migrations": stores.check_migrations,
    "Redis": stores.check_redis,
    "broker": stores.check_broker,
    "generation workers": workers.check_generation_workers,
    "grading workers": workers.check_grading_workers,
    "engine": workers.check_engine,
    "recipe": workers.check_recipe,
    "model": workers.check_model,
    "GPU": workers.check_gpu,
    "disk": machine.check_disk,
    "clock": stores.check_clock,
    "libraries": machine.check_libraries,
}


def examine() -> Iterator[Finding]:
    """Every check's finding, in an order in which each may explain the next."""
    for name, check in CHECKS.items():
        try:
            yield Finding(name, True, check())
        except Unwell as finding:
            yield Finding(name, False, finding.detail, finding.remedy)
        except DatabaseError as error:
            yield Finding(name, False, first_line(error), "see the database above")
        except (redis.RedisError, KombuError, OSError) as error:
            yield Finding(name, False, first_line(error), "see Redis above")
