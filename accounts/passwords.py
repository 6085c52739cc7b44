"""Password hashing: Argon2id, with bounded memory, few at a time on a machine.

A class that signs in all at once queues here, so other people's pages keep their memory and CPU.
"""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

from accounts.hash_slots import HashSlots

hash_slots = HashSlots(settings.DATA_DIR / "password-hashes", settings.PASSWORD_HASHES_AT_ONCE)


class BoundedArgon2(Argon2PasswordHasher):
    """19 MiB and two passes, as OWASP's password storage cheat sheet has them (2025).

    It costs some 14 ms of one core, a twentieth of Django's PBKDF2.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with hash_slots.slot(is_cheap=True):
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with hash_slots.slot(is_cheap=True):
            return super().verify(password, encoded)


class BoundedPBKDF2(PBKDF2PasswordHasher):
    """For passwords set before Argon2; each is rehashed at its next successful sign-in."""

    def verify(self, password: str, encoded: str) -> bool:
        with hash_slots.slot(is_cheap=False):
            return super().verify(password, encoded)
