"""Limits stop people who keep trying wrong passwords, and nobody else."""

import os
import re
import socket
import subprocess
import sys
import threading

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import sign_in_limits
from accounts.models import User
from accounts.one_time_passwords import give_one_time_password
from accounts.sign_in_limits import (
    ACCOUNT_S,
    ADDRESS_S,
    FIRST_PAUSE_S,
    LONGEST_PAUSE_S,
    OVERRUN,
    PLACE_S,
    TRIES_AT_A_BUSY_ADDRESS,
    PlaceCount,
    TryCount,
)
from tests.conftest import make_user

SCHOOL, HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7", "203.0.113.9"
RIGHT, WRONG = "pass-word-9", "pass-word-8"


def at(address):
    return Client(REMOTE_ADDR=address)


def tries(client, login, password=WRONG):
    """True after signing in; otherwise the error on the page."""
    page = client.post(reverse("account_login"), {"login": login, "password": password})
    return page.status_code == 302 or str(page.context["form"].errors["__all__"])


def is_stopped(client, login):
    return "Too many wrong passwords" in str(tries(client, login))


def test_a_class_behind_one_address_signs_in_after_two_typos_each(db):
    names = [make_user(f"pupil{n}").username for n in range(30)]
    browsers = {name: at(SCHOOL) for name in names}
    for _ in range(2):
        assert all(tries(browsers[name], name) is not True for name in names)
    assert [name for name in names if tries(browsers[name], name, RIGHT) is not True] == []


@pytest.mark.parametrize("login", ["alice", "ALICE", "alice@example.org", "nobody", "no@body.org"])
def test_repeated_tries_are_stopped_whether_or_not_the_account_exists(alice, login):
    stranger = at(ELSEWHERE)
    assert not any(is_stopped(stranger, login) for _ in range(django_settings.SIGN_IN_TRIES))
    assert is_stopped(stranger, login)
    assert not is_stopped(stranger, "bob")


@pytest.fixture
def clock(monkeypatch, use_redis_at):
    """A list with the time in seconds. Counts are in this process, and expire by that clock."""
    use_redis_at(f"redis://127.0.0.1:1/{id(monkeypatch)}")
    times = [1_000_000.0]
    monkeypatch.setattr("time.time", lambda: times[0])
    return times


def test_a_classmate_with_eleven_tries_costs_the_owner_ten_seconds(alice, clock):
    for _ in range(django_settings.SIGN_IN_TRIES + 30):  # those in the pause do not prolong it
        tries(at(SCHOOL), "alice")
    assert "Wait 10 seconds" in tries(at(SCHOOL), "alice", RIGHT)
    clock[0] += FIRST_PAUSE_S
    assert tries(at(SCHOOL), "alice", RIGHT) is True


def test_each_pause_is_twice_as_long_up_to_five_minutes(alice, clock):
    for _ in range(django_settings.SIGN_IN_TRIES - 1):
        tries(at(SCHOOL), "alice")
    waits = ["10 seconds", "20 seconds", "40 seconds", "2 minutes", "3 minutes", "5 minutes"]
    for wait, pause_s in zip([*waits, waits[-1]], [10, 20, 40, 80, 160, 300, 300], strict=True):
        assert not is_stopped(at(SCHOOL), "alice")
        assert f"Wait {wait}" in tries(at(SCHOOL), "alice")
        clock[0] += pause_s - 1
        assert is_stopped(at(SCHOOL), "alice")
        clock[0] += 1


def test_the_right_password_ends_the_pauses(alice, clock):
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(at(SCHOOL), "alice")
    clock[0] += FIRST_PAUSE_S
    assert tries(at(SCHOOL), "alice", RIGHT) is True
    assert not any(is_stopped(at(SCHOOL), "alice") for _ in range(django_settings.SIGN_IN_TRIES))


def test_a_page_in_chinese_says_how_long_to_wait(alice, clock):
    client = Client(REMOTE_ADDR=SCHOOL, headers={"accept-language": "zh-hans"})
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(client, "alice")
    assert "请等 10 秒" in tries(client, "alice")


def test_an_hour_of_guessing_gives_less_than_one_fixed_pause(clock):
    """Before pauses grew, there were ten tries in each five minutes: 120 an hour."""
    count, free = PlaceCount("tests:guesses", PLACE_S), django_settings.SIGN_IN_TRIES
    made, until = [], clock[0] + 24 * 60 * 60
    while clock[0] < until:
        if count.may_go_on(count.add(), free):
            made.append(clock[0])
        else:
            count.take_back()
            clock[0] += count.wait_s()
    in_an_hour = [sum(0 <= at_s - begin < 60 * 60 for at_s in made) for begin in made]
    assert max(in_an_hour) == 25  # 10 at once, after 10, 30, 70, 150 and 310 s, then every 300 s
    assert len(made) < 24 * 60 * 60 / LONGEST_PAUSE_S + 25


def test_tries_by_user_name_and_by_address_count_together(alice):
    stranger = at(ELSEWHERE)
    for login in ["alice", "Alice", "alice@example.org", "Alice@Example.org"] * 3:
        tries(stranger, login)
    assert is_stopped(stranger, "alice")


def test_a_stopped_stranger_cannot_sign_in_with_the_right_password(alice):
    stranger = at(ELSEWHERE)
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(stranger, "alice")
    assert tries(stranger, "alice", RIGHT) is not True


def test_strangers_keep_nobody_out_where_they_usually_sign_in(alice, settings):
    settings.SIGN_IN_TRIES_ACCOUNT = 20
    at_home = at(HOME)
    assert tries(at_home, "alice", RIGHT) is True
    for n in range(25):
        tries(at(f"203.0.113.{n}"), "alice")
    assert tries(at("203.0.113.99"), "alice", RIGHT) is not True  # what strangers had is used up
    assert tries(at(HOME), "alice", RIGHT) is True  # in another browser there
    at_home.post(reverse("account_logout"))
    at_home.defaults["REMOTE_ADDR"] = "203.0.113.200"  # the same device on a train
    assert tries(at_home, "alice", RIGHT) is True


def test_a_classmate_at_the_same_address_keeps_nobody_off_their_own_device(alice):
    tablet = at(SCHOOL)
    assert tries(tablet, "alice", RIGHT) is True
    tablet.post(reverse("account_logout"))
    classmate = at(SCHOOL)
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(classmate, "alice")
    assert is_stopped(classmate, "alice")
    assert tries(tablet, "alice", RIGHT) is True


def test_a_classmate_who_goes_on_keeps_nobody_off_another_device_of_the_school(alice, bob, clock):
    """The tries of bob are his own, whichever device of the room alice goes to."""
    alices, bobs, carols = at(SCHOOL), at(SCHOOL), at(SCHOOL)
    for client, name in [(alices, "alice"), (bobs, "bob"), (carols, make_user("carol").username)]:
        assert tries(client, name, RIGHT) is True
        client.post(reverse("account_logout"))
    for pause_s in [0, 10, 20, 40, 80]:
        clock[0] += pause_s
        for _ in range(django_settings.SIGN_IN_TRIES):
            tries(bobs, "alice")
    assert is_stopped(bobs, "alice")
    assert tries(carols, "alice", RIGHT) is True


def test_people_who_use_up_all_tries_keep_nobody_off_their_own_device(alice, bob, clock, settings):
    settings.SIGN_IN_TRIES_ACCOUNT = django_settings.SIGN_IN_TRIES
    tablet, bobs = at(SCHOOL), at(SCHOOL)
    for client, name in [(tablet, "alice"), (bobs, "bob")]:
        assert tries(client, name, RIGHT) is True
        client.post(reverse("account_logout"))
    for _ in range(2 * django_settings.SIGN_IN_TRIES):  # his own, then those of the address
        tries(bobs, "alice")
    assert is_stopped(at(SCHOOL), "alice")
    assert tries(tablet, "alice", RIGHT) is True


def test_who_wipes_a_device_has_no_more_tries(alice, bob):
    assert tries(at(SCHOOL), "alice", RIGHT) is True
    for _ in range(2):
        wiped = at(SCHOOL)
        assert tries(wiped, "bob", RIGHT) is True
        wiped.post(reverse("account_logout"))
        for _ in range(django_settings.SIGN_IN_TRIES):
            tries(wiped, "alice")
        assert is_stopped(wiped, "alice")
    fresh = at(SCHOOL)
    assert tries(fresh, "bob", RIGHT) is True
    fresh.post(reverse("account_logout"))
    assert is_stopped(fresh, "alice")


def test_a_further_account_on_a_device_brings_no_more_tries(alice, bob, clock):
    """Whoever signed in there first is the person: anybody may sign up once more."""
    assert tries(at(SCHOOL), "alice", RIGHT) is True
    device = at(SCHOOL)
    assert tries(device, "bob", RIGHT) is True
    device.post(reverse("account_logout"))
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(device, "alice")
    assert tries(device, make_user("robert").username, RIGHT) is True
    device.post(reverse("account_logout"))
    assert is_stopped(device, "alice")


def test_who_has_many_accounts_shares_the_tries_of_the_address_in_the_end(alice, settings):
    settings.SIGN_IN_TRIES_ACCOUNT = 25
    assert tries(at(SCHOOL), "alice", RIGHT) is True
    made = 0
    for n in range(6):
        client = at(SCHOOL)
        assert tries(client, make_user(f"pupil{n}").username, RIGHT) is True
        client.post(reverse("account_logout"))
        made += sum(not is_stopped(client, "alice") for _ in range(django_settings.SIGN_IN_TRIES))
    assert made <= 25 + django_settings.SIGN_IN_TRIES


def test_a_new_one_time_password_is_taken_at_once(alice):
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(at(SCHOOL), "alice")
    assert is_stopped(at(SCHOOL), "alice")
    password = give_one_time_password(alice)
    alice.save()
    assert tries(at(SCHOOL), "alice", password) is True


def test_a_device_is_familiar_to_each_who_signed_in_on_it_and_to_nobody_else(alice, bob, settings):
    settings.SIGN_IN_TRIES_ACCOUNT = 3
    shared = at(SCHOOL)
    for name in ("alice", "bob"):
        assert tries(shared, name, RIGHT) is True
        shared.post(reverse("account_logout"))
    make_user("eve")
    for name in ("alice", "bob", "eve"):
        for n in range(4):
            tries(at(f"203.0.113.{n}"), name)
    assert tries(shared, "alice", RIGHT) is True
    shared.post(reverse("account_logout"))
    assert tries(shared, "bob", RIGHT) is True
    shared.post(reverse("account_logout"))
    assert tries(shared, "eve", RIGHT) is not True


def test_a_forged_device_is_a_stranger(alice):
    tablet = at(SCHOOL)
    assert tries(tablet, "alice", RIGHT) is True
    cookie = tablet.cookies["lemma_device"]
    assert cookie["httponly"]
    stranger = at(ELSEWHERE)
    stranger.cookies["lemma_device"] = cookie.value[:-1] + ("A" if cookie.value[-1] != "A" else "B")
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(stranger, "alice")
    assert is_stopped(stranger, "alice")


def test_a_busy_address_leaves_everybody_there_some_tries(db, settings):
    settings.SIGN_IN_TRIES_ADDRESS = 10
    names = [make_user(f"pupil{n}").username for n in range(12)]
    for name in names:
        tries(at(SCHOOL), name)
    assert tries(at(SCHOOL), names[0], RIGHT) is True
    assert [is_stopped(at(SCHOOL), names[1]) for _ in range(3)] == [False, False, True]
    assert not is_stopped(at(HOME), names[1])


def test_an_address_far_beyond_its_limit_gets_no_tries_at_strange_accounts(
    alice, settings, monkeypatch
):
    settings.SIGN_IN_TRIES_ADDRESS = 3
    monkeypatch.setattr(sign_in_limits, "OVERRUN", 2)
    assert tries(at(SCHOOL), "alice", RIGHT) is True
    for n in range(6):
        tries(at(SCHOOL), f"nobody{n}")
    assert is_stopped(at(SCHOOL), "nobody6")
    assert not is_stopped(at(HOME), "nobody6")
    assert tries(at(SCHOOL), "alice", RIGHT) is True


def test_good_sign_ins_use_nothing_up(alice):
    for _ in range(3 * django_settings.SIGN_IN_TRIES):
        assert tries(at(SCHOOL), "alice", RIGHT) is True


def test_right_passwords_of_one_account_have_a_limit_that_strangers_cannot_use_up(
    alice, bob, hashes, monkeypatch
):
    monkeypatch.setattr(sign_in_limits, "SIGN_INS", 3)
    for _ in range(3):
        tries(at(ELSEWHERE), "alice")
        assert tries(at(SCHOOL), "alice", RIGHT) is True
    hashes()
    assert "very often" in tries(at(SCHOOL), "alice", RIGHT)
    assert hashes() == 0
    assert tries(at(SCHOOL), "bob", RIGHT) is True


def test_an_address_that_the_client_claims_counts_for_nothing(alice):
    for n in range(django_settings.SIGN_IN_TRIES):
        tries(Client(REMOTE_ADDR=ELSEWHERE, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}"), "alice")
    assert is_stopped(Client(REMOTE_ADDR=ELSEWHERE, HTTP_X_FORWARDED_FOR="10.0.0.99"), "alice")


class CountingHasher(MD5PasswordHasher):
    """A quick hasher that counts its calls."""

    hashed = 0

    def encode(self, password, salt):
        type(self).hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(settings):
    """A function that returns the number of calls since the last time."""
    counting = f"{__name__}.CountingHasher"
    settings.PASSWORD_HASHERS = [counting, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    CountingHasher.hashed = 0

    def since():
        count, CountingHasher.hashed = CountingHasher.hashed, 0
        return count

    return since


@pytest.mark.parametrize("login", ["alice", "alice@example.org", "nobody", "no@body.org", "una"])
def test_a_failed_try_hashes_once_whoever_it_names(alice, hashes, login):
    User.objects.create_user("una")  # has no password at all
    hashes()
    assert tries(at(SCHOOL), login) is not True
    assert hashes() == 1


def test_a_failed_try_asks_the_database_the_same_whoever_it_names(alice):
    asked = {}
    for login in ("alice", "nobody"):
        with CaptureQueriesContext(connection) as queries:
            assert tries(at(SCHOOL), login) is not True
        asked[login] = [re.sub(r"'[^']*'|\d+", "…", query["sql"]) for query in queries]
    assert asked["alice"] == asked["nobody"]


def test_a_wrong_one_time_password_takes_as_long_as_any_other(alice, hashes):
    give_one_time_password(alice)
    alice.save()
    assert tries(at(SCHOOL), "alice") is not True
    assert hashes() == 1


def test_a_try_that_is_refused_hashes_nothing(alice, hashes):
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(at(SCHOOL), "alice")
    hashes()
    assert is_stopped(at(SCHOOL), "alice")
    assert hashes() == 0


def test_an_older_hash_is_replaced_at_the_next_sign_in(alice, settings, read_settings):
    settings.PASSWORD_HASHERS = read_settings()["PASSWORD_HASHERS"]  # without that of tests
    User.objects.update(password=make_password(RIGHT, hasher="pbkdf2_sha256"))
    browser = at(SCHOOL)
    assert tries(browser, "alice", RIGHT) is True
    alice.refresh_from_db()
    assert alice.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert browser.get(reverse("home")).status_code == 200


def test_all_web_processes_count_together(db):
    count = TryCount("tests:shared", 60)
    assert [count.add(), count.add()] == [1, 2]
    lines = (
        "import django; django.setup();"
        "from accounts.sign_in_limits import TryCount; print(TryCount('tests:shared', 60).add())"
    )
    other = subprocess.run(
        [sys.executable, "-c", lines],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tutor.settings"},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert other.stdout.strip() == "3", other.stderr


@pytest.fixture
def use_redis_at(settings):
    """A function that moves the counts to another Redis address."""

    def use(location):
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": location}}

    return use


def test_without_redis_people_sign_in_and_each_process_counts_by_itself(alice, use_redis_at):
    use_redis_at("redis://127.0.0.1:1/0")
    assert tries(at(SCHOOL), "alice", RIGHT) is True
    for _ in range(django_settings.SIGN_IN_TRIES):
        tries(at(ELSEWHERE), "alice")
    assert is_stopped(at(ELSEWHERE), "alice")


def test_a_redis_that_is_silent_is_waited_for_once(alice, use_redis_at):
    """Counts connections, because each wait is as long as TUTOR_BROKER_TIMEOUT."""
    came = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        def take():
            while True:
                try:
                    came.append(silent.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        use_redis_at(f"redis://127.0.0.1:{port}/0")
        assert tries(at(SCHOOL), "alice", RIGHT) is True
        assert len(came) == 1
        silent.shutdown(socket.SHUT_RDWR)
    for taken in came:
        taken.close()


def test_nothing_in_redis_is_unpickled(db):
    cache.set("tests:list", [1.5, 2.5], 60)
    assert cache.get("tests:list") == [1.5, 2.5]
    with pytest.raises(TypeError):
        cache.set("tests:object", object(), 60)


def test_the_page_on_security_names_the_limits_as_they_are(read_settings):
    page = (django_settings.BASE_DIR / "docs" / "security.md").read_text("utf-8")
    rows = re.findall(r"^\| [^|]+ \| (\d[^|]*) \| `TUTOR_(\w+)` \|$", page, re.MULTILINE)
    default = read_settings()
    address = default["SIGN_IN_TRIES_ADDRESS"]
    assert {name: numbers for numbers, name in rows} == {
        "SIGN_IN_TRIES": (
            f"{default['SIGN_IN_TRIES']}, then one after {FIRST_PAUSE_S} s, 20 s, 40 s and so on, "
            f"up to one in {LONGEST_PAUSE_S // 60} minutes"
        ),
        "SIGN_IN_TRIES_ACCOUNT": f"{default['SIGN_IN_TRIES_ACCOUNT']} in {ACCOUNT_S // 60} minutes",
        "SIGN_IN_TRIES_ADDRESS": (
            f"{address:,} in {ADDRESS_S // 60} minutes; beyond it {TRIES_AT_A_BUSY_ADDRESS} for "
            f"each account until its pauses begin, beyond {address * OVERRUN:,} none"
        ),
        "FORMS_PER_ADDRESS": f"{default['FORMS_PER_ADDRESS']} from one address in 10 minutes",
    }


def test_each_limit_is_the_one_that_the_administrator_sets(read_settings):
    limits = {"SIGN_IN_TRIES": 4, "SIGN_IN_TRIES_ACCOUNT": 5, "SIGN_IN_TRIES_ADDRESS": 31}
    given = read_settings(**{f"TUTOR_{name}": str(limit) for name, limit in limits.items()})
    assert {name: given[name] for name in limits} == limits
