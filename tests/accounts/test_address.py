"""Changing the email address takes the password, and the old address gets a notice."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from accounts.lookup import account_at
from accounts.mail import send_due
from accounts.models import Mail, User
from tests.mail_server import MailServer

NEW = "alice@home.example"
RIGHT = "pass-word-9"


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = False
    yield server
    server.stop()


def change(client, address, password=RIGHT):
    data = {"email": address, "password": password}
    return client.post(reverse("account_email"), data, follow=True).content.decode()


def address_of(user):
    user.refresh_from_db()
    return user.email


def confirm(client, text):
    link = re.search(r"http://localhost:8000(/accounts/confirm-email/\S+)", text)[1]
    assert "as the address of the account" in client.get(link).content.decode()
    return client.post(link, follow=True)


def test_a_new_address_counts_once_its_mail_was_read_and_the_old_one_is_told(
    client, alice, mail_server
):
    client.force_login(alice)
    assert f"an email with a link to {NEW}" in change(client, NEW)
    assert address_of(alice) == "alice@example.org"
    assert account_at(NEW) is None
    send_due()
    [(recipients, text)] = mail_server.messages
    assert recipients == [NEW]
    confirm(client, text)
    assert address_of(alice) == NEW
    assert account_at("alice@example.org") is None
    send_due()
    recipients, text = mail_server.messages[1]
    assert recipients == ["alice@example.org"]
    assert f"now has the email address {NEW}" in text


@pytest.mark.parametrize("password", ["", "a-guess"])
def test_without_the_password_nothing_changes(client, alice, mail_server, password):
    client.force_login(alice)
    assert "errorlist" in change(client, NEW, password)
    assert not Mail.objects.exists()
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_only_its_own_page_changes_the_address(client, alice, mail_server):
    client.force_login(alice)
    client.post(reverse("profile"), {"email": NEW, "language": "en", "time_zone": "UTC"})
    EmailAddress.objects.create(user=alice, email=NEW)
    for act in ("action_add", "action_primary", "action_remove", "action_send"):
        client.post(reverse("account_email"), {"email": NEW, act: ""})
    assert address_of(alice) == "alice@example.org"
    assert not Mail.objects.exists()


def test_guesses_at_the_password_in_an_open_browser_are_stopped(client, alice, settings):
    client.force_login(alice)
    pages = [change(client, NEW, f"guess-{n}") for n in range(settings.SIGN_IN_TRIES + 1)]
    assert "This is not your password" in pages[0]
    assert "Too many wrong passwords" in pages[-1]
    data = {"oldpassword": RIGHT, "password1": "river-of-nine", "password2": "river-of-nine"}
    page = client.post(reverse("account_change_password"), data).content.decode()
    assert "Too many wrong passwords" in page


def test_a_taken_address_looks_like_a_free_one(client, alice, bob, mail_server):
    client.force_login(alice)
    pages = [change(client, address) for address in ("free@example.org", bob.email)]
    varying = r"free@example.org|bob@example.org|csrfmiddlewaretoken\" value=\"\w+"
    assert re.sub(varying, "…", pages[0]) == re.sub(varying, "…", pages[1])
    assert account_at(bob.email) == bob


def test_a_stranger_is_written_to_once_in_an_hour(client, alice, bob, mail_server):
    for person in (alice, bob):
        client.force_login(person)
        for _ in range(3):
            change(client, "stranger@example.net")
            send_due()
            change(client, f"{person.username}@elsewhere.example")
            send_due()
    to_stranger = [to for to, _ in mail_server.messages if to == ["stranger@example.net"]]
    assert len(to_stranger) == 1


def test_asking_again_within_the_hour_leaves_the_link_good(client, alice, mail_server):
    client.force_login(alice)
    change(client, NEW)
    send_due()
    change(client, NEW)
    confirm(client, mail_server.messages[0][1])
    assert address_of(alice) == NEW


def test_an_address_that_another_has_confirmed_stays_theirs(client, alice, bob, mail_server):
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    client.force_login(alice)
    change(client, bob.email)
    send_due()
    link = re.search(r"(/accounts/confirm-email/\S+)", mail_server.messages[0][1])[1]
    client.post(link)
    assert account_at(bob.email) == bob
    assert address_of(alice) == "alice@example.org"


def test_without_a_mail_server_it_changes_at_once(client, alice):
    client.force_login(alice)
    assert "Your address was changed" in change(client, NEW)
    assert address_of(alice) == NEW


def test_an_unconfirmed_address_is_called_so_and_can_be_confirmed(client, alice, mail_server):
    client.force_login(alice)
    own_page = client.get(reverse("account_email")).content.decode()
    assert "Your address is" not in own_page
    assert "is not confirmed yet" in own_page
    assert "not confirmed" in client.get(reverse("profile")).content.decode()
    change(client, alice.email)
    send_due()
    confirm(client, mail_server.messages[0][1])
    own_page = client.get(reverse("account_email")).content.decode()
    assert "Your address is <strong>alice@example.org</strong>" in own_page
    assert "not confirmed" not in own_page + client.get(reverse("profile")).content.decode()
    assert "This is your address already" in change(client, alice.email)


def test_a_new_address_that_waits_for_its_link_is_shown(client, alice, mail_server):
    client.force_login(alice)
    page = change(client, NEW)
    assert f"<strong>{NEW}</strong> is not confirmed yet. Open the link" in page


def test_without_a_mail_server_an_address_is_not_called_theirs(client, alice, bob):
    client.force_login(alice)
    page = change(client, bob.email)
    assert "Your address is" not in page
    assert "cannot send email here, so you cannot confirm" in page
    assert "Anybody who can read its mail" not in page


def test_teachers_see_which_addresses_are_confirmed(client, alice, carol, section):
    client.force_login(carol)
    enrollment = section.enrollments.get(user=alice)
    pages = [reverse("people", args=[section.code]), enrollment.get_absolute_url()]
    for page in pages:
        assert "not confirmed" in client.get(page).content.decode()
    for user in User.objects.all():
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for page in pages:
        shown = client.get(page).content.decode()
        assert "alice@example.org" in shown
        assert "not confirmed" not in shown


def test_an_address_can_be_removed(client, alice, mail_server):
    client.force_login(alice)
    assert "Your address was changed" in change(client, "")
    assert address_of(alice) == ""
    send_due()
    [(recipients, text)] = mail_server.messages
    assert recipients == ["alice@example.org"]
    assert "no longer has an email address" in text


def test_a_change_by_the_administration_is_mailed_to_the_old_address(
    client, admin, alice, mail_server
):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    client.force_login(admin)
    page = reverse("admin:accounts_user_change", args=[alice.pk])
    form = client.get(page).context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in data.items() if value and name != "password"}
    assert client.post(page, sent | {"email": NEW}).status_code == 302
    assert address_of(alice) == NEW
    assert account_at("alice@example.org") is None
    send_due()
    assert [recipients for recipients, _ in mail_server.messages] == [["alice@example.org"]]


def test_sign_up_says_nothing_of_whose_an_address_is(client, alice):
    data = {"username": "mallory", "last_name": "Mallory", "email": alice.email}
    data |= dict.fromkeys(("password1", "password2"), "river-of-nine")
    assert client.post(reverse("account_signup"), data).status_code == 302
    assert User.objects.filter(username="mallory").exists()
    assert account_at(alice.email) == alice


def test_an_old_hash_that_is_replaced_signs_nobody_out(client, alice, settings):
    older = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = ["accounts.passwords.BoundedArgon2", older]
    User.objects.update(password=make_password(RIGHT, hasher="pbkdf2_sha256"))
    alice.refresh_from_db()
    client.force_login(alice)
    change(client, NEW)
    alice.refresh_from_db()
    assert alice.password.startswith("argon2$")
    assert client.get(reverse("home")).status_code == 200


def test_a_user_name_that_is_anothers_address_catches_no_sign_in(client, alice):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    User.objects.create_user(alice.email, "", "mallorys-own")
    response = client.post(reverse("account_login"), {"login": alice.email, "password": RIGHT})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(alice.pk)
