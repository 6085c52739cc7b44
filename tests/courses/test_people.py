"""The people of a section: their roles, and leaving and coming back."""

import pytest
from django.urls import reverse

from accounts.models import User
from tutor.courses.models import Enrollment, SectionEvent


def test_a_role_is_changed_and_noted(client, alice, carol, section):
    client.force_login(carol)
    client.post(reverse("member-role", args=[section.code, "alice"]), {"role": "assistant"})
    assert section.enrollments.get(user=alice).role == Enrollment.Role.ASSISTANT
    event = section.events.get()
    assert (event.act, event.author, event.about) == (SectionEvent.Act.ROLE, carol, alice)
    page = client.get(reverse("member", args=[section.code, "alice"])).content.decode()
    assert "changed the role" in page
    assert "<h2>Role</h2>" not in page  # its field has a label


def test_a_removed_student_sees_nothing_and_can_be_restored(
    client, alice, carol, section, assignment
):
    client.force_login(carol)
    role = reverse("member-role", args=[section.code, "alice"])
    client.post(role, {"do": "remove"})
    enrollment = section.enrollments.get(user=alice)
    assert enrollment.role == Enrollment.Role.FORMER
    client.force_login(alice)
    assert client.get(assignment.get_absolute_url()).status_code == 404
    client.force_login(carol)
    client.post(role, {"role": "student"})
    enrollment.refresh_from_db()
    assert enrollment.is_student


@pytest.mark.parametrize("sent", [{"do": "remove"}, {"role": "student"}])
def test_the_last_teacher_stays(client, carol, section, sent):
    client.force_login(carol)
    page = client.post(
        reverse("member-role", args=[section.code, "carol"]), sent, follow=True
    ).content.decode()
    assert "A class needs a teacher" in page
    assert section.enrollments.get(user=carol).role == Enrollment.Role.TEACHER


@pytest.mark.parametrize("role", ["former", "admin", "", "a\0"])
def test_an_unknown_role_is_refused(client, carol, section, alice, role):
    client.force_login(carol)
    page = client.post(reverse("member-role", args=[section.code, "alice"]), {"role": role})
    assert page.context["role_form"].errors["role"]
    assert section.enrollments.get(user=alice).is_student


def test_a_person_of_another_section_is_not_found(client, carol, dan, section):
    client.force_login(carol)
    assert client.get(reverse("member", args=[section.code, "dan"])).status_code == 404


@pytest.mark.parametrize("name", ["%00", "a%00b", "%ED%A0%80", "x" * 300, "..%2F"])
def test_an_impossible_user_name_is_not_found(client, carol, section, assignment, name):
    client.force_login(carol)
    people = reverse("people", args=[section.code])
    terms = reverse("assignment-terms", args=[assignment.code])
    for page in (f"{people}{name}/", f"{people}{name}/page/", f"{terms}{name}/"):
        assert client.get(page).status_code == 404, page


def test_people_stand_by_their_family_names(client, alice, bob, carol, section):
    User.objects.filter(pk=alice.pk).update(first_name="Ada", last_name="Zuse")
    User.objects.filter(pk=bob.pk).update(first_name="Emmy", last_name="Noether")
    client.force_login(carol)
    page = client.get(reverse("people", args=[section.code])).content.decode()
    assert -1 < page.find("<bdi>Noether, Emmy</bdi>") < page.find("<bdi>Zuse, Ada</bdi>")


def test_the_heading_counts_who_is_listed_below(client, carol, section):
    client.force_login(carol)
    page = client.get(reverse("people", args=[section.code])).content.decode()
    assert "<h2>2 students, 1 teacher</h2>" in page
