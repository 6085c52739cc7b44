"""A message of a teacher to the class or to some of it, its page, and who has read it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_user
from tutor.attempts.messages import MAX_SENT_AN_HOUR
from tutor.attempts.models import MessageReceipt, TeacherMessage
from tutor.courses.models import Enrollment, StudentGroup

TEXT = "No lesson on **Friday**."


@pytest.fixture
def send(as_user, section):
    """Posts the form; by default to the whole class."""

    def send(user, **fields):
        data = {"code": uuid4(), "text": TEXT, "to": "all", **fields}
        return as_user(user).post(reverse("class-messages", args=[section.code]), data)

    return send


def key_of(user):
    return user.enrollments.get().pk


def recipients():
    return {receipt.enrollment.user.username for receipt in MessageReceipt.objects.all()}


def page_of(as_user, user, name="home"):
    return as_user(user).get(reverse(name)).content.decode()


def test_class_sees_it_on_the_first_page_and_counts_it_until_it_is_seen(
    as_user, send, carol, alice
):
    assert send(carol).status_code == 302
    assert recipients() == {"alice", "bob"}
    home = page_of(as_user, alice)
    assert TEXT in home
    assert "1 unread" in home
    notices = page_of(as_user, alice, "notices")
    assert TEXT in notices
    assert ">new<" in notices
    assert MessageReceipt.objects.get(enrollment__user=alice).read_at is not None
    assert ">new<" not in page_of(as_user, alice, "notices")
    assert "unread" not in page_of(as_user, alice)


def test_some_students_and_groups_get_it_and_nobody_else(as_user, send, section, carol, alice, bob):
    group = StudentGroup.objects.create(section=section, name="Fast ones")
    group.members.add(key_of(bob))
    send(carol, to="some", students=[key_of(alice)])
    assert recipients() == {"alice"}
    assert TEXT not in page_of(as_user, bob)
    send(carol, to="some", groups=[group.pk])
    assert recipients() == {"alice", "bob"}


@pytest.mark.parametrize(
    "fields", [{"to": "some"}, {"to": ""}, {"text": ""}, {"text": "x" * 2_001}]
)
def test_incomplete_message_is_not_sent_and_not_lost(send, carol, fields):
    response = send(carol, **fields)
    assert response.context["form"].errors
    assert response.context["form"]["text"].value() == fields.get("text", TEXT)
    assert not TeacherMessage.objects.exists()


def test_message_meant_for_one_never_goes_to_all(send, carol, alice):
    response = send(carol, students=[key_of(alice)])
    assert "Choose one of them" in response.content.decode()
    assert not TeacherMessage.objects.exists()


def test_only_current_students_get_it(send, section, carol, alice, bob):
    section.enrollments.filter(user=bob).update(role=Enrollment.Role.FORMER)
    assert send(carol, to="some", students=[key_of(bob)]).context["form"].errors
    assert send(carol, to="some", students=[key_of(carol)]).context["form"].errors
    send(carol)
    assert recipients() == {"alice"}


def test_student_who_left_or_whose_class_is_archived_sees_none(
    as_user, send, section, carol, alice
):
    send(carol)
    section.archive()
    assert TEXT not in page_of(as_user, alice, "notices")
    assert "unread" not in page_of(as_user, alice)
    section.restore()
    section.enrollments.filter(user=alice).update(role=Enrollment.Role.FORMER)
    assert TEXT not in page_of(as_user, alice, "notices")


def test_teachers_of_the_class_alone_may_write(send, section, alice, carol, dan, admin):
    erin, eve = make_user("erin"), make_user("eve")
    Enrollment.objects.create(section=section, user=erin, role=Enrollment.Role.TEACHER)
    Enrollment.objects.create(section=section, user=eve, role=Enrollment.Role.ASSISTANT)
    for user in (alice, dan, eve):
        assert send(user).status_code == 404
    assert not TeacherMessage.objects.exists()
    for user in (carol, erin):
        assert send(user).status_code == 302
    assert TeacherMessage.objects.count() == 2


def test_archived_class_gets_nothing(send, section, carol):
    section.archive()
    response = send(carol)
    assert "is archived" in response.content.decode()
    assert not TeacherMessage.objects.exists()


def test_too_many_in_an_hour_are_refused_with_a_sentence(send, section, carol):
    TeacherMessage.objects.bulk_create(
        TeacherMessage(section=section, author=carol, text="x") for _ in range(MAX_SENT_AN_HOUR)
    )
    response = send(carol)
    assert "messages in the last hour" in response.content.decode()
    assert response.context["form"]["text"].value() == TEXT
    TeacherMessage.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert send(carol).status_code == 302


def test_form_sent_twice_is_one_message(send, carol):
    code = uuid4()
    send(carol, code=code)
    send(carol, code=code)
    assert MessageReceipt.objects.count() == 2


def test_teacher_sees_who_has_read_it(as_user, send, section, carol, alice):
    send(carol)
    as_user(alice).get(reverse("notices"))
    page = as_user(carol).get(reverse("class-messages", args=[section.code])).content.decode()
    assert "read by 1 of 2" in page
    assert "not read yet" in page


def test_link_beside_a_student_ticks_them(as_user, section, carol, alice):
    url = reverse("class-messages", args=[section.code])
    form = as_user(carol).get(url, {"to": "alice"}).context["form"]
    assert (form["to"].value(), form["students"].value()) == ("some", [key_of(alice)])
    assert as_user(carol).get(url, {"to": "dan"}).context["form"]["to"].value() == "all"


def test_count_takes_one_query(as_user, send, carol, alice, django_assert_num_queries):
    send(carol)
    client = as_user(alice)
    client.get(reverse("notices"))
    with django_assert_num_queries(
        7
    ):  # session, user, roles, messages and their number, unread, news
        client.get(reverse("notices"))


def test_a_teacher_without_notices_reads_of_students(as_user, alice, carol, section):
    assert "What your teachers write" in page_of(as_user, alice, "notices")
    page = page_of(as_user, carol, "notices")
    assert "your teachers" not in page
    assert "To write to your students" in page
