"""Admin pages of classes: the number of queries does not grow with the rows."""

import pytest
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import add_students
from tutor.assignments.models import CalendarFeed, Override, Sitting
from tutor.courses.models import SectionEvent, StudentGroup

LISTS = [
    *("courses_section", "courses_enrollment", "courses_studentgroup", "courses_sectionevent"),
    *("assignments_assignment", "assignments_override", "assignments_sitting"),
    *("assignments_calendarfeed", "assignments_problemset"),
]


@pytest.fixture
def fill(section, assignment, carol):
    """`count` rows of every model."""

    def fill(count):
        add_students(section, count)
        for enrollment in section.enrollments.students()[:count]:
            Override.objects.get_or_create(assignment=assignment, enrollment=enrollment)
            Sitting.objects.get_or_create(assignment=assignment, enrollment=enrollment)
            CalendarFeed.objects.get_or_create(user=enrollment.user)
            StudentGroup.objects.get_or_create(section=section, name=str(enrollment.pk))
            section.note(SectionEvent.Act.ADDED, carol, enrollment.user)

    return fill


@pytest.mark.parametrize("name", LISTS)
def test_lists_take_as_many_queries_for_many(client, admin, fill, count_queries, name):
    client.force_login(admin)
    counts = []
    for count in (3, 40):
        fill(count)
        counts.append(count_queries(reverse(f"admin:{name}_changelist") + "?q=s"))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["assignments_assignment", "assignments_override"])
def test_no_form_loads_every_person(client, admin, assignment, fill, name):
    fill(5)
    make_user("somebody-who-is-in-no-list")
    client.force_login(admin)
    page = client.get(reverse(f"admin:{name}_add")).content.decode()
    assert "s3</option>" not in page
    assert "somebody-who-is-in-no-list" not in page


def test_events_of_a_section_are_read_only(client, admin, carol, section):
    section.note(SectionEvent.Act.ADDED, carol)
    event = section.events.get()
    client.force_login(admin)
    change = reverse("admin:courses_sectionevent_change", args=[event.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"detail": "x"}).status_code == 403
    assert client.post(reverse("admin:courses_sectionevent_add")).status_code == 403
    delete = reverse("admin:courses_sectionevent_delete", args=[event.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
