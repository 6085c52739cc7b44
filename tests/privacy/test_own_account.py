"""Students erase their own account; their classes keep the marks."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.privacy.conftest import ANSWER, hand_in
from tests.teaching.gradebooks import section_gradebook
from tutor.attempts.models import Attempt
from tutor.privacy.models import Erasure
from tutor.teaching.models import KeptMark

PAGE = reverse("erase-account")
PASSWORD = {"password": "pass-word-9"}


def text_of(client, address):
    return client.get(address).content.decode()


def test_a_student_erases_the_account_and_the_class_keeps_the_marks(
    client, alice, carol, section, item
):
    hand_in(alice, item, ANSWER)
    points = item.points
    client.force_login(alice)
    assert PAGE in text_of(client, reverse("personal-data"))
    page = text_of(client, PAGE)
    assert f"<li>{section}</li>" in page
    assert User.objects.filter(pk=alice.pk).exists()
    response = client.post(PAGE, PASSWORD, follow=True)
    assert "Your account is erased." in response.content.decode()
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not Attempt.objects.exists()
    assert Erasure.objects.get().by is None
    mark = KeptMark.objects.get()
    assert (mark.student, mark.points, mark.max_points) == ("alice", points, points)
    client.force_login(carol)
    assert "alice</bdi>" in text_of(client, section_gradebook(section))


@pytest.mark.parametrize("password", ["", "a-guess"])
def test_nothing_is_erased_without_the_password(client, alice, password):
    client.force_login(alice)
    client.post(PAGE, {"password": password})
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize("name", ["carol", "admin"])
def test_who_teaches_or_administers_asks_an_administrator(client, request, section, name):
    person = request.getfixturevalue(name)
    client.force_login(person)
    assert PAGE not in text_of(client, reverse("personal-data"))
    client.post(PAGE, PASSWORD)
    assert User.objects.filter(pk=person.pk).exists()


def test_a_school_may_forbid_it(client, alice, section, settings):
    settings.STUDENTS_ERASE_ACCOUNTS = False
    client.force_login(alice)
    assert "ask your school" in text_of(client, reverse("personal-data"))
    client.post(PAGE, PASSWORD)
    assert User.objects.filter(pk=alice.pk).exists()
