"""How pages are made: each in one thread, which later pages use again."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.http import HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from accounts.models import User
from tests.sockets import cookie_of
from tutor.concurrency import ConcurrencyLimit
from tutor.web import handler
from tutor.web.handler import PageHandler, PageThreads, keep_connections

BODY = {"type": "http.request", "body": b"", "more_body": False}


def count_people(request):
    return HttpResponse(str(User.objects.count()))


def stream_people(request):
    async def names():
        yield b"alice, "
        yield b"bob"

    return StreamingHttpResponse(names())


urlpatterns = [path("people/", count_people), path("names/", stream_people)]
small_site = override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[name for name in settings.MIDDLEWARE if not name.startswith("accounts.")],
)


async def page_of(handler, path, session=""):
    """The response's status and body."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return BODY

    headers = [(b"host", b"localhost"), (b"cookie", f"sessionid={session}".encode())]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "query_string": b""}
    await handler(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture
def handed_over(monkeypatch):
    """The calls that went from the event loop to a thread."""
    calls = []

    class Counting(ThreadPoolExecutor):
        def submit(self, *args, **options):
            calls.append(self)
            return super().submit(*args, **options)

    monkeypatch.setattr(handler, "ThreadPoolExecutor", Counting)
    return calls


@pytest.mark.django_db(transaction=True)
async def test_a_page_goes_to_its_thread_once_through_all_middleware(handed_over, item, alice):
    session = await asyncio.to_thread(cookie_of_alice, alice)
    status, body = await page_of(PageHandler(), item.get_absolute_url(), session)
    assert (status, b"<h1" in body) == (200, True)
    assert len(handed_over) == 1


def cookie_of_alice(alice):
    try:
        return cookie_of(alice)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
async def test_pages_in_turn_share_a_thread_and_its_connection(handed_over, monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 60)
    opened = []
    connection_created.connect(note := lambda **_: opened.append(1))
    with small_site:
        pages = PageHandler()
        for _ in range(3):
            assert (await page_of(pages, "/people/"))[0] == 200
    connection_created.disconnect(note)
    [thread] = pages.threads.idle
    thread.executor.submit(connections.close_all).result()
    assert (len(set(handed_over)), len(opened)) == (1, 1)


@pytest.mark.django_db(transaction=True)
async def test_a_rush_leaves_no_more_threads_than_pages_at_a_time(handed_over):
    """Each may keep a connection, and PostgreSQL has a hundred for all processes."""
    with small_site:
        pages = PageHandler()
        waiting = ConcurrencyLimit(pages, 3)
        rush = (page_of(waiting, "/people/", f"session-{n}") for n in range(20))
        assert {status for status, _body in await asyncio.gather(*rush)} == {200}
    threads = {id(thread.executor) for thread in pages.threads.idle}
    assert 1 <= len(threads) == len(set(map(id, handed_over))) <= 3
    for thread in pages.threads.idle:
        thread.executor.submit(connections.close_all).result()


@pytest.mark.django_db(transaction=True)
async def test_a_streamed_page_is_whole():
    with small_site:
        assert await page_of(PageHandler(), "/names/") == (200, b"alice, bob")


async def test_an_idle_thread_ends_and_closes_its_connection(monkeypatch):
    threads, closed = PageThreads(), []
    monkeypatch.setattr(handler.connections, "close_all", lambda: closed.append(1))
    async with threads.thread(), threads.thread():
        pass
    assert len(threads.idle) == 2
    monkeypatch.setattr(handler, "MAX_IDLE_S", 0.01)
    await asyncio.sleep(0.05)
    async with threads.thread():
        pass
    assert len(threads.idle) == 1
    await asyncio.to_thread(time.sleep, 0.05)
    assert closed == [1]


def test_only_connections_to_postgresql_are_kept(monkeypatch):
    settings_of = connections.settings["default"]
    monkeypatch.setitem(settings_of, "CONN_MAX_AGE", 0)
    keep_connections()
    assert bool(settings_of["CONN_MAX_AGE"]) == (connection.vendor == "postgresql")
