"""Password hashing: Argon2id, with bounded memory, in a few threads of its own.

A class that signs in all at once queues here, so other people's pages keep their memory and CPU.
"""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

Result = TypeVar("Result")

NICENESS = 5  # hashing gives way to pages, and still gets a quarter of a core that is wanted by all


class BoundedArgon2(Argon2PasswordHasher):
    """19 MiB and two passes, as OWASP's password storage cheat sheet has them (2025).

    It costs some 20 ms of one core, a sixth of Django's PBKDF2.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return _in_line(partial(super().encode, password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        return _in_line(partial(super().verify, password, encoded))


class BoundedPBKDF2(PBKDF2PasswordHasher):
    """For passwords set before Argon2; each is rehashed at its next successful sign-in."""

    def verify(self, password: str, encoded: str) -> bool:
        return _in_line(partial(super().verify, password, encoded))


def _in_line(hashing: Callable[[], Result]) -> Result:
    return _threads().submit(hashing).result()


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.PASSWORD_HASHES_AT_ONCE, "hashing", _give_way)


def _give_way() -> None:
    if sys.platform == "linux":  # elsewhere the whole process would give way
        os.nice(NICENESS)


os.register_at_fork(after_in_child=_threads.cache_clear)  # its parent's threads do not run there
