"""The page that is shown after an error."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection, transaction
from django.test import Client
from django.urls import path

from tutor import urls

ERRORS = {
    "away": OperationalError,
    "deadlock": OperationalError,  # what psycopg makes of it is one
    "closed": InterfaceError,
    "broken": ValueError,
    "refused": PermissionDenied,
}
handler500 = urls.handler500


def fail(request, kind):
    if kind == "unmigrated":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM a_table_of_a_later_version")
    raise ERRORS[kind]("what nobody outside may read")


urlpatterns = [*urls.urlpatterns, path("fail/<slug:kind>/", fail)]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("kind", ["away", "closed"])
def test_while_the_database_is_away_a_page_comes_back_by_itself(visitor, kind):
    page = visitor.get(f"/fail/{kind}/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "3")
    text = page.content.decode()
    assert '<meta http-equiv="refresh" content="3">' in text
    assert "tries again by itself" in text
    assert "Try again now</a>" in text
    assert "nobody outside" not in text
    assert "what you just did" not in text


@pytest.mark.parametrize("kind", ["away", "deadlock"])
@pytest.mark.parametrize("sent", [{}, {"response": "5"}], ids=["a button", "an answer"])
def test_what_was_sent_is_not_sent_again_by_itself(visitor, kind, sent):
    page = visitor.post(f"/fail/{kind}/", sent)
    assert page.status_code == 503
    text = page.content.decode()
    assert "refresh" not in text
    assert "Try again now" not in text
    assert "your last action may not have been saved" in text
    assert "an answer never counts twice" in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_claims_no_cause_that_it_does_not_know(visitor, method):
    text = getattr(visitor, method)("/fail/deadlock/").content.decode()
    assert "The database did not answer" in text
    assert "started again" not in text
    assert "has not arrived" not in text


@pytest.mark.parametrize("kind", ["broken", "unmigrated"])
def test_what_is_broken_stays_an_error(visitor, kind):
    page = visitor.get(f"/fail/{kind}/")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.content.decode()


def way_on(client, address):
    """The heading of a page that was refused, and its one main button."""
    text = client.get(address).content.decode()
    [heading] = re.findall(r"<h1>(.*?)</h1>", text)
    [button] = re.findall(r'<p class="actions"><a class="btn btn-primary" href="/">(.*?)</a>', text)
    return heading, button


def test_each_refused_page_has_one_look_and_one_way_on(visitor, client, carol, section):
    client.force_login(carol)
    assert way_on(client, "/fail/refused/") == ("You can’t open this page", "To your classes")
    assert way_on(client, "/nowhere/") == ("We did not find this page", "To your classes")
    assert way_on(visitor, "/nowhere/") == ("We did not find this page", "Sign in")


def test_a_refused_page_says_whom_to_ask(client, alice, carol, section):
    for user, person in ((alice, "ask your teacher"), (carol, "ask whoever runs Lemma")):
        client.force_login(user)
        assert person in client.get("/fail/refused/").content.decode()
