"""A typed power such as x3 is asked about before it costs an attempt."""

import pytest
from django.urls import reverse

from tutor.attempts.access import access_for
from tutor.attempts.answering import Answering
from tutor.grading import FeedbackCode, Rule, Verdict


def left(user, item):
    return Answering(access_for(user, item)).left


@pytest.mark.parametrize("value", ["x^3-6x^2+12x-8", "x^3 - 8", "x + 1"])
def test_it_asks_whichever_reading_is_right(alice, item_with, hand_in, value):
    """Nothing is learnt from the question, and it costs nothing."""
    item = item_with(value)
    attempt = hand_in(alice, "x3-6x2+12x-8", item=item)
    assert (attempt.verdict, attempt.grade.rule) == (Verdict.UNREADABLE, Rule.PARSE)
    feedback = attempt.grade.feedback
    assert (feedback.code, feedback.params) == (
        FeedbackCode.FLAT_POWER,
        {"text": "x^3-6x^2+12x-8"},
    )
    assert left(alice, item) == 5


def test_a_product_stays_right(alice, item_with, hand_in):
    assert hand_in(alice, "6x2", item=item_with("12x")).verdict == Verdict.CORRECT


def test_it_asks_once_at_a_problem(alice, item_with, hand_in):
    item = item_with("x^3 - 8")
    assert hand_in(alice, "x3-6x2", item=item).verdict == Verdict.UNREADABLE
    assert hand_in(alice, "x3-7", item=item).verdict == Verdict.INCORRECT
    assert left(alice, item) == 4


@pytest.mark.parametrize(
    ("response", "meant"),
    [("(x-2)3", "(x-2)^3"), ("2x2y3", "2x^2y^3"), ("x^3-6x2", "x^3-6x^2"), ("a2+b2", "a^2+b^2")],
)
def test_every_exponent_gets_its_sign(alice, item_with, hand_in, response, meant):
    attempt = hand_in(alice, response, item=item_with("9"))
    assert attempt.grade.feedback.params == {"text": meant}


@pytest.mark.parametrize("response", ["x1 + x2", "3x10", "x(3)", "sin2x", "2x", "e2", "x^2"])
def test_indices_products_and_functions_are_judged(alice, item_with, hand_in, response):
    assert hand_in(alice, response, item=item_with("9")).verdict == Verdict.INCORRECT


def test_a_key_with_indices_is_not_about_powers(alice, item_with, hand_in):
    item = item_with("x_2 + y_2")
    assert hand_in(alice, "x2 - y2", item=item).verdict == Verdict.INCORRECT


@pytest.mark.parametrize("value", ["x^3", "3x", "x"])
def test_the_echo_asks_before_anything_is_submitted(client, alice, item_with, value):
    client.force_login(alice)
    draft = reverse("draft", args=[item_with(value).code])
    page = client.post(draft, {"response": "x3"}).content.decode()
    assert "Did you mean x^3?" in page
    assert 'data-text="x^3"' in page
