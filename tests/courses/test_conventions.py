"""A class writes numbers and dates in its own way, which everybody in it reads."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from tutor.assignments.models import Assignment
from tutor.courses.conventions import (
    Convention,
    convention_kept,
    convention_of_browser,
    date_text,
    use_common_convention,
)
from tutor.courses.models import Section

DUE = datetime(2031, 4, 12, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(("points", "text"), [(0.5, "0.5"), (1.25, "1.25"), (2.0, "2"), (10, "10")])
def test_points_have_no_zeros_behind(points, text):
    assert Template("{{ points|floatformat:-2 }}").render(Context({"points": points})) == text


def test_students_read_the_dates_of_the_class(client, alice, assignment):
    Section.objects.update(convention=Convention.COMMA)
    Assignment.objects.update(due_at=DUE, closes_at=None)
    client.force_login(alice)
    for address in (reverse("home"), assignment.get_absolute_url()):
        assert "12 April 2031" in client.get(address).content.decode(), address


def test_a_page_of_several_classes_writes_as_they_do_if_they_agree():
    with convention_kept():
        use_common_convention([Convention.UK, Convention.US])
        assert date_text(DUE, "TIME_FORMAT") == "8 p.m."
        use_common_convention([Convention.UK, Convention.UK])
        assert date_text(DUE, "TIME_FORMAT") == "20:00"


def test_a_class_does_not_change_how_the_next_page_writes_dates(client, carol, section):
    Section.objects.update(convention=Convention.COMMA)
    client.force_login(carol)
    client.get(section.get_absolute_url())
    assert date_text(DUE, "SHORT_DATETIME_FORMAT") == "Apr 12, 2031, 8 p.m."


def test_chinese_dates_are_the_same_in_every_class():
    with translation.override("zh-hans"):
        assert {date_text(DUE, "DATE_FORMAT", way) for way in Convention} == {"2031年4月12日"}


@pytest.mark.parametrize(
    ("languages", "convention"),
    [
        ("en-US,en;q=0.5", Convention.US),
        ("en-GB", Convention.UK),
        ("zh-CN,en", Convention.UK),
        ("de-AT,en", Convention.COMMA),
        ("", Convention.OF_PROBLEM),
        ("\x00;;", Convention.OF_PROBLEM),
    ],
)
def test_a_new_class_begins_with_what_is_usual_where_its_teacher_is(languages, convention):
    request = RequestFactory().get("/", headers={"accept-language": languages})
    assert convention_of_browser(request) == convention


def test_the_site_decides_before_the_browser(settings):
    settings.CONVENTION = "comma"
    request = RequestFactory().get("/", headers={"accept-language": "en-US"})
    assert convention_of_browser(request) == Convention.COMMA


def test_a_teacher_chooses_it(client, carol, section):
    client.force_login(carol)
    page = client.get(reverse("section-new"), headers={"accept-language": "fr"})
    assert page.context["form"]["convention"].value() == Convention.COMMA
    sent = {"course_title": "Algebra", "name": "10a", "time_zone": "UTC", "convention": "uk"}
    client.post(reverse("section-edit", args=[section.code]), sent)
    section.refresh_from_db()
    assert section.convention == Convention.UK
