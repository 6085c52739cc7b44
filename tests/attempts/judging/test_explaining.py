"""What probably went wrong is stored with a wrong answer, and shown beside its verdict."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem, make_problem_with_parts
from tutor.assignments.models import Assignment
from tutor.attempts.judging import explaining
from tutor.attempts.mistake_sentences.remarks import remarks_on
from tutor.attempts.mistake_sentences.sentences import SENTENCES
from tutor.attempts.models import Attempt
from tutor.grading import Feedback, FeedbackCode, Rule, read_key
from tutor.grading.mistakes import RIGHT_SO_FAR, Explanation, MistakeName

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


def test_no_wrong_answer_is_called_right():
    of_wrong = [str(SENTENCES[name]) for name in set(MistakeName) - RIGHT_SO_FAR]
    assert not [text for text in of_wrong if "This is right" in text]


def test_a_right_value_in_another_form_is_not_called_not_right(client, alice, hand_in, section):
    key = read_key({"kind": "number", "value": "1/2", "form": "lowest_terms"})
    [item] = make_assignment(section, [make_problem("half", key=key)]).problem_set.items.all()
    hand_in(alice, "2/4", item=item)
    client.force_login(alice)
    address = reverse("answer", args=[item.code])
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Not finished yet" in page
    assert "Not right" not in page
    assert page.count("The value is right") == 1


def test_a_form_is_remarked_on_once():
    form = Feedback(FeedbackCode.NOT_IN_LOWEST_TERMS)
    reduce = Explanation(MistakeName.FRACTION_NOT_REDUCED)
    other = Explanation(MistakeName.OTHER_FORM_ASKED)
    both = remarks_on(reduce, form, Rule.FORM, True)
    assert (both.mistake, both.feedback) == (reduce, None)
    exact = remarks_on(other, form, Rule.FORM, True)
    assert (exact.mistake, exact.feedback) == (None, form)
    hidden = remarks_on(reduce, form, Rule.FORM, False)
    assert (hidden.mistake, hidden.feedback) == (None, form)


def test_what_is_missing_stands_beside_a_mistake():
    missing = Feedback(FeedbackCode.VALUES_MISSING, {"n": 1, "all": 2})
    remarks = remarks_on(SIGN, missing, Rule.SETS, True)
    assert (remarks.mistake, remarks.feedback) == (SIGN, missing)
