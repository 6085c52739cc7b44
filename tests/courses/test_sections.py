"""Classes are created, renamed and archived by their teachers, and hidden from others."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.conftest import make_user
from tests.factories import add_students, make_assignment
from tutor.courses.models import Course, Enrollment, Section, SectionEvent

LOOKS = ["section", "people", "section-edit", "roster"]


@pytest.fixture
def eve(section):
    """An assistant of the section."""
    eve = make_user("eve")
    section.enrollments.create(user=eve, role=Enrollment.Role.ASSISTANT)
    return eve


@pytest.mark.parametrize("name", LOOKS)
def test_teachers_and_administrators_open_every_page_of_a_section(
    client, carol, admin, section, name
):
    for user in (carol, admin):
        client.force_login(user)
        assert client.get(reverse(name, args=[section.code])).status_code == 200


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_others_get_404(client, request, section, who, name):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse(name, args=[section.code])).status_code == 404


def test_the_settings_name_the_limit_before_its_unit(client, carol, section):
    client.force_login(carol)
    page = client.get(reverse("section-edit", args=[section.code])).content.decode()
    assert "daily limit for new solutions" in page.lower()


@pytest.mark.parametrize("who", ["alice", "dan", "eve"])
def test_only_its_teachers_change_it(client, request, section, alice, who):
    client.force_login(request.getfixturevalue(who))
    before = list(Enrollment.objects.order_by("pk").values())
    addresses = [reverse(name, args=[section.code]) for name in ("section-edit", "section-change")]
    addresses += [reverse(name, args=[section.code]) for name in ("roster", "passwords")]
    addresses.append(reverse("member-role", args=[section.code, "alice"]))
    for address in addresses:
        sent = {"do": "archive", "role": "teacher", "name": "Mine", "text": "name\nX"}
        assert client.post(address, sent).status_code == 404, address
    section.refresh_from_db()
    assert (section.name, section.archived_at) == ("10a", None)
    assert list(Enrollment.objects.order_by("pk").values()) == before


def test_an_assistant_looks_and_has_no_buttons(client, eve, section):
    client.force_login(eve)
    page = client.get(reverse("people", args=[section.code])).content.decode()
    assert "alice" in page
    assert reverse("roster", args=[section.code]) not in page
    assert section.get_absolute_url() in client.get(reverse("sections")).content.decode()
    assert client.get(reverse("section-new")).status_code == 404


def test_visitors_are_asked_to_sign_in(client, section):
    for name in LOOKS:
        answer = client.get(reverse(name, args=[section.code]))
        assert answer.url.startswith(reverse("account_login"))


def test_a_student_finds_no_list_of_classes(client, alice, section):
    client.force_login(alice)
    assert client.get(reverse("sections")).status_code == 404
    assert client.get(reverse("section-new")).status_code == 404
    assert reverse("sections") not in client.get(reverse("home")).content.decode()


def test_a_person_who_may_teach_makes_a_first_section(client, db):
    fay = make_user("fay", may_teach=True)
    client.force_login(fay)
    assert "You have no class yet" in client.get(reverse("sections")).content.decode()
    sent = {"new_course": "Algebra", "name": "7a", "time_zone": "Asia/Shanghai"}
    answer = client.post(reverse("section-new"), sent)
    section = Section.objects.get()
    assert answer.url == reverse("people", args=[section.code])
    assert (str(section), section.time_zone) == ("Algebra, 7a", "Asia/Shanghai")
    assert section.is_open_to_join
    assert section.enrollments.get().role == Enrollment.Role.TEACHER
    assert section.events.get().act == SectionEvent.Act.CREATED


def test_a_teacher_adds_a_second_section_to_their_course(client, carol, section):
    client.force_login(carol)
    sent = {"course": section.course.pk, "new_course": "", "name": "10b", "time_zone": "UTC"}
    client.post(reverse("section-new"), sent)
    assert Course.objects.count() == 1
    assert section.course.sections.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"new_course": ""}, "new_course"),
        ({"name": ""}, "name"),
        ({"name": "a\0"}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"time_zone": "Moon/Sea"}, "time_zone"),
    ],
)
def test_errors_of_a_new_section_are_shown_at_their_fields(client, carol, section, changes, field):
    client.force_login(carol)
    sent = {"new_course": "Algebra", "name": "7a", "time_zone": "UTC"} | changes
    page = client.post(reverse("section-new"), sent)
    assert page.status_code == 200
    [error] = page.context["form"].errors[field]
    text = page.content.decode()
    assert f'<a href="#id_{field}">' in text[: text.index("<form method")]  # in the list above it
    assert text.count(escape(error)) == 2  # there, and at the field
    assert Section.objects.count() == 1


def test_the_course_of_another_teacher_cannot_be_chosen(client, dan, section):
    client.force_login(dan)
    sent = {"course": section.course.pk, "name": "x", "time_zone": "UTC"}
    page = client.post(reverse("section-new"), sent)
    assert page.context["form"].errors["course"]
    assert section.course.sections.count() == 1


def test_a_section_is_renamed_with_its_course(client, carol, section):
    client.force_login(carol)
    sent = {"course_title": "Geometry", "name": "10c", "time_zone": "Europe/Berlin"}
    client.post(reverse("section-edit", args=[section.code]), sent)
    section = Section.objects.get()
    assert (str(section), section.time_zone) == ("Geometry, 10c", "Europe/Berlin")


def test_another_time_zone_is_told_and_noted_with_what_it_does_to_dates(client, carol, section):
    client.force_login(carol)
    address = reverse("section-edit", args=[section.code])
    sent = {"course_title": "Algebra", "name": "10b", "time_zone": "Europe/Berlin"}
    page = client.post(address, sent, follow=True).content.decode()
    before = section.time_zone
    assert f"The time zone was {before} and is now Europe/Berlin" in page
    event = section.events.get(act="zone")
    assert (event.author, event.detail) == (carol, f"{before} → Europe/Berlin")
    again = client.post(address, sent, follow=True).content.decode()
    assert "The time zone was" not in again
    assert section.events.filter(act="zone").count() == 1
    assert "data-is-chosen" in again
    assert "data-is-chosen" not in client.get(reverse("section-new")).content.decode()


def test_the_archive_hides_and_loses_nothing(client, alice, carol, section, assignment):
    act = reverse("section-change", args=[section.code])
    client.force_login(carol)
    client.post(act, {"do": "archive"})
    listed = client.get(reverse("sections")).content.decode()
    assert section.get_absolute_url() not in listed
    assert section.get_absolute_url() in client.get("/sections/?archive=1").content.decode()
    client.force_login(alice)
    assert assignment.get_absolute_url() not in client.get(reverse("home")).content.decode()
    assert client.get(assignment.get_absolute_url()).status_code == 200
    client.force_login(carol)
    client.post(act, {"do": "restore"})
    client.force_login(alice)
    assert assignment.get_absolute_url() in client.get(reverse("home")).content.decode()


def test_queries_do_not_grow_with_the_people(client, carol, section, problem, count_queries):
    client.force_login(carol)
    pages = [reverse(name, args=[section.code]) for name in LOOKS] + [reverse("sections")]
    counts = []
    for size in (5, 300):
        add_students(section, size)
        make_assignment(section, [problem])
        counts.append([count_queries(page) for page in pages])
    assert counts[0] == counts[1]


def test_a_class_keeps_a_time_zone_that_the_list_has_no_more(client, carol, section):
    Section.objects.update(time_zone="America/Detroit")
    client.force_login(carol)
    address = reverse("section-edit", args=[section.code])
    assert '<option value="America/Detroit" selected>' in client.get(address).content.decode()
    sent = {"course_title": "Geometry", "name": "10c", "time_zone": "America/Detroit"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent | {"time_zone": "America/Boise"}).status_code == 200
