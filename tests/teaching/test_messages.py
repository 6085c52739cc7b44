"""A message to all who made one mistake, until each has read it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.teaching.test_mistakes import SIGN, mistaken, with_line  # noqa: F401  (a fixture)
from tutor.attempts.mistake_sentences.sentences import SENTENCES
from tutor.attempts.models import MAX_MESSAGE_LENGTH, Attempt, MessageReceipt, TeacherMessage
from tutor.grading.mistakes import MistakeName
from tutor.teaching.mistakes import group_in
from tutor.teaching.views.mistakes import suggestion

TEXT = "Compare the signs of both lines."


@pytest.fixture
def group_url(assignment, alice, mistaken):  # noqa: F811
    """Alice has made the mistake, Bob has not."""
    mistaken(alice, "-4", SIGN)
    return reverse("mistake", args=[assignment.code, SIGN])


@pytest.fixture
def send(as_user, group_url):
    def send(user, text=TEXT, code=None):
        return as_user(user).post(group_url, {"code": code or uuid4(), "text": text})

    return send


def page_of(as_user, user, url):
    return as_user(user).get(url).content.decode()


def test_suggestion_is_made_of_the_sentence_of_the_mistake(as_user, carol, group_url):
    form = as_user(carol).get(group_url).context["form"]
    assert str(SENTENCES[SIGN]) in form["text"].value()
    assert len(form["text"].value()) <= MAX_MESSAGE_LENGTH


def test_suggestion_says_where_the_mistake_was_and_asks_for_no_reply(
    assignment,
    alice,
    bob,
    answered,
    mistaken,  # noqa: F811
):
    kind = MistakeName.DISTRIBUTED_TO_FIRST_TERM
    with_line(answered(alice, "9"), ["2(x + 3) = 10", "2x + 3 = 10"])
    assert suggestion(group_in(assignment, kind)).startswith("I saw this in a line of your working")
    mistaken(bob, "3.5", kind)
    text = suggestion(group_in(assignment, kind))
    assert text.startswith("Some of you made the same mistake in your answer or in a line of your")
    Attempt.objects.filter(enrollment__user=alice).delete()
    text = suggestion(group_in(assignment, kind))
    assert text == f"I saw this in your answer. {SENTENCES[kind]}"


def test_students_of_the_group_see_it_until_they_have_read_it(as_user, carol, alice, item, send):
    send(carol)
    message = TeacherMessage.objects.get()
    assert (message.author, message.mistake) == (carol, SIGN)
    for url in (reverse("home"), item.get_absolute_url()):
        assert TEXT in page_of(as_user, alice, url)
    as_user(alice).post(reverse("message-read", args=[message.code]))
    for url in (reverse("home"), item.get_absolute_url()):
        assert TEXT not in page_of(as_user, alice, url)
    assert message.receipts.get().read_at is not None


def test_classmate_without_the_mistake_gets_nothing(as_user, carol, bob, item, send):
    send(carol)
    assert TEXT not in page_of(as_user, bob, reverse("home"))
    assert TEXT not in page_of(as_user, bob, item.get_absolute_url())
    message = TeacherMessage.objects.get()
    answer = as_user(bob).post(reverse("message-read", args=[message.code]))
    assert answer.status_code == 404
    assert message.receipts.get().read_at is None


def test_teacher_sees_who_has_read_it(as_user, carol, alice, group_url, send):
    send(carol)
    assert "read by 0 of 1" in page_of(as_user, carol, group_url)
    message = TeacherMessage.objects.get()
    as_user(alice).post(reverse("message-read", args=[message.code]), {"item": "1"})
    assert "read by 1 of 1" in page_of(as_user, carol, group_url)


def test_form_sent_twice_is_one_message(carol, send):
    code = uuid4()
    send(carol, code=code)
    send(carol, code=code)
    assert MessageReceipt.objects.count() == 1


@pytest.mark.parametrize("text", ["", "x" * (MAX_MESSAGE_LENGTH + 1)])
def test_text_is_limited_and_not_lost(carol, send, text):
    response = send(carol, text)
    assert response.status_code == 200
    assert response.context["form"]["text"].value() == text
    assert not TeacherMessage.objects.exists()


def test_hidden_characters_are_removed(carol, send):
    send(carol, "Look\u202e again.")
    assert TeacherMessage.objects.get().text == "Look again."


def test_others_may_not_write(alice, dan, send):
    for user in (alice, dan):
        assert send(user).status_code == 404
    assert not TeacherMessage.objects.exists()


def test_mistake_that_nobody_made_has_no_page(as_user, carol, assignment):
    url = reverse("mistake", args=[assignment.code, "no_such_mistake"])
    assert as_user(carol).get(url).status_code == 404
