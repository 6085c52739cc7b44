"""Lemma as an app, its service worker, and its page without a network."""

import json

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.web.test_bundles import sources, write_manifest  # noqa: F401 - a fixture
from tutor import bundles


def test_the_manifest_says_what_a_device_shows(client, settings):
    settings.SCHOOL = "Hill School"
    page = client.get("/lemma.webmanifest", headers={"accept-language": "zh-hans"})
    app = page.json()
    assert page["Content-Type"] == "application/manifest+json"
    assert (app["name"], app["short_name"]) == ("Lemma · Hill School", "Lemma")
    assert (app["lang"], app["start_url"], app["display"]) == ("zh-hans", "/", "standalone")
    assert "数学" in app["description"]
    for icon in app["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


@pytest.fixture
def bundled(sources):  # noqa: F811 - the fixture
    write_manifest(sources, bundles._digest(sources))
    (sources / "bundled" / "service_worker-ABCDEFGH.js").write_text("serve();")


def test_the_service_worker_knows_its_bundle(client, bundled, alice):
    client.force_login(alice)
    address = bundles.worker_address()
    assert address.endswith("?v=abc")
    script = client.get(address)
    first, _, rest = script.content.decode().partition("\n")
    known = json.loads(first.removeprefix("self.LEMMA = ").removesuffix(";"))
    assert rest == "serve();"
    assert (known["version"], set(known["pages"])) == ("abc", dict(settings.LANGUAGES).keys())
    assert script["Content-Type"].startswith("text/javascript")
    assert "default-src 'self'" in script["Content-Security-Policy"]
    assert "no-store" not in script["Cache-Control"]


@pytest.mark.usefixtures("sources")
def test_without_a_bundle_there_is_no_service_worker(client):
    assert bundles.worker_address() == ""
    assert client.get("/service-worker.js").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("en", "No connection"), ("zh-hans", "没有连接")])
def test_the_page_without_a_network_is_about_nobody(client, alice, language, word):
    client.force_login(alice)
    page = client.get(f"/offline/{language}/")
    assert f'<html lang="{language}">' in page.content.decode()
    assert word in page.content.decode()
    assert alice.username not in page.content.decode()
    assert client.get("/offline/fr/").status_code == 404
    client.logout()
    assert client.get(f"/offline/{language}/")["Content-Language"] == language


def test_the_page_without_a_network_does_not_say_that_a_lost_answer_was_submitted(client):
    for language, sentence in (("en", "it is not submitted yet"), ("zh-hans", "还没有提交")):
        page = client.get(f"/offline/{language}/")
        assert sentence in page.content.decode()
