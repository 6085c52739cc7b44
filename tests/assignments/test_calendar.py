from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment
from tutor.assignments.calendar import escaped, folded
from tutor.assignments.models import CalendarFeed, ProblemSet
from tutor.courses.models import Enrollment


@pytest.fixture
def feed(alice):
    return CalendarFeed.objects.create(user=alice).get_absolute_url()


def test_it_has_the_students_own_dates_without_signing_in(client, alice, section, assignment, feed):
    Enrollment.objects.filter(user=alice).update(extra_days=1)
    answer = client.get(feed)
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    due_at = assignment.due_at + timedelta(days=1)
    assert f"DTSTART:{due_at:%Y%m%dT%H%M%SZ}\r\n" in text
    assert "SUMMARY:Warming up is due\r\n" in text
    assert "10a" in text


def test_a_teacher_has_those_of_the_section(client, carol, assignment):
    feed = CalendarFeed.objects.create(user=carol).get_absolute_url()
    assert client.get(feed).content.decode().count("BEGIN:VEVENT") == 1


def test_what_is_not_open_or_in_the_archive_is_left_out(client, section, assignment, feed):
    make_assignment(section, [], opens_at=assignment.due_at - timedelta(hours=1))
    assert client.get(feed).content.decode().count("BEGIN:VEVENT") == 1
    section.archive()
    assert "VEVENT" not in client.get(feed).content.decode()


def test_the_page_shows_the_coming_dates_in_their_order(client, alice, section, assignment, feed):
    later = make_assignment(section, [], due_at=assignment.due_at + timedelta(days=1))
    over = make_assignment(
        section,
        [],
        opens_at=assignment.opens_at - timedelta(days=9),
        due_at=timezone.now() - timedelta(hours=1),
    )
    client.force_login(alice)
    page = client.get(reverse("calendar")).content.decode()
    addresses = [row.get_absolute_url() for row in (assignment, later)]
    assert 0 < page.index(addresses[0]) < page.index(addresses[1])
    assert over.get_absolute_url() not in page
    assert 'data-copies="address"' in page


def test_without_dates_it_says_so(client, alice, db):
    client.force_login(alice)
    page = client.get(reverse("calendar")).content.decode()
    assert "Nothing is due." in page


def test_a_new_address_closes_the_old_one(client, alice, feed):
    client.force_login(alice)
    assert feed in client.get(reverse("calendar")).content.decode()
    client.post(reverse("calendar"))
    assert client.get(feed).status_code == 404
    assert client.get(CalendarFeed.objects.get().get_absolute_url()).status_code == 200


def test_an_account_that_was_closed_has_no_dates(client, alice, feed):
    alice.is_active = False
    alice.save()
    assert client.get(feed).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 500, "%00", "..", "名"])
def test_a_guess_is_not_there(client, feed, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_titles_cannot_add_lines(client, assignment, feed):
    title = "a\r\nEND:VCALENDAR;b,c\\d " + "二次函数" * 30
    ProblemSet.objects.update(title=title)
    text = client.get(feed).content.decode()
    assert text.count("END:VCALENDAR\r\n") == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert escaped(title) in unfolded


def test_folding_keeps_every_character():
    line = "SUMMARY:" + "二" * 100
    parts = list(folded(line))
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line
