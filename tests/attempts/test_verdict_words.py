"""One verdict has one word, on the page of its problem and in every list."""

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tutor.attempts.counting import ProgressState, unfinished
from tutor.attempts.models import Attempt, Practice
from tutor.grading import Feedback, FeedbackCode, Rule, read_key
from tutor.grading.mistakes import RIGHT_SO_FAR, Explanation, MistakeName

HTMX = {"HX-Request": "true"}
HALF = {"kind": "number", "value": "1/2", "form": "lowest_terms"}
MISSING_UNIT = Feedback(FeedbackCode.UNIT_MISSING)


@pytest.fixture
def half(section):
    assignment = make_assignment(section, [make_problem("half", key=read_key(HALF))])
    [item] = assignment.problem_set.items.all()
    return item


def pages_of_student(item, attempt):
    return [
        reverse("answer", args=[item.code]),
        reverse("home"),
        attempt.get_absolute_url(),
        reverse("assignment", args=[item.problem_set.assignments.get().code]),
    ]


def test_an_unfinished_answer_is_called_so_on_every_page(client, alice, carol, half, hand_in):
    hand_in(alice, "2/4", item=half)
    attempt = hand_in(alice, "4/8", item=half)
    client.force_login(alice)
    pages = [
        client.get(address, headers=HTMX if "answer" in address else {}).content.decode()
        for address in pages_of_student(half, attempt)
    ]
    client.force_login(carol)
    gradebook = reverse("gradebook-assignment", args=[half.problem_set.assignments.get().code])
    pages += [
        client.get(gradebook).content.decode(),
        client.get(attempt.get_absolute_url()).content.decode(),
    ]
    assert all("Not finished yet" in page for page in pages)
    assert not [page for page in pages if "Not right" in page]


@pytest.mark.parametrize(
    ("rule", "feedback", "score", "state"),
    [
        (Rule.FORM, None, 0, ProgressState.UNFINISHED),
        (Rule.UNITS, MISSING_UNIT, 0, ProgressState.UNFINISHED),
        (Rule.UNITS, MISSING_UNIT, 0.5, ProgressState.PARTLY),
        (Rule.NUMBERS, None, 0, ProgressState.INCORRECT),
    ],
)
def test_database_and_objects_agree_on_what_is_unfinished(
    alice, item, hand_in, rule, feedback, score, state
):
    attempt = hand_in(alice, "5")
    attempt.changes.update(rule=rule, feedback=feedback, score=score)
    attempt = Attempt.objects.get()
    assert attempt.state == state
    assert Attempt.objects.filter(unfinished()).exists() is (state == ProgressState.UNFINISHED)


@pytest.mark.parametrize("name", [*sorted(RIGHT_SO_FAR), MistakeName.SIGN_ERROR])
def test_what_is_right_so_far_is_unfinished(alice, item, hand_in, name):
    hand_in(alice, "5")
    Attempt.objects.update(mistake=Explanation(name).to_dict())
    is_unfinished = Attempt.objects.get().state == ProgressState.UNFINISHED
    assert is_unfinished is (name in RIGHT_SO_FAR)
    assert Attempt.objects.filter(unfinished()).exists() is is_unfinished


def test_a_practice_is_called_as_its_answer(alice, item, hand_in):
    practice = Practice.objects.create(
        enrollment=alice.enrollments.get(), item=item, version=item.version, number=1
    )
    hand_in(alice, "5")
    Attempt.objects.update(practice=practice, mistake=Explanation(MistakeName.ON_THE_WAY).to_dict())
    assert Practice.objects.with_results().get().state == ProgressState.UNFINISHED


def test_a_sentence_explains_the_word_where_the_mistake_is_withheld(
    client, alice, item, assignment, hand_in
):
    hand_in(alice, "5")
    Attempt.objects.update(mistake=Explanation(MistakeName.ON_THE_WAY).to_dict())
    type(assignment).objects.update(check_policy="never")
    client.force_login(alice)
    page = client.get(reverse("answer", args=[item.code]), headers=HTMX).content.decode()
    assert "Not finished yet" in page
    assert "Nothing in it is wrong" in page
    assert "Go on: this is not yet" not in page
