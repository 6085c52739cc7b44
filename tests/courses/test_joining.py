from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_user
from tutor.courses.models import Enrollment, SectionEvent


@pytest.fixture
def code(section):
    section.renew_join_code()
    return section.join_code


@pytest.fixture
def gil(db):
    """Somebody who is in no section yet."""
    return make_user("gil")


def join_page(client, code, do="look"):
    return client.post(reverse("join"), {"code": code, "do": do}).content.decode()


def test_a_student_types_the_code_sees_the_class_and_joins(client, gil, section, code):
    client.force_login(gil)
    typed = f" {code[:3].lower()} - {code[3:]} "
    assert str(section) in join_page(client, typed)
    assert not section.enrollments.filter(user=gil).exists()
    assert client.post(reverse("join"), {"code": typed, "do": "join"}).url == reverse("home")
    assert section.enrollments.get(user=gil).is_student
    assert section.events.get().act == SectionEvent.Act.JOINED


def test_full_width_letters_are_letters(client, gil, section, code):
    client.force_login(gil)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    assert str(section) in join_page(client, wide)


def test_a_link_asks_before_it_joins(client, gil, section, code):
    link = reverse("join-link", args=[code])
    assert client.get(link).url == f"{reverse('account_login')}?next={link}"
    client.force_login(gil)
    assert str(section) in client.get(link).content.decode()
    assert not section.enrollments.filter(user=gil).exists()


@pytest.mark.parametrize("typed", ["ZZZZZZ", "'; DROP", "…", "x" * 41, "a\0b", "", "   "])
def test_a_wrong_code_is_explained_at_its_field(client, gil, code, typed):
    client.force_login(gil)
    page = client.post(reverse("join"), {"code": typed, "do": "join"})
    assert page.status_code == 200
    assert page.context["form"].errors["code"]
    assert not gil.enrollments.exists()


def test_an_expired_code_says_so(client, gil, section, code):
    client.force_login(gil)
    section.join_code_ends_at = timezone.now() - timedelta(seconds=1)
    section.save()
    assert "This code has expired" in join_page(client, code, "join")
    assert not gil.enrollments.exists()


def test_a_member_who_joins_again_is_told_so(client, alice, carol, section, code):
    for user in (alice, carol):
        client.force_login(user)
        answer = client.post(reverse("join"), {"code": code, "do": "join"}, follow=True)
        assert answer.redirect_chain == [(reverse("home"), 302)]
        assert "in this class already" in answer.content.decode()
    assert section.enrollments.get(user=carol).role == Enrollment.Role.TEACHER


def test_a_new_code_closes_the_old_one(client, carol, gil, section, code):
    client.force_login(carol)
    client.post(reverse("section-change", args=[section.code]), {"do": "renew-code"})
    section.refresh_from_db()
    assert section.join_code != code
    client.force_login(gil)
    assert "No class has this code" in join_page(client, code, "join")
    assert str(section) in join_page(client, section.join_code)


def test_a_code_is_switched_off(client, carol, gil, section, code):
    client.force_login(carol)
    client.post(reverse("section-change", args=[section.code]), {"do": "stop-code"})
    assert "switched off" in client.get(reverse("people", args=[section.code])).content.decode()
    client.force_login(gil)
    assert "This code has expired" in join_page(client, code, "join")


def test_nobody_joins_an_archived_section(client, gil, section, code):
    section.archive()
    client.force_login(gil)
    assert "No class has this code" in join_page(client, code, "join")


def test_a_removed_student_returns_only_through_a_teacher(client, alice, carol, section, code):
    client.force_login(carol)
    role = reverse("member-role", args=[section.code, "alice"])
    client.post(role, {"do": "remove"})
    client.force_login(alice)
    for do in ("look", "join"):
        assert "has removed you from it" in join_page(client, code, do)
    enrollment = section.enrollments.get(user=alice)
    assert enrollment.role == Enrollment.Role.FORMER
    client.force_login(carol)
    client.post(role, {"do": "role", "role": "student"})
    enrollment.refresh_from_db()
    assert enrollment.is_student


def test_guessing_is_slowed_down(client, gil, section, code):
    client.force_login(gil)
    for _ in range(10):
        join_page(client, "ZZZZZZ")
    assert "tried too many codes" in join_page(client, code, "join")
    assert not gil.enrollments.exists()
