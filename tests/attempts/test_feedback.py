"""What a grade tells a student is stored as a code and shown in the reader's language."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from tutor.attempts.models import GradeChange
from tutor.grading import Feedback, FeedbackCode

UNIT_MISSING = "The number is right, but its unit is missing."


def page_of(client, attempt):
    return client.get(reverse("attempt", args=[attempt.code])).content.decode()


def store_as_text(text):
    """As a former release did."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE attempts_gradechange SET feedback = %s", [text])


@pytest.fixture
def attempt(client, alice, hand_in):
    client.force_login(alice)
    return hand_in(alice, "3/")


def test_who_answered_is_named_to_teachers_only(client, carol, attempt):
    assert '<p class="kicker">' not in page_of(client, attempt)
    client.force_login(carol)
    assert '<p class="kicker"><bdi>' in page_of(client, attempt)


def test_it_is_stored_as_a_code(attempt):
    expected = Feedback(FeedbackCode.BREAKS_OFF, with_examples=True)
    assert GradeChange.objects.get().feedback == expected


def test_the_verdict_asks_whether_the_bare_answer_in_a_sentence_is_meant(client, alice, hand_in):
    client.force_login(alice)
    attempt = hand_in(alice, "my friend says 12")
    assert attempt.verdict == "unreadable"
    assert "Write only the answer. Did you mean 12?" in page_of(client, attempt)
    alice.language = "zh-hans"
    alice.save()
    assert "请只写答案。你的意思是 12 吗？" in page_of(client, attempt)


def test_the_page_says_it_in_the_language_of_the_reader(client, alice, attempt):
    assert "something is missing at its end. Try a number" in page_of(client, attempt)
    alice.language = "zh-hans"
    alice.save()
    with translation.override("zh-hans"):
        page = page_of(client, attempt)
    assert "something is missing" not in page
    assert "。 请填写" not in page


@pytest.mark.parametrize("text", [UNIT_MISSING, "1 of 2 values found.", "Plain words of old."])
def test_a_sentence_of_a_former_release_is_shown(client, attempt, text):
    store_as_text(text)
    assert text in page_of(client, attempt)


def test_source_is_shown_as_a_formula_and_to_teachers_as_source_too(client, alice, carol, hand_in):
    source, formula = r"<code>\frac{1}{6}</code>", r"\(\frac{1}{6}\)"
    attempt = hand_in(alice, r"\frac{1}{6}")
    for user, has_source in ((alice, False), (carol, True)):
        client.force_login(user)
        page = page_of(client, attempt)
        assert (source in page, formula in page) == (has_source, True)


def test_a_plain_number_is_shown_once(client, alice, hand_in):
    client.force_login(alice)
    assert r"\(17\)" not in page_of(client, hand_in(alice, "17"))
    assert r"\(\frac{1}{2}\)" in page_of(client, hand_in(alice, "1/2"))
