"""A rush of requests is worked off, a few at a time."""

import asyncio
from collections import Counter

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.sockets import cookie_of
from tutor import concurrency
from tutor.concurrency import (
    DEVICE_COOKIE,
    MAX_WAITING,
    Caller,
    ConcurrencyLimit,
    caller_of,
    device_of,
    network_of,
    remember_address,
    remember_session,
)


@pytest.fixture(autouse=True)
def _nobody_is_known():
    concurrency._people.clear()
    concurrency._known_networks.clear()
    yield
    concurrency._people.clear()
    concurrency._known_networks.clear()


def asked_by(name, number=0, *, address="10.0.0.1", session=None):
    """A page that a person asks for; without a name a stranger does.

    Somebody is signed in at each address, but for those that begin with 203.
    """
    if not address.startswith("203."):
        remember_address(address)
    session = name if session is None else session
    if name:
        remember_session(session, name)
    cookie = f"csrftoken=x; {settings.SESSION_COOKIE_NAME}={session}".encode()
    headers = [(b"cookie", cookie)] if session else []
    return {"number": number, "who": name, "headers": headers, "client": (address, 1)}


class Page:
    """Takes until `next()`; knows who asked for those that are being made, in their order."""

    def __init__(self):
        self.running = []
        self.may_end = asyncio.Semaphore(0)

    async def __call__(self, scope, receive, send):
        self.running.append(scope["who"])
        await self.may_end.acquire()
        self.running.remove(scope["who"])

    async def next(self):
        self.may_end.release()
        await settled()


async def settled():
    for _ in range(20):
        await asyncio.sleep(0)


async def test_one_person_takes_a_sixth_of_the_slots():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    tasks = [asyncio.create_task(pages(asked_by("alice"), None, None)) for _ in range(20)]
    await settled()
    assert page.running == ["alice"] * 2
    tasks.append(asyncio.create_task(pages(asked_by("bob"), None, None)))
    await settled()
    assert page.running == ["alice"] * 2 + ["bob"]
    for _ in tasks:
        assert page.running.count("alice") <= 2
        await page.next()
    await asyncio.gather(*tasks)
    assert pages.slots.free == 12
    assert not pages.slots.taken


async def test_who_waits_gets_a_place_in_turn():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=1)
    people = ["alice"] * 5 + ["bob"] * 2 + ["carol"]
    tasks = [asyncio.create_task(pages(asked_by(who), None, None)) for who in people]
    order = []
    for _ in people:
        await settled()
        order += page.running
        await page.next()
    await asyncio.gather(*tasks)
    assert order == ["alice", "alice", "bob", "carol", "alice", "bob", "alice", "alice"]


async def test_all_sessions_of_a_person_share_their_slots():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    many = [asked_by("alice", session=f"session-{n}") for n in range(8)] * 6
    tasks = [asyncio.create_task(pages(scope, None, None)) for scope in many]
    tasks.append(asyncio.create_task(pages(asked_by("bob"), None, None)))
    await settled()
    assert page.running == ["alice"] * 2 + ["bob"]
    for _ in tasks:
        await page.next()
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("session", ["", "invented-{}"])
async def test_strangers_of_one_address_take_no_more_than_a_person(session):
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    many = [asked_by("", session=session.format(n)) for n in range(40)]
    tasks = [asyncio.create_task(pages(scope, None, None)) for scope in many]
    await settled()
    assert page.running == [""] * 2
    elsewhere = asked_by("", address="10.0.0.2")
    tasks.append(asyncio.create_task(pages(elsewhere, None, None)))
    await settled()
    assert len(page.running) == 3
    for _ in tasks:
        await page.next()
    await asyncio.gather(*tasks)
    assert (pages.slots.free, pages.slots.strangers) == (12, 0)


async def test_strangers_of_many_addresses_leave_half_of_the_slots_to_people():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    many = [asked_by("", address=f"10.0.0.{n}") for n in range(40)]
    many += [asked_by(f"pupil{n}") for n in range(20)]
    tasks = [asyncio.create_task(pages(scope, None, None)) for scope in many]
    for _ in tasks:
        await settled()
        assert page.running.count("") <= 6
        await page.next()
    await asyncio.gather(*tasks)


async def test_addresses_where_nobody_is_signed_in_take_together_what_one_person_may():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    form = {"method": "POST", "path": "/accounts/login/"}
    foreign = [asked_by("", address=f"203.0.113.{n}") | {"who": "foreign"} for n in range(20)]
    many = [*foreign, *(scope | form for scope in foreign), asked_by("") | form | {"who": "form"}]
    many += [asked_by(""), asked_by("alice")]
    tasks = [asyncio.create_task(pages(scope, None, None)) for scope in many]
    await settled()
    assert page.running == ["foreign", "foreign", "form", "", "alice"]
    for _ in tasks:
        await page.next()
        assert page.running.count("foreign") <= 2
    await asyncio.gather(*tasks)
    assert (pages.slots.free, pages.slots.foreign, pages.slots.strangers) == (12, 0, 0)
    assert (pages.password_slots.free, pages.password_slots.foreign) == (4, 0)


async def test_an_address_where_nobody_is_signed_in_gets_its_turn_among_people():
    foreign = asked_by("", address="203.0.113.1") | {"who": "foreign"}
    people = [asked_by(name) for name in ["alice", "alice", "bob", "bob"]]
    assert await order_of([*people, foreign]) == ["alice", "bob", "foreign", "alice", "bob"]


async def test_a_school_that_signs_in_opens_pages_beside_its_forms():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    form = asked_by("") | {"method": "POST", "path": "/accounts/login/", "who": "form"}
    many = [form] * 20 + [asked_by("")] * 20
    tasks = [asyncio.create_task(pages(scope, None, None)) for scope in many]
    await settled()
    assert sorted(page.running) == [""] * 2 + ["form"] * 4
    for _ in tasks:
        await page.next()
    await asyncio.gather(*tasks)
    assert (pages.slots.free, pages.password_slots.free) == (12, 4)


async def test_schools_that_sign_in_leave_slots_for_pages():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    form = {"method": "POST", "path": "/accounts/login/"}
    many = [asked_by("", address=f"10.0.0.{n}") | form for n in range(20)]
    tasks = [asyncio.create_task(pages(scope, None, None)) for scope in many]
    await settled()
    assert len(page.running) == 4
    tasks.append(asyncio.create_task(pages(asked_by("alice"), None, None)))
    await settled()
    assert "alice" in page.running
    for _ in tasks:
        await page.next()
    await asyncio.gather(*tasks)
    assert (pages.slots.free, pages.password_slots.free) == (12, 4)


async def test_a_school_that_signs_in_goes_on_beside_many_who_are_signed_in():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=4)
    people = [f"pupil{n}" for n in range(40)] * 3 + [""] * 30
    tasks = [asyncio.create_task(pages(asked_by(who), None, None)) for who in people]
    served = Counter()
    for _ in range(120):
        await settled()
        served[page.running[0]] += 1
        await page.next()
    assert 25 <= served[""] <= 30
    for _ in range(len(people) - 120):
        await page.next()
    await asyncio.gather(*tasks)
    assert (pages.slots.free, pages.slots.strangers) == (4, 0)


def browser(number, *, address="10.0.0.1", cookie=None):
    """A form of a stranger; with a number, of a browser in which somebody has signed in before."""
    response = HttpResponse()
    response.set_signed_cookie(DEVICE_COOKIE, f"device-{number}", salt=DEVICE_COOKIE)
    value = response.cookies[DEVICE_COOKIE].value if cookie is None else cookie
    cookie = f"{DEVICE_COOKIE}={value}".encode()
    return asked_by("", address=address) | {"headers": [(b"cookie", cookie)], "who": number}


def stranger(number):
    return asked_by("") | {"who": number}


async def order_of(scopes):
    """In which order pages are made, one at a time, that all wait behind one other page."""
    page = Page()
    pages = ConcurrencyLimit(page, at_once=1)
    tasks = []
    for scope in [stranger("first"), *scopes]:
        tasks.append(asyncio.create_task(pages(scope, None, None)))
        await settled()
    order = []
    for _ in scopes:
        await page.next()
        order += page.running
    await page.next()
    await asyncio.gather(*tasks)
    assert (pages.slots.free, pages.slots.strangers, pages.slots.waiting) == (1, 0, {})
    return order


async def test_the_newest_and_the_oldest_stranger_of_an_address_take_turns():
    assert await order_of([stranger(n) for n in range(6)]) == [5, 0, 4, 1, 3, 2]


async def test_every_second_turn_is_for_browsers_where_somebody_has_signed_in():
    many = [*map(stranger, range(4)), browser("a"), browser("a"), browser("a"), browser("b")]
    assert await order_of(many) == ["a", 3, "b", 0, "a", 2, "a", 1]


async def test_a_forged_device_waits_with_the_others():
    assert await order_of([stranger(0), browser("a", cookie="invented:1:x"), stranger(1)]) == [
        1,
        0,
        "a",
    ]


def test_the_device_of_a_sign_in_is_recognised_for_the_line(alice):
    client = Client()
    alice.set_password("river-of-nine")
    alice.save()
    client.post("/accounts/login/", {"login": alice.username, "password": "river-of-nine"})
    cookie = client.cookies[DEVICE_COOKIE].value
    assert device_of({"headers": [(b"cookie", f"{DEVICE_COOKIE}={cookie}".encode())]})
    assert not device_of({"headers": [(b"cookie", f"{DEVICE_COOKIE}={cookie}x".encode())]})


async def test_a_flood_from_the_school_makes_a_pupils_own_device_wait_for_two_pages():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=1)
    flood = [asyncio.create_task(pages(stranger("flood"), None, None)) for _ in range(40)]
    for number in range(10):
        await settled()
        pupil = asyncio.create_task(pages(browser(number), None, None))
        await settled()
        waited = 0
        while number not in page.running:
            flood.append(asyncio.create_task(pages(stranger("flood"), None, None)))
            await page.next()
            waited += 1
        assert waited <= 2
        await page.next()
        await pupil
    for _ in range(len(flood)):
        await page.next()
    await asyncio.gather(*flood)


async def test_more_than_may_wait_are_refused_and_can_come_again():
    page, sent = Page(), []
    pages = ConcurrencyLimit(page, at_once=12)
    form = stranger("form") | {"method": "POST", "path": "/accounts/login/"}

    async def send(message):
        sent.append(message)

    tasks = [asyncio.create_task(pages(form, None, send)) for _ in range(MAX_WAITING + 4 + 3)]
    await settled()
    assert [message["status"] for message in sent[::2]] == [429] * 3
    assert (b"retry-after", b"10") in sent[0]["headers"]
    assert "请等十秒再试".encode() in sent[1]["body"]
    tasks.append(asyncio.create_task(pages(stranger("page"), None, send)))
    await settled()
    assert "page" in page.running
    for _ in range(MAX_WAITING + 5):
        await page.next()
    await asyncio.gather(*tasks)
    assert len(sent) == 6
    assert (pages.slots.free, pages.password_slots.free) == (12, 4)


async def test_who_has_waited_very_long_is_told_before_a_proxy_gives_up(monkeypatch):
    monkeypatch.setattr(concurrency, "MAX_WAIT_S", 0.02)
    page, sent = Page(), []
    pages = ConcurrencyLimit(page, at_once=1)

    async def send(message):
        sent.append(message)

    being_made = asyncio.create_task(pages(stranger("first"), None, None))
    await settled()
    await asyncio.wait_for(pages(stranger("second"), None, send), 5)
    assert sent[0]["status"] == 429
    assert b"Nothing was changed" in sent[1]["body"]
    assert page.running == ["first"]
    await page.next()
    await being_made
    last = asyncio.create_task(pages(stranger("last"), None, None))
    await settled()
    assert page.running == ["last"]  # a page that gave up holds no place
    await page.next()
    await last
    assert pages.slots.free == 1


async def test_all_three_hundred_of_a_school_sign_in():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    form = {"method": "POST", "path": "/accounts/login/"}
    pupils = [stranger(n) | form if n % 2 else browser(n) | form for n in range(300)]
    tasks = [asyncio.create_task(pages(pupil, None, None)) for pupil in pupils]
    served = set()
    for _ in pupils:
        await settled()
        served |= set(page.running)
        await page.next()
    await asyncio.gather(*tasks)
    assert served == set(range(300))


async def test_probes_of_one_address_are_answered_two_at_a_time_and_liveness_at_once():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=1)
    ready = asked_by("") | {"path": "/readyz", "who": "/readyz"}
    tasks = [asyncio.create_task(pages(ready, None, None)) for _ in range(40)]
    tasks += [asyncio.create_task(pages(ready | {"path": "/metrics"}, None, None))]
    tasks += [asyncio.create_task(pages(ready | {"path": "/healthz", "who": "ok"}, None, None))]
    tasks += [asyncio.create_task(pages(ready | {"client": ("10.0.0.2", 1)}, None, None))]
    await settled()
    assert sorted(page.running) == ["/readyz"] * 3 + ["ok"]
    for _ in tasks:
        await page.next()
    await asyncio.gather(*tasks)


async def test_who_hangs_up_while_waiting_loses_no_place():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=1)
    first = asyncio.create_task(pages(asked_by("alice"), None, None))
    waiting = [asyncio.create_task(pages(asked_by("bob"), None, None)) for _ in range(3)]
    await settled()
    waiting[0].cancel()
    page.may_end.release()
    await asyncio.sleep(0)
    waiting[1].cancel()  # in the moment in which it is given its place
    await settled()
    assert page.running == ["bob"]
    await page.next()
    await asyncio.gather(first, waiting[2])
    assert pages.slots.free == 1


async def test_a_rush_is_worked_off_a_few_at_a_time():
    running, most, done = 0, 0, []

    async def page(scope, receive, send):
        nonlocal running, most
        scope = scope["number"]
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        if scope == 3:
            raise ValueError
        done.append(scope)

    pages = ConcurrencyLimit(page, at_once=4)
    waiting = [
        asyncio.create_task(pages(asked_by(f"pupil{number}", number), None, None))
        for number in range(20)
    ]
    waiting[10].cancel()  # who hangs up while waiting takes no place
    await asyncio.gather(*waiting, return_exceptions=True)
    assert sorted(done) == [number for number in range(20) if number not in {3, 10}]
    assert most == 4


async def test_a_probe_does_not_wait_in_line():
    is_full, may_end, answered = asyncio.Event(), asyncio.Event(), []

    async def page(scope, receive, send):
        if scope["path"] == "/":
            is_full.set()
            await may_end.wait()
        answered.append(scope["path"])

    pages = ConcurrencyLimit(page, at_once=1)
    slow = asyncio.create_task(pages({**asked_by(""), "path": "/"}, None, None))
    await is_full.wait()
    await asyncio.wait_for(pages({**asked_by(""), "path": "/healthz"}, None, None), 5)
    may_end.set()
    await slow
    assert answered == ["/healthz", "/"]


def scope_with(session, **more):
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}".encode()
    return {"headers": [(b"cookie", cookie)], "client": ("10.0.0.1", 1)} | more


@pytest.mark.django_db
def test_a_person_is_known_from_signing_in_to_signing_out(alice):
    stranger, person = Caller("10.0.0.1", False, is_foreign=True), Caller(str(alice.pk), True)
    first, second = Client(), Client()
    for client in (first, second):
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(alice)
    session = first.cookies[settings.SESSION_COOKIE_NAME].value
    assert caller_of(scope_with(session)) == stranger
    for client in (first, second):
        assert client.get("/").status_code == 200
        assert caller_of(scope_with(client.cookies["sessionid"].value)) == person
    first.post("/accounts/logout/")
    Client(headers={"cookie": f"sessionid={session}"}).get("/")
    assert caller_of(scope_with(session)) == stranger
    assert caller_of(scope_with(second.cookies["sessionid"].value)) == person


@pytest.mark.django_db
def test_who_signs_in_is_known_at_once(alice):
    alice.set_password("river-of-nine")
    alice.save()
    client = Client()
    client.post("/accounts/login/", {"login": alice.username, "password": "river-of-nine"})
    assert caller_of(scope_with(client.cookies["sessionid"].value)).name == str(alice.pk)


@pytest.mark.django_db
def test_an_address_is_known_from_the_first_page_of_somebody_who_is_signed_in(alice):
    alice.set_password("river-of-nine")
    alice.save()
    client = Client(REMOTE_ADDR="10.0.0.1")
    client.get("/accounts/login/")
    assert caller_of(scope_with("")).is_foreign
    client.post("/accounts/login/", {"login": alice.username, "password": "river-of-nine"})
    assert not caller_of(scope_with("")).is_foreign


def test_only_so_many_addresses_are_remembered(monkeypatch):
    monkeypatch.setattr(concurrency, "MAX_KNOWN", 2)
    for number in [1, 2, 1, 3]:
        remember_address(f"10.0.0.{number}")
    assert list(concurrency._known_networks) == ["10.0.0.1", "10.0.0.3"]


def test_only_so_many_sessions_are_remembered(monkeypatch):
    monkeypatch.setattr(concurrency, "MAX_KNOWN", 2)
    for session in ["a", "b", "a", "c"]:
        remember_session(session, 7)
    known = [session for session in "abc" if caller_of(scope_with(session)).is_person]
    assert known == ["a", "c"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::/56"),
        ("2001:db8:0:ff:8::7", "2001:db8::/56"),
        ("2001:db8:0:100::7", "2001:db8:0:100::/56"),
        ("", ""),
    ],
)
def test_an_address_counts_by_its_network(address, network):
    assert network_of(address) == network
