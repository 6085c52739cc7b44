"""Clients that say of themselves, or of the server, what is not so."""

import re
from ipaddress import ip_network

import httpx2 as httpx
import pytest
from allauth.usersessions.models import UserSession
from asgiref.sync import sync_to_async
from django.core import mail
from django.urls import reverse

from accounts.mail import send_due
from tests.door import request
from tutor.asgi import application
from tutor.web.callers import OwnHosts, TrustedProxies, without_port

OURS = [ip_network("10.0.0.0/8"), ip_network("2001:db8:1::/48")]


async def passed_on(door, **scope):
    """The scope that the application gets behind `door`, and what was sent without it."""
    seen, sent = [], []

    async def application(scope, receive, send):
        seen.append(scope)

    async def send(message):
        sent.append(message)

    door.application = application
    await door({"type": "http", "path": "/", "headers": [], **scope}, None, send)
    return (seen or [None])[0], sent


@pytest.mark.parametrize(
    ("peer", "header", "client"),
    [
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7"),  # the first one is made up
        ("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),  # two proxies of ours
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "203.0.113.7, nonsense", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("192.0.2.1", "203.0.113.7", "192.0.2.1"),  # no proxy of ours
        (None, "203.0.113.7", "203.0.113.7"),  # a Unix socket
    ],
)
async def test_an_address_is_believed_from_the_right_end_of_trusted_proxies(peer, header, client):
    headers = [(b"x-forwarded-for", header.encode())] if header else []
    door = TrustedProxies(None, OURS)
    scope, _ = await passed_on(door, client=peer and [peer, 5000], headers=headers)
    assert scope["client"][0] == client


async def test_whatever_a_stranger_says_of_itself_is_dropped():
    headers = [
        (b"x-forwarded-proto", b"https"), (b"x-forwarded-host", b"evil.example"),
        (b"forwarded", b"for=127.0.0.1"), (b"accept", b"*/*"),
    ]  # fmt: skip
    door = TrustedProxies(None, OURS)
    scope, _ = await passed_on(door, client=["192.0.2.1", 5000], headers=headers)
    assert scope["headers"] == [(b"accept", b"*/*")]
    scope, _ = await passed_on(door, client=["10.0.0.1", 5000], headers=headers)
    assert scope["headers"] == headers


@pytest.mark.parametrize(
    "text", ["", "unknown", "_hidden", "1.2.3", "1.2.3.4:x:y", "[::1", "a" * 99]
)
def test_what_is_no_address_is_none(text):
    assert without_port(text) in {None, "::1"}


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("lemma.example:8443", "lemma.example:8443"),
        ("LEMMA.example:8443", "lemma.example:8443"),
        ("lemma.example", "lemma.example:8443"),  # as some proxies pass it on
        ("lemma.example:1234", "lemma.example:8443"),
        ("evil.example", None),
        ("lemma.example:8443@evil.example", None),
        ("[", None),
        ("", None),
    ],
)
async def test_a_host_is_one_of_an_origin_with_its_port(header, host):
    door = OwnHosts(None, ["https://lemma.example:8443"])
    scope, sent = await passed_on(door, headers=[(b"host", header.encode())])
    if host is None:
        assert scope is None
        assert sent[0]["status"] == 400
    else:
        assert scope["headers"] == [(b"host", host.encode())]


async def test_two_hosts_are_none():
    headers = [(b"host", b"lemma.example"), (b"host", b"evil.example")]
    scope, sent = await passed_on(OwnHosts(None, ["https://lemma.example"]), headers=headers)
    assert scope is None
    assert sent[0]["status"] == 400


FOREIGN = {
    "Daphne_Root_Path": "http://evil.example",
    "X_Forwarded_Host": "evil.example",
    "X_Forwarded_For": "203.0.113.7",
    "X_Forwarded_Proto": "gopher",
    "X_Original_URL": "http://evil.example/",
    "X_Script_Name": "http://evil.example",
    "Script_Name": "http://evil.example",
    "Forwarded": "host=evil.example",
}


def test_no_header_changes_the_address_in_a_link(door):
    path = reverse("account_reset_password")
    page = door.answer_to(request("GET", path, **FOREIGN))
    assert page.startswith(b"HTTP/1.1 200")
    assert b"evil.example" not in page
    page = door.answer_to(request("GET", "/", **FOREIGN))
    assert re.findall(rb"Location: (\S+)", page) == [b"/accounts/login/?next=/"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [b"X-Forwarded-For", b"X_Forwarded_For", b"X-Forwarded_For"])
def test_a_strangers_header_of_proxies_reaches_no_page(door, name):
    """Figures are for this machine alone, and not for what a proxy passes on."""
    data = request("GET", "/metrics").replace(b"Host:", name + b": 203.0.113.7\r\nHost:")
    assert door.status_of(data) == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("host", ["localhost:8000", "localhost:1234", "localhost"])
async def test_a_reset_mail_leads_to_the_origin_alone(alice, host, settings):
    settings.EMAIL_HOST = "mail.example"  # what is sent goes to mail.outbox
    alice.email = "alice@lemma.example"
    await alice.asave(update_fields=["email"])
    transport = httpx.ASGITransport(application)
    headers = {name.replace("_", "-"): value for name, value in FOREIGN.items()} | {"Host": host}
    path = reverse("account_reset_password")
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        await client.get(path)
        form = {"email": alice.email, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        posted = await client.post(path, data=form, headers=headers)
    assert posted.status_code == 302
    await sync_to_async(send_due)()
    [written] = mail.outbox
    links = re.findall(r"\w+://\S+", written.body)
    assert [link for link in links if "/password/reset/key/" in link]
    assert all(link.startswith("http://localhost:8000/") for link in links)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("peer", "address"),
    [("127.0.0.1", "203.0.113.7"), ("192.0.2.1", "192.0.2.1")],
    ids=["a proxy", "a stranger"],
)
async def test_the_address_of_a_sign_in_is_from_trusted_proxies_alone(alice, peer, address):
    transport = httpx.ASGITransport(application, client=(peer, 5000))
    forwarded = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7"}  # the first one is made up
    path = reverse("account_login")
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        await client.get(path)
        form = {"login": "alice", "password": "pass-word-9"}
        form["csrfmiddlewaretoken"] = client.cookies["csrftoken"]
        assert (await client.post(path, data=form, headers=forwarded)).status_code == 302
    assert [row.ip async for row in UserSession.objects.all()] == [address]


@pytest.mark.parametrize(
    "host", [b"evil.example", b"evil.example:8080", b"lemma.example.evil.example", b"127.0.0.1"]
)
def test_a_foreign_host_is_refused_with_one_line(door, host, new_lines):
    data = request("GET", "/accounts/login/").replace(b"lemma.example:8080", host)
    assert door.status_of(data) == 400
    assert len(new_lines()) == 1


def test_an_address_that_cannot_be_read_is_refused_without_a_traceback(door, new_lines):
    for path in ("/\xff", "/%ff%fe", "/?a=\xff", "//", "/a\tb"):
        answer = door.answer_to(request("GET", path))
        assert answer == b"" or 300 <= int(answer.split(b" ")[1]) < 500, path
    assert not any("Traceback" in line for line in new_lines())
