"""A typed fraction such as 65/7x is asked about before it costs an attempt."""

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem_with_parts
from tutor.assignments.models import Assignment
from tutor.attempts.access import access_for
from tutor.attempts.answering import Answering
from tutor.grading import FeedbackCode, Rule, Verdict
from tutor.problems.models import StoredKey


def left(user, item):
    return Answering(access_for(user, item)).left


@pytest.mark.parametrize("value", [r"\frac{65}{7x}", r"\frac{3x}{4}", "x + 1"])
def test_it_asks_whichever_reading_is_right(alice, item_with, hand_in, value):
    """Nothing is learnt from the question, and it costs nothing."""
    item = item_with(value)
    attempt = hand_in(alice, "65/7x", item=item)
    assert (attempt.verdict, attempt.grade.rule) == (Verdict.UNREADABLE, Rule.PARSE)
    feedback = attempt.grade.feedback
    assert (feedback.code, feedback.params) == (
        FeedbackCode.OPEN_FRACTION,
        {"text": "65/(7x)"},
    )
    assert left(alice, item) == 5


@pytest.mark.parametrize("value", [r"\frac{65}{7x}", r"\frac{65x}{7}", "x + 1"])
def test_it_asks_nothing_where_the_verdict_is_withheld(alice, item_with, hand_in, value):
    """Only of a wrong answer would it ask."""
    item = item_with(value)
    Assignment.objects.update(verdict_policy="after_end")
    assert hand_in(alice, "65/7x", item=item).verdict in (Verdict.CORRECT, Verdict.INCORRECT)
    assert left(alice, item) == 4


def test_the_reading_without_brackets_stays_right(alice, item_with, hand_in):
    item = item_with(r"\frac{65x}{7}")
    assert hand_in(alice, "65/7x", item=item).verdict == Verdict.CORRECT


def test_it_asks_once_at_a_problem(alice, item_with, hand_in):
    item = item_with(r"\frac{3x}{4}")
    assert hand_in(alice, "65/7x", item=item).verdict == Verdict.UNREADABLE
    assert hand_in(alice, "1/2x", item=item).verdict == Verdict.INCORRECT
    assert left(alice, item) == 4


@pytest.mark.parametrize(
    ("response", "meant"),
    [
        ("5 - 3/2x", "5 - 3/(2x)"),
        ("(a+1)/2x", "(a+1)/(2x)"),
        ("65÷7x^2", "65÷(7x^2)"),
        ("65/7xy", "65/(7xy)"),
        ("-65 / 7x²", "-65 / (7x²)"),
    ],
)
def test_what_stands_below_the_line_gets_brackets(alice, item_with, hand_in, response, meant):
    attempt = hand_in(alice, response, item=item_with("9"))
    assert attempt.grade.feedback.params == {"text": meant}


@pytest.mark.parametrize("response", ["65/(7x)", "(65/7)x", "65/7 x", "65/7*x", "65/7", "x/7"])
def test_a_clear_fraction_is_judged(alice, item_with, hand_in, response):
    assert hand_in(alice, response, item=item_with("9")).verdict == Verdict.INCORRECT


def test_a_number_with_a_unit_is_no_open_fraction(alice, item_with, hand_in):
    item = item_with("9", "quantity", unit="m")
    assert hand_in(alice, "65/7m", item=item).verdict == Verdict.INCORRECT


def test_a_part_is_asked_about_too(alice, section, hand_in):
    problem = make_problem_with_parts("b")
    stored = StoredKey.objects.get(version=problem.current)
    stored.parts[0] |= {"key": {"value": r"\frac{65}{7x}", "kind": "expression"}}
    stored.save()
    item = make_assignment(section, [problem]).problem_set.items.get()
    typed = ("65/7x", "64", "B")
    attempt = hand_in(alice, "65/7x\n64\nB", item=item, parts=typed)
    assert attempt.verdict == Verdict.UNREADABLE
    assert attempt.grade.parts[0]["feedback"]


@pytest.mark.parametrize("value", [r"\frac{65}{7x}", r"\frac{65x}{7}", "x"])
def test_the_echo_asks_before_anything_is_submitted(client, alice, item_with, value):
    client.force_login(alice)
    page = client.post(
        reverse("draft", args=[item_with(value).code]), {"response": "65/7x"}
    ).content.decode()
    assert r"\(\frac{65}{7}x\)" in page
    assert "Did you mean 65/(7x)?" in page
    assert 'data-text="65/(7x)"' in page


@pytest.mark.parametrize("response", ["1/2x + 3", "65/(7x)", "x/7"])
def test_the_echo_asks_about_lone_fractions_only(client, alice, item_with, response):
    client.force_login(alice)
    draft = reverse("draft", args=[item_with("x").code])
    assert "Did you mean" not in client.post(draft, {"response": response}).content.decode()
