"""More days for several students in one go."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tutor.assignments.extending import later
from tutor.assignments.models import Override
from tutor.courses.clock import in_full
from tutor.courses.models import SectionEvent


def test_the_ticked_students_get_the_days(client, alice, bob, carol, section, assignment):
    students = list(section.enrollments.filter(user__in=[alice, bob]).values_list("pk", flat=True))
    sent = {"days": "3", "student": students}
    client.force_login(carol)
    page = reverse("assignment-terms", args=[assignment.code])
    assert f'value="{students[0]}" form="extend"' in client.get(page).content.decode()
    address = reverse("assignment-extend", args=[assignment.code])
    assert "2 students: until " in client.post(address, sent, follow=True).content.decode()
    due = {override.enrollment.user: override.due_at for override in Override.objects.all()}
    assert due == dict.fromkeys([alice, bob], assignment.due_at + timedelta(days=3))
    assert section.events.filter(act=SectionEvent.Act.OVERRIDE).count() == 2
    page = client.post(address, sent | {"student": students[:1]}, follow=True).content.decode()
    own = Override.objects.get(enrollment=students[0])
    assert f"{own.enrollment.user.isolated_name}: until {in_full(own.due_at)}." in page


def test_what_is_over_is_due_again_from_today(assignment):
    now = timezone.now()
    past = {"due_at": now - timedelta(days=9), "closes_at": now - timedelta(days=8)}
    zone = assignment.section.zone
    due_at, closes_at = later(past.values(), 3, zone)
    today = now.astimezone(zone).date()
    assert (due_at.date(), closes_at.date()) == tuple(today + timedelta(days=n) for n in (3, 4))
    assert due_at.time() == past["due_at"].astimezone(zone).time()


def test_nobody_else_gives_days_and_without_a_tick_nothing_happens(client, carol, dan, assignment):
    address = reverse("assignment-extend", args=[assignment.code])
    client.force_login(dan)
    assert client.post(address, {"days": "3"}).status_code == 404
    client.force_login(carol)
    page = client.post(address, {"days": "3"}, follow=True).content.decode()
    assert "Tick the students who get more days." in page
    assert not Override.objects.exists()
