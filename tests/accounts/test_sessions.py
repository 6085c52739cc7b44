"""A session ends when it is unused, too old, or ended by its owner."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.sessions import MAX_PER_PERSON
from tests.sockets import connected

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)


def signed_in(username="alice", *, remember=False, **headers):
    client = Client(**headers)
    data = {"login": username, "password": "pass-word-9"} | ({"remember": "on"} if remember else {})
    assert client.post(reverse("account_login"), data).status_code == 302
    return client


def is_in(client, page="home", **headers):
    return client.get(reverse(page), **headers).status_code == 200


def later(client, **by):
    """Moves all times of the session back."""
    moved = timedelta(**by)
    row = Session.objects.get(pk=client.session.session_key)
    data = row.get_decoded()
    if "begun_at" in data:
        data["begun_at"] -= moved.total_seconds()
    row.session_data = Session.objects.encode(data)
    row.expire_date -= moved
    row.save()


def sessions_page(client):
    return client.get(reverse("sessions"))


def test_an_unused_session_ends(alice):
    browser = signed_in()
    assert is_in(browser)
    later(browser, minutes=119)
    assert is_in(browser)
    later(browser, minutes=119)
    assert is_in(browser)  # the use before has been noted
    later(browser, minutes=121)
    assert not is_in(browser)


def test_requests_that_a_page_makes_by_itself_do_not_extend_the_session(alice):
    browser = signed_in()
    assert is_in(browser)
    for _ in range(2):
        later(browser, minutes=61)
        still = is_in(browser, headers={"HX-Request": "true"})
    assert not still


def test_a_remembered_session_lasts_for_days(alice):
    browser = signed_in(remember=True)
    assert is_in(browser)
    later(browser, days=20)
    assert is_in(browser)
    later(browser, days=20)  # used since, and yet too old
    assert not is_in(browser)


def test_without_it_the_cookie_ends_with_the_browser(alice):
    cookie = signed_in().cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert signed_in(remember=True).cookies["sessionid"]["max-age"] == 30 * 24 * 60 * 60


def test_people_see_their_own_sessions(alice, bob):
    here = signed_in(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="192.0.2.1")
    signed_in(HTTP_USER_AGENT=IPAD, REMOTE_ADDR="198.51.100.7")
    signed_in("bob", REMOTE_ADDR="203.0.113.9")
    page = sessions_page(here)
    this, other = page.context["sign_ins"]
    assert (this.browser, this.system, this.is_current) == ("Firefox", "Linux", True)
    assert (other.browser, other.system, other.address) == ("Safari", "iPad", "198.51.100.7")
    assert "203.0.113.9" not in page.content.decode()


def test_ending_a_session_leaves_the_others(alice):
    here, elsewhere, third = signed_in(), signed_in(), signed_in()
    elsewhere_pk = next(
        sign_in.pk for sign_in in sessions_page(elsewhere).context["sign_ins"] if sign_in.is_current
    )
    here.post(reverse("session-end", args=[elsewhere_pk]), {"password": "pass-word-9"})
    assert [is_in(client) for client in (here, elsewhere, third)] == [True, False, True]


def test_the_password_is_asked_for_after_the_choice(alice):
    here, elsewhere, third = signed_in(), signed_in(), signed_in()
    elsewhere_pk = next(
        sign_in.pk for sign_in in sessions_page(elsewhere).context["sign_ins"] if sign_in.is_current
    )
    listed = sessions_page(here).content.decode()
    address = reverse("session-end", args=[elsewhere_pk])
    assert f'href="{address}"' in listed
    assert 'type="password"' not in listed
    page = here.get(address).content.decode()
    assert page.count('type="password"') == 1
    assert page.count(">Sign out</button>") == 2  # the one in the head of the page, too
    assert all(is_in(client) for client in (here, elsewhere, third))


def test_ending_the_current_or_an_ended_session_says_that_it_is_over(alice):
    here = signed_in()
    [this] = sessions_page(here).context["sign_ins"]
    for pk in (this.pk, 10**30):
        answer = here.get(reverse("session-end", args=[pk]), follow=True)
        assert "You are already signed out there." in answer.content.decode()
    assert is_in(here)


def test_all_others_are_ended(alice, bob):
    here, elsewhere, bobs = signed_in(), signed_in(), signed_in("bob")
    here.post(reverse("sessions-end"), {"password": "pass-word-9"})
    assert [is_in(client) for client in (here, elsewhere, bobs)] == [True, False, True]


def test_without_the_password_none_is_ended(alice):
    here, elsewhere = signed_in(), signed_in()
    page = here.post(reverse("sessions-end"), {"password": "a-guess"})
    assert "This is not your password" in page.content.decode()
    assert is_in(elsewhere)


def test_nobody_ends_other_peoples_sessions(alice, bob):
    alices, bobs = signed_in(), signed_in("bob")
    [sign_in] = sessions_page(bobs).context["sign_ins"]
    alices.post(reverse("session-end", args=[sign_in.pk]), {"password": "pass-word-9"})
    assert is_in(bobs)


def test_nobody_has_more_than_so_many(alice):
    first = signed_in()
    browsers = [signed_in() for _ in range(MAX_PER_PERSON)]
    assert not is_in(first)
    assert all(is_in(client) for client in browsers)


def test_a_session_older_than_the_list_is_listed(alice):
    before = Client()
    before.force_login(alice)
    later(before, minutes=6)
    assert is_in(before)
    here = signed_in()
    assert len(sessions_page(here).context["sign_ins"]) == 2


def test_a_new_password_ends_all_others_and_lists_this_one(alice):
    here, elsewhere = signed_in(), signed_in()
    data = {"oldpassword": "pass-word-9"}
    data |= dict.fromkeys(("password1", "password2"), "river-of-nine")
    here.post(reverse("account_change_password"), data)
    assert [is_in(client) for client in (here, elsewhere)] == [True, False]
    [sign_in] = sessions_page(here).context["sign_ins"]
    assert sign_in.is_current


def test_use_is_written_down_every_five_minutes(alice):
    browser = signed_in()
    assert is_in(browser, "profile")
    before = Session.objects.get().expire_date
    with CaptureQueriesContext(connection) as queries:
        assert is_in(browser, "profile")
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert Session.objects.get().expire_date == before
    later(browser, minutes=6)
    assert is_in(browser, "profile")
    assert Session.objects.get().expire_date > before - timedelta(minutes=5)


@pytest.mark.django_db(transaction=True)
async def test_a_socket_of_an_ended_session_closes(alice):
    async with connected(alice) as socket:

        def end_all_but_a_new_one():
            row = Session.objects.get()
            UserSession.objects.create(user=alice, ip="192.0.2.1", session_key=row.session_key)
            signed_in().post(reverse("sessions-end"), {"password": "pass-word-9"})

        await sync_to_async(end_all_but_a_new_one)()
        assert (await socket.receive_output(timeout=10))["type"] == "websocket.close"


def test_signed_out_for_good_is_signed_out_everywhere(alice):
    browser = signed_in(remember=True)
    User.objects.update(is_active=False)
    assert not is_in(browser)
    assert Session.objects.filter(expire_date__gt=timezone.now()).exists()


def test_a_page_of_an_older_session_gets_a_token_that_is_taken(alice):
    client = Client(enforce_csrf_checks=True)
    assert client.get(reverse("session")).json()["user"] == ""
    client.force_login(alice)
    answer = client.get(reverse("session"))
    assert answer.json()["user"] == str(alice.pk)
    assert "no-store" in answer["Cache-Control"]
    token = {"csrfmiddlewaretoken": answer.json()["token"]}
    assert client.post(reverse("account_logout"), token).status_code == 302


def test_signing_in_asks_no_more_of_who_has_many_sessions(alice):
    counts = []
    for _ in range(4):
        with CaptureQueriesContext(connection) as queries:
            browser = signed_in()
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert UserSession.objects.filter(user=alice).count() == 4
    Session.objects.exclude(pk=browser.session.session_key).update(expire_date=timezone.now())
    signed_in()
    assert UserSession.objects.filter(user=alice).count() == 2
