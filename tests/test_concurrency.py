"""A rush of requests is worked off, a few at a time."""

import asyncio

from django.conf import settings

from tutor.concurrency import ConcurrencyLimit


def asked_by(name, number=0):
    """A page that a person asks for; without a name a stranger does."""
    cookie = f"csrftoken=x; {settings.SESSION_COOKIE_NAME}={name}".encode()
    headers = [(b"cookie", cookie)] if name else []
    return {"number": number, "who": name, "headers": headers, "client": ("10.0.0.1", 1)}


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


async def test_a_school_behind_one_address_may_take_all_slots():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    tasks = [asyncio.create_task(pages(asked_by(""), None, None)) for _ in range(20)]
    await settled()
    assert len(page.running) == 12
    for _ in tasks:
        await page.next()
    await asyncio.gather(*tasks)


async def test_a_rush_of_sign_ins_leaves_slots_for_pages():
    page = Page()
    pages = ConcurrencyLimit(page, at_once=12)
    form = asked_by("") | {"method": "POST", "path": "/accounts/login/"}
    tasks = [asyncio.create_task(pages(form, None, None)) for _ in range(20)]
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
    served = []
    for _ in range(60):
        await settled()
        served.append(page.running[0])
        await page.next()
    assert 25 <= served.count("") <= 30
    for _ in range(len(people) - 60):
        await page.next()
    await asyncio.gather(*tasks)
    assert (pages.slots.free, pages.slots.strangers) == (4, 0)


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
    waiting = [asyncio.create_task(pages(asked_by("", number), None, None)) for number in range(20)]
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
