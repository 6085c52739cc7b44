"""Export and erasure by an administrator, and by nobody else."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from accounts.models import HandedOutPassword, User
from tests.privacy.test_exporting import opened
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, SectionEvent
from tutor.privacy.admin import MAX_AT_ONCE
from tutor.privacy.models import Erasure

PEOPLE = "admin:accounts_user_changelist"


CONFIRMED = {"confirmed": "Erase", "password": "pass-word-9"}


def act(client, action, *people, **fields):
    chosen = {"action": action, "_selected_action": [person.pk for person in people]}
    return client.post(reverse(PEOPLE), chosen | fields, follow=True)


def test_an_administrator_exports_and_it_is_noted(client, admin, stored, bob):
    client.force_login(admin)
    assert "recorded in the history" in act(client, "export_data", stored).content.decode()
    assert not LogEntry.objects.filter(change_message="Personal data exported.").exists()
    files = opened(act(client, "export_data", stored, **CONFIRMED).content)
    assert "27182" in files["attempts.attempt.jsonl"]
    assert LogEntry.objects.latest("pk").change_message == "Personal data exported."
    assert "Select one person" in act(client, "export_data", stored, bob).content.decode()


def test_an_administrator_is_asked_and_then_erases(client, admin, stored, bob):
    client.force_login(admin)
    page = act(client, "erase_people", stored, bob).content.decode()
    for words in ("Wilhelmina Quixote", "Attempts</td><td>2", "Evening class", "cannot undo this"):
        assert words in page
    assert "Groups (members)</td>" in page
    assert "Users</td>" not in page
    assert "In the classes:" in page
    assert "Erase 2 people</button>" in page
    assert Attempt.objects.count() == 2
    page = act(client, "erase_people", stored, bob, **CONFIRMED).content.decode()
    assert "2 people are erased." in page
    assert not User.objects.filter(username__in=["alice", "bob"]).exists()
    assert list(Erasure.objects.values_list("by", flat=True))[:2] == [admin.pk] * 2


@pytest.mark.parametrize("action", ["export_data", "erase_people"])
@pytest.mark.parametrize("password", ["", "a-guess"])
def test_neither_is_done_without_the_password(client, admin, stored, action, password):
    client.force_login(admin)
    page = act(client, action, stored, **CONFIRMED | {"password": password})
    assert page.headers["Content-Type"].startswith("text/html")
    assert 'class="errorlist"' in page.content.decode()
    assert User.objects.filter(pk=stored.pk).exists()
    assert not LogEntry.objects.filter(change_message="Personal data exported.").exists()


def test_an_administrator_signs_somebody_out_everywhere(client, admin, alice, bob):
    browsers = {person: Client() for person in (alice, bob)}
    for person, browser in browsers.items():
        browser.force_login(person)
    client.force_login(admin)
    act(client, "end_sessions", alice)
    codes = [browser.get(reverse("home")).status_code for browser in browsers.values()]
    assert codes == [302, 200]
    assert LogEntry.objects.latest("pk").change_message == "Signed out everywhere."


def test_it_warns_where_all_teachers_of_a_section_are_chosen(client, admin, section, carol, dan):
    client.force_login(admin)
    Enrollment.objects.create(section=section, user=dan, role="teacher")
    warning = "Nobody else teaches these classes"
    assert warning not in act(client, "erase_people", carol).content.decode()
    page = act(client, "erase_people", carol, dan).content.decode()
    assert warning in page
    assert page.count(f"<li>{section}</li>") == 1


def test_so_many_are_erased_at_once_and_no_more(client, admin):
    client.force_login(admin)
    people = User.objects.bulk_create(User(username=f"p{n}") for n in range(MAX_AT_ONCE + 1))
    page = act(client, "erase_people", *people, **CONFIRMED).content.decode()
    assert "Select at most 100 people" in page
    assert User.objects.filter(username__startswith="p").count() == len(people)


def test_nobody_erases_themselves(client, admin):
    client.force_login(admin)
    page = act(client, "erase_people", admin, **CONFIRMED).content.decode()
    assert "Ask another administrator" in page
    assert User.objects.filter(pk=admin.pk).exists()


def test_there_is_no_deleting_beside_it(client, admin, alice):
    client.force_login(admin)
    delete = reverse("admin:accounts_user_delete", args=[alice.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    act(client, "delete_selected", alice, post="yes")
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize("name", ["bob", "carol", "staff"])
@pytest.mark.parametrize("action", ["export_data", "erase_people"])
def test_only_administrators_export_and_erase(client, stored, request, name, action):
    if name == "staff":  # with all rights but those of an administrator
        person = User.objects.create_user("staff", is_staff=True)
        person.user_permissions.set(_all_permissions())
    else:
        person = request.getfixturevalue(name)
    client.force_login(person)
    response = act(client, action, stored, **CONFIRMED)
    assert "zip" not in response.headers["Content-Type"]
    assert b"27182" not in response.content
    assert User.objects.filter(pk=stored.pk).exists()


def _all_permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.all()


def test_an_administrator_makes_a_one_time_password(client, admin, alice, section):
    client.force_login(admin)
    page = client.get(reverse("admin:accounts_user_change", args=[alice.pk])).content.decode()
    address = reverse("admin:accounts_user_one_time_password", args=[alice.pk])
    assert address in page
    for wrong in ({}, CONFIRMED | {"password": "a-guess"}):
        client.post(address, wrong)
        assert alice.handed_out_passwords.count() == 0
    page = client.post(address, CONFIRMED).content.decode()
    password = re.search(r"<code[^>]*>(\w{4}-\w{4}-\w{4})</code>", page)[1]
    browser = Client()
    signed_in = browser.post("/accounts/login/", {"login": "alice", "password": password})
    assert signed_in.status_code == 302
    assert "Welcome" in browser.get(reverse("own-password")).content.decode()
    assert alice.handed_out_passwords.get().given_by == admin
    assert section.events.get(about=alice).act == SectionEvent.Act.PASSWORD
    assert LogEntry.objects.latest("pk").change_message == "One-time password given."


@pytest.mark.parametrize("name", ["carol", "admin"])
def test_only_other_administrators_make_them_here(client, request, admin, name):
    client.force_login(request.getfixturevalue(name))
    address = reverse("admin:accounts_user_one_time_password", args=[admin.pk])
    assert client.post(address, CONFIRMED).status_code in {302, 404}
    assert not HandedOutPassword.objects.exists()


def test_a_person_is_erased_from_their_own_page(client, admin, stored, carol):
    client.force_login(admin)
    address = reverse("admin:accounts_user_erase", args=[stored.pk])
    assert (
        address
        in client.get(reverse("admin:accounts_user_change", args=[stored.pk])).content.decode()
    )
    assert "cannot undo this" in client.get(address).content.decode()
    assert User.objects.filter(pk=stored.pk).exists()
    answer = client.post(address, CONFIRMED)
    assert answer.url == reverse("admin:accounts_user_changelist")
    assert not User.objects.filter(pk=stored.pk).exists()
    client.force_login(carol)
    assert client.get(reverse("admin:accounts_user_erase", args=[admin.pk])).status_code != 200
