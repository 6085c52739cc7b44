"""A typed +- is a minus behind a variable, and otherwise asked about before it costs an attempt."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tutor.attempts.access import access_for
from tutor.attempts.answering import Answering
from tutor.grading import FeedbackCode, Verdict


def left(user, item):
    return Answering(access_for(user, item)).left


@pytest.mark.parametrize("response", ["y=1x+-2", "y = x+-2", "t: y = x + -2", "t: y=1x+-2"])
def test_behind_a_variable_it_is_a_minus(alice, item_with, hand_in, response):
    item = item_with("y = x - 2", kind="equation")
    assert hand_in(alice, response, item=item).verdict == Verdict.CORRECT


@pytest.mark.parametrize("value", [r"x = a - 2", r"x = a + 5"])
def test_elsewhere_it_asks_once_whatever_is_right(alice, item_with, hand_in, value):
    item = item_with(value, kind="equation")
    attempt = hand_in(alice, "x = a+-2", item=item)
    assert (attempt.verdict, attempt.grade.feedback.code) == ("unreadable", "both_signs")
    assert attempt.grade.feedback.params == {"text": "x = a-2"}
    assert left(alice, item) == 5
    assert hand_in(alice, "x = a+-3", item=item).verdict == Verdict.INCORRECT
    assert left(alice, item) == 4


@pytest.mark.parametrize(
    ("value", "response"),
    [(r"x = a \pm 2", "x = a+-2"), (r"x = 5 \pm \sqrt{3}", "x = 5+-sqrt(3)")],
)
def test_two_values_stay_two_values(alice, item_with, hand_in, value, response):
    item = item_with(value, kind="equation")
    assert hand_in(alice, response, item=item).verdict == Verdict.CORRECT


def test_a_typed_plus_minus_sign_is_judged(alice, item_with, hand_in):
    attempt = hand_in(alice, "x = a ± 2", item=item_with("x = a - 2", kind="equation"))
    assert attempt.verdict == Verdict.INCORRECT
    feedback = attempt.grade.feedback
    assert feedback is None or feedback.code != FeedbackCode.BOTH_SIGNS


def test_the_question_is_answered_by_one_press(client, alice, item_with):
    item = item_with("x = a - 2", kind="equation")
    client.force_login(alice)
    sent = {"response": "x = a+-2", "action": str(uuid4()), "number": 1}
    address = reverse("attempt-submit", args=[item.code])
    form = sent | {"version": str(item.version.code)}
    page = client.post(address, form, headers={"HX-Request": "true"}).content.decode()
    assert 'data-part="type-meant" data-text="x = a-2"' in page
