"""All checks of an installation: `manage.py doctor` runs them and prints their results.

Each check ends within a few seconds, also when nothing answers.
"""

from collections.abc import Callable, Iterator
from functools import partial

import redis
from django.db import DatabaseError
from kombu.exceptions import KombuError

from tutor.operations.check_result import CheckResult, FailedCheck
from tutor.operations.checks import machine, mail, stores, workers
from tutor.stores import first_line

CHECKS: dict[str, Callable[[], str]] = {
    "database": stores.check_database,
    "migrations": stores.check_migrations,
    "connections": stores.check_connections,
    "Redis": stores.check_redis,
    "Redis' settings": stores.check_redis_settings,
    "Redis' room": stores.check_redis_writes,
    "broker": stores.check_broker,
    "web servers": workers.check_web_servers,
    "beat": workers.check_beat,
    "generation workers": workers.check_generation_workers,
    "grading workers": workers.check_grading_workers,
    "reading workers": workers.check_reading_workers,
    "agreement": workers.check_agreement,
    "engine": workers.check_engine,
    "recipe": workers.check_recipe,
    "model": workers.check_model,
    "GPU": workers.check_gpu,
    "disk": machine.check_disk,
    "clock": stores.check_clock,
    "passwords": machine.check_passwords,
    "libraries": machine.check_libraries,
    "static files": machine.check_static_files,
    "mail": mail.check_mail,
}
# They read what processes announce.
OF_PROCESSES = {
    "web servers",
    "beat",
    "generation workers",
    "grading workers",
    "reading workers",
    "engine",
}


NOT_ANNOUNCED = "not known: they may run, and cannot say so while Redis refuses writes"


def run_checks(mail_to: str | None = None) -> Iterator[CheckResult]:
    """Run every check, in an order in which a failure may explain the next one.

    mail_to: an address to send a test mail to, or None.
    """
    checks = dict(CHECKS)
    if mail_to:
        checks["mail sent"] = partial(mail.send_test_mail, mail_to)
    are_announced = True
    for name, check in checks.items():
        try:
            yield CheckResult(name, True, check())
        except FailedCheck as failure:
            are_announced = are_announced and not isinstance(failure, stores.WritesRefused)
            if name in OF_PROCESSES and not are_announced:
                yield CheckResult(name, False, NOT_ANNOUNCED, "see Redis' room above")
            else:
                yield CheckResult(name, False, failure.detail, failure.remedy)
        except DatabaseError as error:
            yield CheckResult(name, False, first_line(error), "see the database above")
        except (redis.RedisError, KombuError, OSError) as error:
            yield CheckResult(name, False, first_line(error), "see Redis above")
