"""Dates of a section are shown in its time zone, to readers in any zone."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tutor.assignments.models import Assignment, CalendarFeed
from tutor.attempts.access import access_for
from tutor.attempts.models import Attempt
from tutor.attempts.responses import Submission
from tutor.attempts.submitting import submit_response
from tutor.courses.clock import day_in_words, on_clock_of
from tutor.courses.models import Section

BERLIN, SHANGHAI = "Europe/Berlin", "Asia/Shanghai"
DUE = datetime(2031, 1, 14, 17, 0, tzinfo=UTC)  # 6 pm; in Shanghai 1 am
THERE, HERE = ("Jan 14, 2031", "Jan 14, 2031, 6 pm"), ("Jan 15, 2031", "Jan 15, 2031, 1 am")


@pytest.fixture(autouse=True)
def far_apart(db, section, assignment, alice, carol):
    """The section is in Berlin; its student and its teacher live in Shanghai."""
    Section.objects.update(time_zone=BERLIN)
    for user in (alice, carol):
        user.time_zone = SHANGHAI
        user.save()
    Assignment.objects.update(due_at=DUE, closes_at=DUE, help_policy="after_due")
    for row in (section, assignment):
        row.refresh_from_db()


def shown(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def pages_of_a_student(assignment, item):
    return [reverse("home"), assignment.get_absolute_url(), item.get_absolute_url()]


def pages_of_a_teacher(assignment):
    section = assignment.section
    student = reverse("student-page", args=[section.code, "alice"])
    terms = reverse("assignment-terms", args=[assignment.code])
    own = reverse("student-terms", args=[assignment.code, "alice"])
    return [section.get_absolute_url(), assignment.get_absolute_url(), student, terms, own]


@pytest.mark.parametrize("page", range(3))
def test_a_student_reads_the_dates_of_the_section(client, alice, assignment, item, page):
    text = shown(client, alice, pages_of_a_student(assignment, item)[page])
    assert any(date in text for date in THERE)
    assert not any(date in text for date in HERE)
    assert BERLIN in text


@pytest.mark.parametrize("page", range(5))
def test_a_teacher_reads_the_same(client, carol, assignment, page):
    text = shown(client, carol, pages_of_a_teacher(assignment)[page])
    assert any(date in text for date in THERE)
    assert not any(date in text for date in HERE)
    assert BERLIN in text


def test_times_of_attempts_follow_the_clock_of_the_section(client, alice, carol, assignment, item):
    access = access_for(alice, item)
    submission = Submission(
        action=item.code, number=1, version=item.problem.current.code, response="5"
    )
    attempt = submit_response(access.enrollment, item, submission)
    moment = datetime(2030, 1, 14, 17, 0, tzinfo=UTC)
    Attempt.objects.update(submitted_at=moment)
    attempt.changes.update(created_at=moment)
    student = [alice, item.get_absolute_url()], [alice, attempt.get_absolute_url()]
    teacher = [
        [carol, attempt.get_absolute_url()],
        [carol, reverse("student-item", args=[assignment.section.code, "alice", item.code])],
    ]
    for reader, address in (*student, *teacher):
        text = shown(client, reader, address)
        assert "Jan 14, 2030, 6 pm" in text, address
        assert "Jan 15, 2030" not in text, address


def test_a_piece_of_a_page_has_the_clock_of_the_page(client, alice, item):
    Assignment.objects.update(
        opens_at=DUE.replace(year=2019), due_at=DUE.replace(year=2020), closes_at=None
    )
    client.force_login(alice)
    answer = client.get(reverse("answer", args=[item.code]), headers={"HX-Request": "true"})
    assert "Jan 14, 2020, 6 pm" in answer.content.decode()


def test_the_zone_is_not_named_to_people_who_live_in_it(client, alice, assignment, item):
    alice.time_zone = BERLIN
    alice.save()
    for address in pages_of_a_student(assignment, item):
        text = shown(client, alice, address)
        assert THERE[0] in text
        assert BERLIN not in text


def test_pages_of_no_section_keep_the_readers_clock(client, carol, assignment):
    """A page does not change the clock of the next one."""
    shown(client, carol, assignment.get_absolute_url())
    assert "Dates on this page" not in client.get(reverse("profile")).content.decode()
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_page_without_dates_names_no_zone(client, carol, assignment):
    page = reverse("class-messages", args=[assignment.section.code])
    assert BERLIN not in shown(client, carol, page)


def test_a_calendar_has_the_instant_and_the_clock(client, alice):
    feed = CalendarFeed.objects.create(user=alice)
    text = client.get(feed.get_absolute_url()).content.decode().replace("\r\n ", "")
    assert "DTSTART:20310114T170000Z" in text
    assert f"Jan 14\\, 2031\\, 6 pm ({BERLIN})" in text


def test_a_sentence_names_the_zone_where_the_page_has_another(section):
    with timezone.override(SHANGHAI):
        assert on_clock_of(section, DUE) == f"Jan 14, 2031, 6 pm ({BERLIN})"
    with timezone.override(BERLIN):
        assert on_clock_of(section, DUE) == "Jan 14, 2031, 6 pm"


def test_a_form_takes_dates_by_the_clock_of_the_section(client, carol, assignment):
    client.force_login(carol)
    address = reverse("assignment-edit", args=[assignment.code])
    page = client.get(address)
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent = data | {"due_at": "2031-02-01T18:00", "closes_at": "", "opens_at": "2026-01-01T08:00"}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assignment.refresh_from_db()
    assert assignment.due_at == datetime(2031, 2, 1, 17, 0, tzinfo=UTC)


def test_days_are_said_in_words_by_the_calendar_of_the_class():
    now = DUE - timedelta(minutes=30)  # in Shanghai it is the 15th already
    words = {
        0: "today, 1 am",
        1: "tomorrow, Thursday, 1 am",
        3: "in 3 days, Saturday, 1 am",
        20: "Feb 4, 2031, 1 am",
        -1: "yesterday, Tuesday",
        -4: "4 days ago, Saturday",
        -400: "Dec 11, 2029, 1 am",
    }
    section = Section(time_zone=SHANGHAI)
    assert {n: day_in_words(DUE + timedelta(days=n), section, now) for n in words} == words
