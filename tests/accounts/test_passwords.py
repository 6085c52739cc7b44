"""Hashes are made beside the pages that wait for them."""

import time

from django.contrib.auth.hashers import check_password, make_password


def test_hashing_takes_no_time_from_the_thread_of_a_page(settings):
    settings.PASSWORD_HASHERS = [
        "accounts.passwords.BoundedArgon2",
        "accounts.passwords.BoundedPBKDF2",
    ]
    began_s = time.thread_time()
    old = "pbkdf2_sha256$50000$salt$AfeEpzrf5mc0Y6HEKqh6uVNTcCyUjJ9o2mk4YHRqT8g="
    assert not check_password("river", old)
    assert check_password("river", make_password("river"))
    assert time.thread_time() - began_s < 0.01
