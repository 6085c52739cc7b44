"""nginx with the configuration that Lemma comes with, before a real web server."""

import gzip
import re
import ssl

import httpx2 as httpx
import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from websockets.asyncio.client import connect

from tests.door import request, running_door
from tests.faults.proxy import CONFIGURATION, NAME, NGINX, free_port, make_certificate, nginx
from tutor.solutions.log.protocol import NOT_SIGNED_IN
from tutor.web.bodies import DEFAULT, LIMITS

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
KB = 1024


@pytest.fixture(scope="module")
def proxied(django_db_setup, tmp_path_factory):
    """A client of nginx, and the web server behind it."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    plain_port = free_port(port)
    address = f"https://{NAME}:{port}"
    static = tmp_path_factory.mktemp("static")
    for name in ("a.css", "a.mjs"):
        (static / name).write_text("/* as long as most */ " * 100)
    (static / "bundled").mkdir()
    (static / "bundled" / "a.mjs").write_text("/* as it is */")
    (static / "bundled" / "a.mjs.gz").write_bytes(gzip.compress(b"/* compressed beforehand */"))
    trusted = ssl.create_default_context(cafile=str(make_certificate(folder)))
    variables = {"TUTOR_ORIGINS": address, "TUTOR_TRUSTED_PROXIES": "127.0.0.1"}
    with (
        running_door(tmp_path_factory.mktemp("door"), **variables) as door,
        nginx(folder, port, plain_port, [door.port], static),
        httpx.Client(base_url=address, verify=trusted, trust_env=False, timeout=60) as client,
    ):
        client.trusted = trusted
        client.plain_address = f"http://127.0.0.1:{plain_port}"
        yield client, door


def test_a_page_comes_through_compressed_and_by_https_alone(proxied):
    client, _ = proxied
    page = client.get("/accounts/login/", headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert page.headers["Content-Encoding"] == "gzip"
    assert "secure" in page.headers["Set-Cookie"].lower()  # so Lemma knows that it is https
    elsewhere = client.get(f"{client.plain_address}/accounts/login/?next=/")
    assert elsewhere.status_code == 301
    assert elsewhere.headers["Location"] == f"https://{NAME}/accounts/login/?next=/"
    challenge = client.get(f"{client.plain_address}/.well-known/acme-challenge/token")
    assert challenge.status_code == 404  # by nginx: a certificate has to be got before https works


def test_static_files_come_from_disk_compressed(proxied):
    client, _ = proxied
    for name, kind in {"a.css": "text/css", "a.mjs": "text/javascript"}.items():
        response = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200
        assert response.headers["Server"] == "nginx"
        assert response.headers["Content-Type"] == kind
        assert response.headers["Content-Encoding"] == "gzip"


def test_bundles_come_as_they_were_compressed_and_are_kept_for_good(proxied):
    client, _ = proxied
    bundle = client.get("/static/bundled/a.mjs", headers={"Accept-Encoding": "gzip"})
    assert bundle.text == "/* compressed beforehand */"
    assert bundle.headers["Content-Type"] == "text/javascript"
    assert "immutable" in bundle.headers["Cache-Control"]
    plain = client.get("/static/bundled/a.mjs", headers={"Accept-Encoding": "identity"})
    assert plain.text == "/* as it is */"
    assert "immutable" not in client.get("/static/a.mjs").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_watches_over_it_does_not_come_this_way(proxied, path):
    client, door = proxied
    assert client.get(path).status_code == 404
    assert door.status_of(request("GET", "/readyz")) in {200, 503}


PATHS = {
    "/accounts/login/": DEFAULT,
    "/problems/new/": 1024 * KB,
    "/admin/": 1024 * KB,
    "/sections/x/roster/": 2048 * KB,
    "/pictures/new/": 10304 * KB,
    "/problems/import/": 8256 * KB,
    "/sections/x/material/": 12288 * KB,
}


@pytest.mark.django_db(transaction=True)  # where the server looks for a session
@pytest.mark.parametrize("path", PATHS)
def test_it_refuses_what_the_door_would_refuse(proxied, path):
    client, door = proxied
    before = len(door.lines())
    most = PATHS[path]
    assert client.post(path, content=bytes(most + 1)).status_code == 413
    assert len(door.lines()) == before  # it has not come so far
    signed_in = {"Cookie": f"{settings.SESSION_COOKIE_NAME}=some-session"}
    posted = client.post(path, content=bytes(most), headers=signed_in)
    assert posted.status_code in {403, 404}


def test_the_limits_are_the_same_in_both():
    text = CONFIGURATION.read_text("utf-8")
    sizes = re.findall(r"client_max_body_size (\d+)([km]);", text)
    limits = sorted(int(number) * (KB if unit == "k" else KB * KB) for number, unit in sizes)
    assert limits == sorted([DEFAULT, *(limit for _, limit in LIMITS)])


def test_its_logs_are_rotated_and_have_no_names():
    """Debian's rotation is of all that is called so; names are in the addresses of pages."""
    text = CONFIGURATION.read_text("utf-8")
    logs = re.findall(r"^ *(?:access|error)_log +(\S+?);? ", text, re.MULTILINE)
    assert [log for log in logs if not re.fullmatch(r"/var/log/nginx/[\w.]+\.log", log)] == []
    [line] = re.findall(r"log_format lemma (.+?);", text, re.DOTALL)
    variables = {*re.findall(r"\$(\w+)", line)}
    assert not variables & {"request", "request_uri", "uri", "args", "query_string", "http_referer"}


@pytest.mark.django_db(transaction=True)
def test_the_address_of_a_client_is_the_one_that_nginx_sees(proxied, alice):
    client, _ = proxied
    alice.password = make_password("pass-word-9", hasher="argon2")  # the server knows no quick one
    alice.save(update_fields=["password"])
    path = reverse("account_login")
    client.get(path)
    form = {"login": "alice", "password": "pass-word-9"}
    form["csrfmiddlewaretoken"] = client.cookies["csrftoken"]
    headers = {"Origin": str(client.base_url).rstrip("/"), "X-Forwarded-For": "203.0.113.7"}
    assert client.post(path, data=form, headers=headers).status_code == 302
    assert UserSession.objects.get().ip == "127.0.0.1"


async def test_a_socket_comes_through(proxied):
    client, _ = proxied
    origin = str(client.base_url).rstrip("/")
    address = f"{origin.replace('https', 'wss', 1)}/ws/solutions/"
    async with connect(address, origin=origin, ssl=client.trusted, proxy=None) as socket:
        await socket.wait_closed()
    assert socket.close_code == NOT_SIGNED_IN
