"""Weights, dropped results and exemptions."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.teaching.gradebooks import make_due_assignment, results_of, section_gradebook
from tutor.courses.models import Enrollment
from tutor.teaching.models import Exemption


def test_an_exemption_counts_for_one_student_alone(as_user, carol, section, alice, bob):
    assignment = make_due_assignment(section, "a")
    enrollment = section.enrollments.get(user=alice)
    sent = {"student": enrollment.pk, "assignment": assignment.pk, "reason": "Ill for two weeks"}
    carol.first_name = "Carol"
    carol.save()
    client = as_user(carol)
    client.post(reverse("exempt", args=[section.code]), sent)
    exemption = Exemption.objects.get()
    assert (exemption.author, exemption.reason) == (carol, "Ill for two weeks")
    assert results_of(section, alice).total is None
    assert results_of(section, bob).total == 0
    assert "exempt" in client.get(section_gradebook(section)).content.decode()
    counting = client.get(reverse("gradebook-counting", args=[section.code])).content.decode()
    assert "<bdi>Carol</bdi>" in counting
    client.post(reverse("exemption-lift", args=[section.code, exemption.pk]))
    assert results_of(section, alice).total == 0


@pytest.mark.parametrize("student", ["", "x", "999999", None])
def test_only_students_of_the_section_can_be_exempted(as_user, carol, dan, section, student):
    stranger = Enrollment.objects.get(user=dan)
    sent = {
        "student": student or stranger.pk,
        "assignment": make_due_assignment(section, "a").pk,
        "reason": "x",
    }
    as_user(carol).post(reverse("exempt", args=[section.code]), sent)
    assert not Exemption.objects.exists()


def test_weights_are_set_on_one_page(as_user, carol, section):
    assignment = make_due_assignment(section, "a")
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
