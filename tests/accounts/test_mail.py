"""Pages ask for mail and a worker sends it; links are only in the mail."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.mail import AT_ONCE, TURN_S, message_of, send_due
from accounts.models import Mail, User
from accounts.tasks import send_mail
from tests.mail_server import MailServer
from tutor.limits import run_alone
from tutor.redis_client import connect

PASSWORD = "a-long-pass-word-7"


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    yield server
    server.stop()


def ask(client, address):
    return client.post(reverse("account_reset_password"), {"email": address}, follow=True)


def link_in(text):
    return re.search(r"http\S+/accounts/password/reset/key/\S+", text)[0]


def test_a_forgotten_password_is_reset_by_mail(client, alice, mail_server, run_tasks, settings):
    settings.ORIGINS = ["https://lemma.school.org"]
    with run_tasks():
        ask(client, "Alice@Example.org")
    [(recipients, text)] = mail_server.messages
    assert recipients == ["alice@example.org"]
    assert "for the account alice" in text
    link = link_in(text)
    assert link.startswith("https://lemma.school.org/")
    page = client.get(link.removeprefix("https://lemma.school.org"), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    again = client.get(link.removeprefix("https://lemma.school.org"))
    assert again.context["token_fail"]


def test_the_answer_is_the_same_for_an_unknown_address(client, alice, mail_server):
    pages, work = [], []
    for address in (alice.email, "stranger@example.org"):
        with CaptureQueriesContext(connection) as queries:
            page = ask(client, address)
        pages.append(page.content)
        work.append([re.sub(r"'[^']*'|\d+", "…", query["sql"]) for query in queries])
    assert pages[0] == pages[1]
    assert work[0] == work[1]
    assert not any("accounts_user" in query for query in work[0])
    send_due()
    assert [recipients for recipients, _text in mail_server.messages] == [[alice.email]]


def test_a_server_that_is_down_changes_no_answer_and_gets_it_later(client, alice, mail_server):
    up = ask(client, "bob@example.org").content
    mail_server.stop()
    assert ask(client, alice.email).content == up
    send_due()
    assert mail_server.messages == []
    assert not Mail.objects.due().exists()  # for a minute
    mail_server.start()
    Mail.objects.update(next_try_at=timezone.now())
    send_due()
    assert [recipients for recipients, _text in mail_server.messages] == [[alice.email]]


def test_a_mail_is_dropped_after_a_day_of_failures(client, alice, mail_server):
    ask(client, alice.email)
    Mail.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    send_due()
    assert mail_server.messages == []
    assert not Mail.objects.exists()


def test_an_address_that_is_refused_keeps_no_other_waiting(client, alice, bob, mail_server):
    mail_server.refused = {alice.email: "550 no such mailbox", bob.email: "451 later"}
    User.objects.create_user("eve", "eve@example.org")
    for address in (alice.email, bob.email, "eve@example.org"):
        ask(client, address)
    send_due()
    assert [recipients for recipients, _text in mail_server.messages] == [["eve@example.org"]]
    assert [mail.address for mail in Mail.objects.filter(sent_at=None)] == [bob.email]


def test_a_mail_that_cannot_be_written_keeps_no_other_waiting(alice, bob, mail_server, caplog):
    Mail.objects.ask(Mail.Kind.MESSAGE, alice.email, alice, about="no number of a receipt")
    Mail.objects.ask(Mail.Kind.NEW_PASSWORD, bob.email, bob)
    send_due()
    assert [recipients for recipients, _text in mail_server.messages] == [[bob.email]]
    [waiting] = Mail.objects.filter(sent_at=None)
    assert waiting.kind == Mail.Kind.MESSAGE
    assert waiting.next_try_at > timezone.now()
    assert "mail cannot be written" in caplog.text


def test_a_mail_that_smtp_cannot_carry_keeps_no_other_waiting(alice, bob, mail_server):
    Mail.objects.ask(Mail.Kind.NEW_PASSWORD, "no address, and another", alice)
    Mail.objects.ask(Mail.Kind.NEW_PASSWORD, bob.email, bob)
    send_due()
    assert [recipients for recipients, _text in mail_server.messages] == [[bob.email]]
    assert not Mail.objects.due().exists()


def test_a_mail_at_which_the_server_hangs_up_is_tried_after_the_others(alice, bob, mail_server):
    mail_server.hangs_up_at = alice.email
    for user in (alice, bob):
        Mail.objects.ask(Mail.Kind.NEW_PASSWORD, user.email, user)
    send_due()
    assert mail_server.messages == []
    first, second = Mail.objects.order_by("next_try_at")
    assert (first.address, second.address) == (bob.email, alice.email)
    assert second.next_try_at - first.next_try_at > timedelta(seconds=30)


def test_one_worker_sends_a_few_mails_and_leaves_the_rest_to_the_next_turn(alice, mail_server):
    for n in range(AT_ONCE + 1):
        Mail.objects.ask(Mail.Kind.NEW_PASSWORD, f"alice{n}@example.org", alice)
    with run_alone("mail", max_s=60):
        send_due()
    assert mail_server.messages == []
    assert send_due()
    assert len(mail_server.messages) == AT_ONCE
    assert not send_due()
    assert len(mail_server.messages) == AT_ONCE + 1


def test_a_worker_whose_turn_is_over_sends_no_more():
    """So a second worker, whose turn begins then, cannot send the same mail."""
    assert send_mail.time_limit == TURN_S


@pytest.mark.parametrize("address", ["alice@example.org", "stranger@example.org"])
def test_an_address_gets_one_mail_an_hour(client, alice, mail_server, address):
    User.objects.create_user("stranger", "stranger@example.org")
    for _ in range(4):
        ask(client, address)
        send_due()
    assert len(mail_server.messages) == 1
    Mail.objects.update(sent_at=timezone.now() - timedelta(minutes=61))
    ask(client, address)
    send_due()
    assert len(mail_server.messages) == 2


def test_the_link_appears_in_no_log_and_no_row(client, alice, mail_server, caplog, run_tasks):
    with run_tasks():
        ask(client, alice.email)
    [(_recipients, text)] = mail_server.messages
    key = link_in(text).rstrip("/").rpartition("-")[2]
    assert len(key) > 20
    assert key not in caplog.text
    assert alice.email not in "".join(
        record.getMessage() for record in caplog.records if record.name != "mail.log"
    )
    assert key not in str(list(Mail.objects.values()))


def test_the_message_to_the_workers_says_nothing(
    client, alice, mail_server, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, alice.email)
    with connect() as redis:
        [message] = redis.lrange("grading", 0, -1)
    assert "accounts.tasks.send_mail" in message
    assert "alice" not in message


def test_without_a_mail_server_the_page_says_whom_to_ask(client, alice, settings, caplog, capfd):
    settings.CONTACT = "Ms Weber, room 12"
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "cannot send email" in page
    assert "Ms Weber, room 12" in page
    assert 'name="email"' not in page
    assert "cannot send email" in ask(client, alice.email).content.decode()
    assert not Mail.objects.exists()
    assert "/password/reset/key/" not in caplog.text + "".join(capfd.readouterr())


def test_without_a_mail_server_no_notice_is_stored(client, alice):
    client.force_login(alice)
    passwords = {"oldpassword": "pass-word-9", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_change_password"), passwords)
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert not Mail.objects.exists()


def test_without_a_mail_server_no_page_leads_in_a_circle(client, alice, carol, section, settings):
    assert "If you signed up yourself, or if you teach, ask the person" in read(
        client, reverse("account_reset_password")
    )
    assert "reset a forgotten password" not in read(client, reverse("account_signup"))
    client.force_login(carol)
    of_alice = section.enrollments.get(user=alice).get_absolute_url()
    assert "Only an administrator can make a new password" in read(client, of_alice)
    assert "The account was not made by a list of this class." in read(client, of_alice)
    assert "reset the password by email" not in read(client, of_alice)
    settings.EMAIL_HOST = "127.0.0.1"
    assert "reset the password by email" in read(client, of_alice)
    client.logout()
    assert "reset a forgotten password" in read(client, reverse("account_signup"))
    assert "If you signed up yourself" in read(client, reverse("account_reset_password"))


def read(client, address):
    return client.get(address).content.decode()


def test_a_shared_address_resets_the_account_that_confirmed_it_or_had_it_first(
    client, alice, mail_server
):
    User.objects.create_user("mallory", alice.email)
    ask(client, alice.email)
    send_due()
    [(_recipients, text)] = mail_server.messages
    assert "for the account alice" in text


def test_an_address_that_only_looks_the_same_gets_nothing(client, alice, mail_server):
    User.objects.filter(pk=alice.pk).update(email="mike@example.org")
    ask(client, "mıke@example.org")
    send_due()
    assert mail_server.messages == []


def test_somebody_who_was_signed_out_for_good_gets_nothing(client, alice, mail_server):
    User.objects.update(is_active=False)
    ask(client, alice.email)
    send_due()
    assert mail_server.messages == []


def test_a_changed_password_is_told_to_its_owner(client, alice, mail_server):
    client.force_login(alice)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "pass-word-9", "password1": PASSWORD, "password2": PASSWORD},
    )
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    send_due()
    [(recipients, text)] = mail_server.messages
    assert recipients == [alice.email]
    assert "The account alice has a new password" in text


def test_mail_is_written_in_the_language_of_its_reader(client, alice, mail_server):
    User.objects.update(language="zh-hans")
    ask(client, alice.email)
    send_due()
    [(_recipients, text)] = mail_server.messages
    assert "重新设置密码" in text


def test_the_subject_begins_with_the_name_of_the_school(alice, settings):
    mail = Mail(kind=Mail.Kind.NEW_PASSWORD, address=alice.email, user=alice)
    assert message_of(mail).subject == "Lemma: A new password for Lemma"
    settings.SCHOOL = "Hill\nSchool"
    assert message_of(mail).subject == "Hill School: A new password for Lemma"
