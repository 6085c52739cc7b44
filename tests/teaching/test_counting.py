"""Weights, dropped results and exemptions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tutor.courses.models import Enrollment
from tutor.teaching.gradebook.section_table import SectionTable
from tutor.teaching.models import Exemption


def of_section(section, **query):
    return reverse("gradebook-section", args=[section.code], query=query)


def due(section, slug, weight=1, **fields):
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=9), "due_at": now - timedelta(days=1)}
    problems = [make_problem(f"{slug}-{n}") for n in range(2)]
    return make_assignment(section, problems, weight=weight, **(dates | fields))


def results(section, user):
    [enrollment] = section.enrollments.filter(user=user).select_related("user")
    [student] = SectionTable(section).rows([enrollment])
    return student


def test_an_exemption_counts_for_one_student_alone(as_user, carol, section, alice, bob):
    assignment = due(section, "a")
    enrollment = section.enrollments.get(user=alice)
    sent = {"student": enrollment.pk, "assignment": assignment.pk, "reason": "Ill for two weeks"}
    client = as_user(carol)
    client.post(reverse("exempt", args=[section.code]), sent)
    exemption = Exemption.objects.get()
    assert (exemption.author, exemption.reason) == (carol, "Ill for two weeks")
    assert results(section, alice).total is None
    assert results(section, bob).total == 0
    assert "exempt" in client.get(of_section(section)).content.decode()
    client.post(reverse("exemption-lift", args=[section.code, exemption.pk]))
    assert results(section, alice).total == 0


@pytest.mark.parametrize("student", ["", "x", "999999", None])
def test_nobody_elses_student_can_be_exempted(as_user, carol, dan, section, student):
    stranger = Enrollment.objects.get(user=dan)
    sent = {"student": student or stranger.pk, "assignment": due(section, "a").pk, "reason": "x"}
    as_user(carol).post(reverse("exempt", args=[section.code]), sent)
    assert not Exemption.objects.exists()


def test_weights_are_set_on_one_page(as_user, carol, section):
    assignment = due(section, "a")
    address = reverse("gradebook-counting", args=[section.code])
    client = as_user(carol)
    client.post(address, {"lowest_dropped": "1", f"weight-{assignment.pk}": "2.5"})
    assignment.refresh_from_db()
    section.refresh_from_db()
    assert (assignment.weight, section.lowest_dropped) == (Decimal("2.50"), 1)
    for weight in ("-1", "NaN", "1e9", "", "\x00"):
        page = client.post(address, {"lowest_dropped": "1", f"weight-{assignment.pk}": weight})
        assert page.status_code == 200
    assignment.refresh_from_db()
    assert assignment.weight == Decimal("2.50")
