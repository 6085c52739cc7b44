import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.mail import send_due
from accounts.models import User

PASSWORD = "a-long-pass-word-7"


def test_a_student_signs_up_out_and_in_again(client, db):
    response = client.post(
        reverse("account_signup"),
        {"username": "eve", "first_name": "Eve", "password1": PASSWORD},
        follow=True,
    )
    assert response.redirect_chain[-1][0] == reverse("home")
    assert User.objects.get(username="eve").language == "en"
    client.post(reverse("account_logout"))
    assert client.get(reverse("home")).status_code == 302
    client.post(reverse("account_login"), {"login": "eve", "password": PASSWORD})
    assert client.get(reverse("home")).status_code == 200


def test_who_signs_in_reads_what_lemma_is(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert "Lemma gives you mathematics problems, says at once whether your answer is right" in page
    assert "For example, you solve 2x + 3 = 11 line by line" in page


def test_a_class_behind_one_address_signs_up_and_asks_for_passwords(client, db, settings):
    settings.EMAIL_HOST = "mail.example"
    client.defaults["REMOTE_ADDR"] = "192.0.2.1"
    for n in range(25):
        asked = client.post(reverse("account_reset_password"), {"email": f"p{n}@example.org"})
        assert asked.status_code == 302
        data = {"username": f"pupil{n}", "first_name": "Eve", "password1": PASSWORD}
        assert client.post(reverse("account_signup"), data).status_code == 302
        client.logout()
    assert User.objects.count() == 25


def test_sign_up_asks_for_the_name_by_which_a_teacher_knows_one(client, db):
    data = {"username": "eve", "password1": PASSWORD}
    page = client.post(reverse("account_signup"), data)
    text = page.content.decode()
    assert "The name is missing." in text[text.index("errors summary") :]
    assert not User.objects.exists()
    client.post(reverse("account_signup"), data | {"first_name": "\u202eEve ", "last_name": "Li"})
    assert User.objects.get().get_full_name() == "Eve Li"


def test_a_new_person_has_the_time_zone_of_the_browser_or_the_school(client, db, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    data = {"first_name": "Eve", "password1": PASSWORD}
    for username, zone in [("eve", "Asia/Shanghai"), ("mallory", "Moon/Crater")]:
        client.post(reverse("account_signup"), data | {"username": username, "time_zone": zone})
        client.logout()
    zones = dict(User.objects.values_list("username", "time_zone"))
    assert zones == {"eve": "Asia/Shanghai", "mallory": "Europe/Berlin"}


def test_an_account_from_a_list_gets_the_time_zone_of_the_browser(client, alice):
    User.objects.update(has_one_time_password=True)
    client.force_login(alice)
    own = dict.fromkeys(("new_password1", "new_password2"), PASSWORD)
    assert "New password, again" in client.get(reverse("own-password")).content.decode()
    client.post(reverse("own-password"), own | {"time_zone": "Asia/Shanghai"})
    alice.refresh_from_db()
    assert alice.time_zone == "Asia/Shanghai"


def test_who_follows_a_link_to_a_class_reads_why_to_sign_in(client, db):
    page = client.get(reverse("join-link", args=["KFM4TQ"]), follow=True).content.decode()
    assert "To join your class, sign in." in page
    assert "/join/" not in client.get(reverse("account_login")).content.decode()


def test_no_page_of_an_account_is_a_dead_end(client, db):
    gone = [("account_reset_password_from_key", ["1", "abc"]), ("account_confirm_email", ["xyz"])]
    ends = ["account_reset_password", "account_reset_password_done", "account_inactive"]
    for name, arguments in [*gone, *((end, []) for end in ends)]:
        page = client.get(reverse(name, args=arguments), follow=True).content.decode()
        assert 'class="btn' in page.partition("<main")[2], name


def test_a_browser_keeps_no_page_of_who_was_signed_in(client, alice):
    client.force_login(alice)
    cache_control = client.get(reverse("home")).headers["Cache-Control"]
    assert {"private", "no-store"} <= set(cache_control.split(", "))


def test_the_language_of_the_sign_up_page_is_kept(client, db):
    data = {"username": "eve", "first_name": "Eve", "password1": PASSWORD}
    client.post(reverse("account_signup"), data, headers={"Accept-Language": "zh-CN"})
    assert User.objects.get().language == "zh-hans"


def test_the_school_can_close_sign_up(client, db, settings):
    settings.SIGNUP_OPEN = False
    data = {"username": "eve", "first_name": "Eve", "password1": PASSWORD}
    response = client.post(reverse("account_signup"), data)
    assert response.status_code == 200
    assert not User.objects.exists()


def test_the_profile_keeps_language_and_time_zone(client, alice):
    client.force_login(alice)
    data = {"email": "eve@example.org", "language": "zh-hans", "time_zone": "Asia/Shanghai"}
    client.post(reverse("profile"), data)
    alice.refresh_from_db()
    assert (alice.language, alice.time_zone) == ("zh-hans", "Asia/Shanghai")
    assert alice.email == "alice@example.org"  # which has a page of its own
    response = client.get(reverse("home"))
    assert response.headers["Content-Language"] == "zh-hans"
    assert 'lang="zh-hans"' in response.content.decode().lower()


@pytest.mark.parametrize(
    ("field", "value"), [("language", "xx"), ("time_zone", "Moon/Sea"), ("time_zone", "\x00")]
)
def test_the_profile_refuses_unknown_languages_and_time_zones(client, alice, field, value):
    client.force_login(alice)
    data = {"language": "en", "time_zone": "UTC"} | {field: value}
    response = client.post(reverse("profile"), data)
    assert response.status_code == 200
    assert response.context["form"].errors[field]


@pytest.mark.parametrize("name", ["home", "profile"])
def test_pages_ask_to_sign_in(client, db, name):
    response = client.get(reverse(name))
    assert response.url == f"{reverse('account_login')}?next={reverse(name)}"


def test_pages_carry_a_policy_without_inline_scripts(client, alice):
    client.force_login(alice)
    policy = client.get(reverse("home")).headers["Content-Security-Policy"]
    [scripts] = re.findall(r"script-src ([^;]*)", policy)
    assert "unsafe" not in scripts
    assert "frame-ancestors 'none'" in policy


def test_a_password_that_was_set_by_mail_is_ones_own(client, alice, settings):
    settings.EMAIL_HOST = "mail.example"  # what is sent goes to mail.outbox
    alice.has_one_time_password = True
    alice.save(update_fields=["has_one_time_password"])
    client.post(reverse("account_reset_password"), {"email": alice.email})
    send_due()
    [link] = re.findall(r"http://localhost:8000(\S+/reset/key/\S+)", mail.outbox[0].body)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "river-of-nine", "password2": "river-of-nine"})
    alice.refresh_from_db()
    assert alice.check_password("river-of-nine")
    assert not alice.has_one_time_password


@pytest.mark.parametrize("password", ["Lemma2026!", "lemma-lemma", "gymnasium-123", "12.Schule"])
def test_passwords_that_name_lemma_or_the_school_are_refused(settings, password):
    settings.ORIGINS = ["https://lemma.gymnasium-neustadt.de"]
    with pytest.raises(ValidationError, match="too easy to guess"):
        validate_password(password)
    validate_password("a lemma about prime twins")


def test_a_password_is_of_any_composition_but_no_common_one():
    for password in ("740193862051", "nothing but small letters", "质数有无穷多个，谁都知道"):
        validate_password(password)
    for common in ("12345678", "87654321", "Password1"):
        with pytest.raises(ValidationError, match="too common"):
            validate_password(common)
    with pytest.raises(ValidationError, match="too short"):
        validate_password("7401938")


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_waits_for_the_disk_twice(client, alice):
    """One commit for the sign-in, and one for the session with its messages."""
    data = {"login": "alice", "password": "pass-word-9"}
    with CaptureQueriesContext(connection) as queries:
        assert client.post(reverse("account_login"), data).status_code == 302
    assert len([query for query in queries if query["sql"].startswith("BEGIN")]) <= 2


def test_signing_in_looks_the_account_up_once(client, alice):
    data = {"login": "alice", "password": "pass-word-9"}
    with CaptureQueriesContext(connection) as queries:
        client.post(reverse("account_login"), data)
    lookups = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len([sql for sql in lookups if 'FROM "accounts_user"' in sql and "alice" in sql]) == 1


def test_the_language_is_chosen_before_signing_in(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert '<button type="submit" class="link" name="language" value="zh-hans"' in page
    assert "简体中文" in page
    chosen = {"language": "zh-hans", "next": reverse("account_login")}
    page = client.post(reverse("set_language"), chosen, follow=True).content.decode()
    assert '<html lang="zh-hans">' in page
    assert "显示密码" in page


def test_the_language_chosen_before_signing_in_becomes_the_persons(client, alice):
    alice.set_password(PASSWORD)
    alice.save()
    chosen = {"language": "zh-hans", "next": reverse("account_login")}
    client.post(reverse("set_language"), chosen)
    client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    alice.refresh_from_db()
    assert alice.language == "zh-hans"
    assert '<html lang="zh-hans">' in client.get(reverse("home")).content.decode()
    client.post(reverse("account_logout"))
    User.objects.update(language="en")  # the choice is used up
    client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    assert User.objects.get(pk=alice.pk).language == "en"


def test_what_a_person_chose_while_signed_in_is_not_the_next_ones(client, alice, bob):
    bob.set_password(PASSWORD)
    bob.save()
    client.force_login(alice)
    client.post(reverse("set_language"), {"language": "zh-hans", "next": "/"})
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD})
    assert User.objects.get(pk=bob.pk).language == "en"


@pytest.mark.parametrize("language", ["xx", "", "../zh"])
def test_an_unknown_language_is_not_chosen(client, alice, language):
    alice.set_password(PASSWORD)
    alice.save()
    client.cookies["chosen-language"] = language
    client.post(reverse("set_language"), {"language": language, "next": "/"})
    client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    alice.refresh_from_db()
    assert alice.language == "en"


def test_pages_that_stop_a_person_lead_on(client, alice, settings):
    settings.SIGNUP_OPEN = False
    for name in ("account_signup", "account_inactive"):
        page = client.get(reverse(name)).content.decode()
        assert f'<a class="btn btn-primary" href="{reverse("account_login")}">' in page
    client.force_login(alice)
    assert "Stay signed in" in client.get(reverse("account_logout")).content.decode()
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/10m/ip"}
    settings.SIGNUP_OPEN = True
    client.logout()
    for _ in range(2):
        page = client.post(reverse("account_signup"), {"username": "x"})
    assert page.status_code == 429
    assert "Wait ten minutes" in page.content.decode()
