"""What probably went wrong is stored with a wrong answer, and shown beside its verdict."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem_with_parts
from tutor.assignments.models import Assignment
from tutor.attempts.judging import explaining
from tutor.attempts.mistake_sentences import SENTENCES
from tutor.attempts.models import Attempt
from tutor.grading.mistakes import Explanation, MistakeName

HTMX = {"HX-Request": "true"}
SAYS = 'class="mistake"'
SIGN = Explanation(MistakeName.SIGN_ERROR)


@pytest.fixture
def explained(monkeypatch):
    """The answers that were explained, each by a sign error."""
    asked = []

    def explain(response, key, statement):
        asked.append((response, statement))
        return SIGN

    monkeypatch.setattr(explaining, "explain_answer", explain)
    return asked


@pytest.fixture
def submit(client, alice, item, form):
    client.force_login(alice)

    def submit(response):
        action = {"action": str(uuid4()), "number": str(Attempt.objects.count() + 1)}
        address = reverse("attempt-submit", args=[item.code])
        page = client.post(address, form | action | {"response": response}, headers=HTMX)
        return page.content.decode()

    return submit


def test_wrong_answer_is_explained_beside_its_verdict(explained, submit):
    page = submit("5")
    assert SAYS in page
    assert str(SENTENCES[SIGN.name]) in page
    assert Attempt.objects.get().shown_mistake == SIGN


def test_right_answer_is_not_explained(explained, submit):
    assert SAYS not in submit("4")
    assert explained == []


def test_where_working_is_not_checked_nothing_is_explained_to_students(explained, submit):
    Assignment.objects.update(check_policy="never")
    assert SAYS not in submit("5")


def test_explanation_of_an_answer_that_becomes_right_is_hidden(explained, submit):
    submit("5")
    attempt = Attempt.objects.get()
    attempt.grade.verdict = "correct"
    assert attempt.shown_mistake is None


def test_explanation_of_another_version_is_left_out(explained, submit):
    submit("5")
    Attempt.objects.update(mistake={"name": "a name from a later version"})
    assert Attempt.objects.get().shown_mistake is None


def test_wrong_parts_are_explained_by_their_own_question(explained, alice, section, hand_in):
    problem = make_problem_with_parts()
    item = make_assignment(section, [problem]).problem_set.items.get()
    answers = ("8", "49", "A")
    hand_in(alice, "a) 8 b) 49 c) A", item=item, parts=answers)
    rows = Attempt.objects.get().parts_shown
    assert [bool(row.shown_mistake) for row in rows] == [True, False, False]
    assert explained == [("8", "A square has a perimeter of 28.\n\nHow long is a side?")]


@pytest.mark.parametrize("name", MistakeName)
def test_each_mistake_has_a_sentence(name):
    assert str(SENTENCES[name])


def test_no_sentence_contains_a_number():
    assert not [text for text in map(str, SENTENCES.values()) if any(map(str.isdigit, text))]
