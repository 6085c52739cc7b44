"""Mails about messages at once, and one mail a day about work; only to who wants them."""

import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.mail import send_due
from accounts.models import Mail, User
from tests.factories import make_assignment
from tutor.assignments.models import Assignment
from tutor.attempts.messages import send_message, send_to_class
from tutor.attempts.models import MessageReceipt
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.notices.digests import DIGEST_HOUR, mail_digests
from tutor.notices.message_mails import MAX_AN_HOUR, mail_messages
from tutor.notices.models import DigestEntry, MailPreferences

TEXT = "The answer was 31415."


@pytest.fixture(autouse=True)
def _mail_server(settings):
    settings.EMAIL_HOST, settings.SCHOOL = "127.0.0.1", "Goethe School"
    settings.ORIGINS = ["https://lemma.school.org"]


@pytest.fixture
def alice(alice):
    return confirmed(alice)


def confirmed(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    return user


@pytest.fixture
def write(section, carol):
    def write():
        students = section.enrollments.students()
        return send_to_class(uuid4(), section, carol, TEXT, students, for_all=True)

    return write


def sent(*, at=None):
    """The mails that the sweeps have sent since the last call."""
    mail.outbox.clear()
    mail_messages()
    mail_digests(at)
    send_due()
    return list(mail.outbox)


def evening(days=0, zone="UTC"):
    today = timezone.localtime(timezone=ZoneInfo(zone)).replace(minute=0, second=0, microsecond=0)
    return today.replace(hour=DIGEST_HOUR) + timedelta(days=days)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock of everything that asks Django for the time."""

    def clock(instant):
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return clock


def wants(user, **kinds):
    off = dict.fromkeys(("message", "due", "assigned", "graded"), False)
    MailPreferences.objects.update_or_create(user=user, defaults=off | kinds)


def test_message_is_mailed_once_to_who_confirmed_an_address(write, alice, bob):
    write()
    [message] = sent()
    assert message.to == [alice.email]
    assert message.subject == "Goethe School: carol has written to you (Mathematics, 10a)"
    assert "https://lemma.school.org/notices/" in message.body
    assert "31415" not in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent() == []
    Mail.objects.all().delete()  # an hour later
    assert sent() == []


def test_no_mail_about_what_was_read_or_is_no_longer_theirs(write, section, alice):
    write()
    MessageReceipt.objects.update(read_at=timezone.now())
    assert sent() == []
    write()
    mail_messages()  # asks for it
    section.enrollments.filter(user=alice).update(role=Enrollment.Role.FORMER)
    assert sent() == []
    section.enrollments.filter(user=alice).update(role=Enrollment.Role.STUDENT)
    section.archive()
    write()
    assert sent() == []


def test_message_about_a_sealed_answer_is_mailed_after_the_end(section, alice, carol, item, clock):
    """Two days after it was written; to nobody who may not read it when the mail is written."""
    now = timezone.now()
    Assignment.objects.update(verdict_policy="after_end", due_at=now + timedelta(days=2))
    student = section.enrollments.get(user=alice)
    send_message(uuid4(), item.problem_set.assignments.get(), carol, TEXT, {student: item})
    assert sent() == []
    clock(now + timedelta(days=2, minutes=1))
    mail_messages()  # asks for it
    Assignment.objects.update(closes_at=now + timedelta(days=3))
    assert sent() == []
    MessageReceipt.objects.update(mailed_at=None)
    clock(now + timedelta(days=3, hours=1))
    [message] = sent()
    assert message.to == [alice.email]


def test_old_message_is_no_news_long_after_the_end(section, alice, carol, item, clock):
    now = timezone.now()
    Assignment.objects.update(verdict_policy="after_end", due_at=now + timedelta(days=2))
    student = section.enrollments.get(user=alice)
    send_message(uuid4(), item.problem_set.assignments.get(), carol, TEXT, {student: item})
    clock(now + timedelta(days=3, minutes=1))
    assert sent() == []


def test_address_that_was_changed_meanwhile_gets_nothing(write, alice):
    write()
    mail_messages()
    User.objects.filter(pk=alice.pk).update(email="new@example.org")
    assert sent() == []


def test_only_so_many_messages_are_mailed_in_an_hour_and_the_rest_later(write, alice):
    for _ in range(MAX_AN_HOUR + 1):
        write()
    assert len(sent()) == MAX_AN_HOUR
    assert sent() == []
    MessageReceipt.objects.filter(mailed_at__isnull=False).update(
        mailed_at=timezone.now() - timedelta(minutes=61)
    )
    assert len(sent()) == 1


def test_without_a_mail_server_nothing_is_asked_for(write, alice, settings):
    settings.EMAIL_HOST = ""
    write()
    assert sent(at=evening()) == []
    assert not Mail.objects.exists()
    assert MessageReceipt.objects.filter(mailed_at=None).count() == 2


def test_line_break_in_a_name_makes_no_header(write, alice, carol):
    User.objects.filter(pk=carol.pk).update(first_name="C\nBcc: eve@example.org")
    write()
    [message] = sent()
    assert "\n" not in message.subject
    assert not message.bcc


def test_mail_is_in_the_language_of_its_reader(write, alice):
    User.objects.filter(pk=alice.pk).update(language="zh-hans")
    write()
    [message] = sent()
    assert "老师给你发了一条消息" in message.body


def test_what_is_due_tomorrow_by_the_clock_of_the_class_is_mailed_once(
    section, problem, alice, clock
):
    section.time_zone = "Asia/Tokyo"  # nine hours ahead: in Tokyo it is one o'clock in the night
    section.save()
    tokyo, now = ZoneInfo("Asia/Tokyo"), datetime(2027, 3, 1, 16, tzinfo=ZoneInfo("UTC"))
    clock(now)
    opened = {"opens_at": now - timedelta(days=9)}
    make_assignment(section, [problem], due_at=datetime(2027, 3, 2, 23, 0, tzinfo=tokyo), **opened)
    assert sent(at=now) == []  # that is today in Tokyo
    clock(now + timedelta(days=1))
    due = make_assignment(
        section, [problem], due_at=datetime(2027, 3, 4, 0, 30, tzinfo=tokyo), **opened
    )
    [message] = sent(at=timezone.now())
    assert message.subject == "Goethe School: 1 assignment is due tomorrow"
    assert due.title in message.body
    assert "(Asia/Tokyo)" in message.body
    assert sent(at=timezone.now()) == []
    assert DigestEntry.objects.count() == 1


def test_one_mail_a_day_has_all_and_none_comes_before_the_afternoon(
    section, assignment, problem, alice, carol, answered, clock
):
    wants(alice, due=True, assigned=True, graded=True)
    clock(evening())
    attempt = answered(alice, "2*2", Verdict.UNDECIDED)
    attempt.change_grade(Verdict.CORRECT, 1, author=carol, reason="It is 31415.")
    due = make_assignment(section, [problem], due_at=evening(1), opens_at=evening(-9))
    assert sent(at=evening() - timedelta(hours=2)) == []
    [message] = sent(at=evening())
    for title in (due.title, assignment.title, "has looked at your answers"):
        assert title in message.body
    assert attempt.get_absolute_url() in message.body
    assert "31415" not in message.body
    assert "1 assignment is due tomorrow" in message.subject
    make_assignment(section, [problem], opens_at=evening() - timedelta(hours=1), due_at=evening(9))
    assert sent(at=evening() + timedelta(minutes=30)) == []
    clock(evening(1))
    [message] = sent(at=evening(1))
    assert attempt.get_absolute_url() not in message.body


def test_what_is_done_or_turned_off_is_not_mailed(
    section, problem, alice, answered, assignment, clock
):
    clock(evening())
    assignment.due_at, assignment.opens_at = evening(1), evening(-9)
    assignment.save()
    answered(alice, "4", Verdict.CORRECT)
    assert sent(at=evening()) == []
    wants(alice)
    make_assignment(section, [problem], due_at=evening(2), opens_at=evening(-9))
    clock(evening(1))
    assert sent(at=evening(1)) == []


def test_link_unsubscribes_without_signing_in_and_only_by_posting(write, alice):
    write()
    [message] = sent()
    url = re.fullmatch("<(.*)>", message.extra_headers["List-Unsubscribe"])[1]
    assert url in message.body
    path = url.removeprefix("https://lemma.school.org")
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    assert MailPreferences.objects.get(user=alice).message
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    preferences = MailPreferences.objects.get(user=alice)
    assert (preferences.message, preferences.due) == (False, True)
    write()
    assert sent() == []


@pytest.mark.parametrize("token", ["x", "WzEsIm1lc3NhZ2VzIl0:1tAAAA:forged"])
def test_forged_link_unsubscribes_nobody(client, alice, token):
    url = reverse("unsubscribe", args=[token])
    assert client.post(url).status_code == 404
    assert not MailPreferences.objects.exists()


def test_person_chooses_their_mails(client, write, alice):
    client.force_login(alice)
    url = reverse("mail-preferences")
    form = client.get(url).context["form"]
    assert [form[name].value() for name in form.fields] == [True, True, False, False]
    client.post(url, {"graded": "on"})
    preferences = MailPreferences.objects.get(user=alice)
    assert (preferences.message, preferences.due, preferences.graded) == (False, False, True)
    write()
    assert sent() == []


def test_page_says_why_nothing_is_mailed(client, bob, settings):
    client.force_login(bob)
    page = client.get(reverse("mail-preferences")).content.decode()
    assert "not confirmed an email address" in page
    settings.EMAIL_HOST = ""
    page = client.get(reverse("mail-preferences")).content.decode()
    assert "sends no email here" in page
    assert "<fieldset" not in page  # there is nothing to choose


def test_number_of_queries_does_not_grow_with_people_who_are_told_nothing(
    section, alice, django_assert_max_num_queries
):
    for number in range(30):
        user = confirmed(User.objects.create_user(f"s{number}", f"s{number}@example.org"))
        Enrollment.objects.create(section=section, user=user)
    with django_assert_max_num_queries(12):
        mail_digests(evening())
