"""How passwords are hashed: by Argon2id, with bounded memory, few at a time in one process.

A class that signs in at the same moment waits in line here, so that its memory and its CPU stay
small beside the pages of others.
"""

import threading

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

_places = threading.BoundedSemaphore(settings.PASSWORD_HASHES_AT_ONCE)


class BoundedArgon2(Argon2PasswordHasher):
    """19 MiB and two passes, as OWASP's password storage cheat sheet has them (2025).

    It costs some 20 ms of one core, a sixth of Django's PBKDF2.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _places:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _places:
            return super().verify(password, encoded)


class BoundedPBKDF2(PBKDF2PasswordHasher):
    """Of passwords that were set before there was Argon2, each until its next good sign-in."""

    def verify(self, password: str, encoded: str) -> bool:
        with _places:
            return super().verify(password, encoded)
