"""A class writes numbers and dates as its country does, which everybody in it reads."""

import re
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from tutor.assignments.collecting import new_collection
from tutor.assignments.models import Assignment
from tutor.courses.conventions import (
    OLDER,
    convention_kept,
    convention_named,
    date_language,
    date_text,
    names_with_comma,
    older_choice,
    sample,
    use_common_convention,
    usual_convention,
)
from tutor.courses.models import Section

DUE = datetime(2031, 4, 12, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(("points", "text"), [(0.5, "0.5"), (1.25, "1.25"), (2.0, "2"), (10, "10")])
def test_points_have_no_zeros_behind(points, text):
    assert Template("{{ points|floatformat:-2 }}").render(Context({"points": points})) == text


@pytest.mark.parametrize(
    ("country", "english", "chinese", "has_comma"),
    [
        ("DE", "12 Apr 2031, 20:00", "2031年4月12日 20:00", True),
        ("FR", "12 Apr 2031, 20:00", "2031年4月12日 20:00", True),
        ("US", "Apr 12, 2031, 8 pm", "2031年4月12日 下午8:00", False),
        ("GB", "12 Apr 2031, 20:00", "2031年4月12日 20:00", False),
        ("CN", "12 Apr 2031, 20:00", "2031年4月12日 20:00", False),
        ("CH", "12 Apr 2031, 20:00", "2031年4月12日 20:00", False),
        ("AU", "12 Apr 2031, 8 pm", "2031年4月12日 下午8:00", False),
    ],
)
def test_a_country_has_its_order_clock_and_decimal_sign(country, english, chinese, has_comma):
    convention = convention_named(country)
    assert date_text(DUE, "DATETIME_FORMAT", convention) == english
    with translation.override("zh-hans"):
        assert date_text(DUE, "DATETIME_FORMAT", convention) == chinese
    assert convention.has_decimal_comma == has_comma


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("", "Apr 12, 2031, 8 pm"),
        ("us", "Apr 12, 2031, 8 pm"),
        ("uk", "12 Apr 2031, 20:00"),
        ("comma", "12 Apr 2031, 20:00"),
    ],
)
def test_what_was_chosen_before_there_were_countries_keeps_its_meaning(name, english):
    convention = convention_named(name)
    assert date_text(DUE, "DATETIME_FORMAT", convention) == english
    assert convention.has_decimal_comma == (name == "comma")


def test_a_class_without_a_country_reads_numbers_as_each_problem_has_them():
    assert sample("") == "2.5 or 2,5, as in each problem · Apr 12, 2026, 8 pm"


@pytest.mark.parametrize("name", OLDER)
def test_an_older_choice_is_in_the_readers_language(name):
    with translation.override("zh-hans"):
        _name, label = older_choice(name)
        assert "2026年4月12日" in sample(name)
    assert not re.search("[a-z]", label)


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [("en", "us", "en-US"), ("en", "uk", "en-GB"), ("zh-hans", "us", "zh-hans")],
)
def test_browsers_learn_the_order_of_dates(language, name, written):
    with translation.override(language), convention_kept():
        use_common_convention([name])
        assert date_language() == written


def test_classes_with_a_comma_can_be_asked_for():
    names = names_with_comma()
    assert {"comma", "DE", "FR"} <= set(names)
    assert not {"", "us", "uk", "US", "GB", "CN", "CH"} & set(names)


def test_students_read_the_dates_of_the_class(client, alice, assignment):
    Section.objects.update(convention="DE")
    Assignment.objects.update(due_at=DUE, closes_at=None)
    client.force_login(alice)
    for address in (reverse("home"), assignment.get_absolute_url()):
        assert "12 Apr 2031" in client.get(address).content.decode(), address


@pytest.mark.parametrize(("country", "has_half_days"), [("US", True), ("DE", False), ("", True)])
def test_the_browser_knows_the_clock_of_the_class(client, alice, item, country, has_half_days):
    Section.objects.update(convention=country)
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("data-has-half-days" in page) == has_half_days


def test_a_collection_is_named_as_the_site_writes_dates(carol, settings):
    settings.CONVENTION = "DE"
    day = date_text(timezone.localdate(), "DATE_FORMAT", convention_named("DE"))
    assert new_collection(carol).title == f"Collected on {day}"


def test_a_page_of_several_classes_writes_as_they_do_if_they_agree():
    with convention_kept():
        use_common_convention(["GB", "US"])
        assert date_text(DUE, "TIME_FORMAT") == "8 pm"
        use_common_convention(["GB", "CH"])
        assert date_text(DUE, "TIME_FORMAT") == "20:00"


def test_a_class_does_not_change_how_the_next_page_writes_dates(client, carol, section):
    Section.objects.update(convention="DE")
    client.force_login(carol)
    client.get(section.get_absolute_url())
    assert date_text(DUE, "SHORT_DATETIME_FORMAT") == "Apr 12, 2031, 8 pm"


@pytest.mark.parametrize(
    ("zone", "languages", "country"),
    [
        ("UTC", "en-US,en;q=0.5", "US"),
        ("UTC", "en-GB", "GB"),
        ("UTC", "zh-CN,en", "CN"),
        ("UTC", "zh-Hans-SG", "SG"),
        ("UTC", "de-AT,en", "AT"),
        ("UTC", "fr", "FR"),
        ("Europe/Zurich", "en-US", "CH"),
        ("Asia/Calcutta", "", "IN"),
        ("UTC", "", ""),
        ("UTC", "*", ""),
        ("UTC", "\x00;;", ""),
    ],
)
def test_a_new_class_begins_with_the_country_where_its_teacher_is(zone, languages, country):
    request = RequestFactory().get("/", headers={"accept-language": languages})
    assert usual_convention(request, zone) == country


def test_the_site_decides_before_the_browser(settings):
    settings.CONVENTION = "comma"
    request = RequestFactory().get("/", headers={"accept-language": "en-US"})
    assert usual_convention(request, "Europe/Zurich") == "comma"


def test_a_teacher_chooses_the_country(client, carol, section):
    client.force_login(carol)
    page = client.get(reverse("section-new"), headers={"accept-language": "fr"})
    assert page.context["form"]["convention"].value() == "FR"
    assert 'value="CH" data-zones="Europe/Zurich"' in page.content.decode()
    sent = {"course_title": "Algebra", "name": "10a", "time_zone": "UTC", "convention": "CH"}
    client.post(reverse("section-edit", args=[section.code]), sent)
    section.refresh_from_db()
    assert section.convention == "CH"


def test_countries_have_names_in_the_language_of_the_reader(client, carol, section):
    carol.language = "zh-hans"
    carol.save()
    client.force_login(carol)
    page = client.get(reverse("section-new")).content.decode()
    assert 'data-sample="2,5 · (1; 2) · 2026年4月12日 20:00">德国</option>' in page


@pytest.mark.parametrize("name", OLDER)
def test_a_class_can_keep_what_it_chose_before(client, carol, section, name):
    Section.objects.update(convention=name)
    client.force_login(carol)
    address = reverse("section-edit", args=[section.code])
    form = client.get(address).context["form"]
    client.post(address, {field.name: field.value() or "" for field in form})
    section.refresh_from_db()
    assert section.convention == name
    offered = [choice for choice, _label in form.fields["convention"].choices]
    assert set(OLDER) & set(offered) == {"", name}


def test_the_administration_writes_months_as_the_pages_of_classes_do(db):
    instant = datetime(2026, 12, 4, 20, tzinfo=UTC)
    with translation.override("en"):
        assert date_format(instant, "DATETIME_FORMAT") == date_text(instant, "DATETIME_FORMAT")
        assert date_format(instant, "DATE_FORMAT") == "Dec 4, 2026"
