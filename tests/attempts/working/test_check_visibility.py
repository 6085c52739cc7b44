"""Which values of a check a student may see while their answer is still asked for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_content
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt
from tutor.attempts.working.check_visibility import shown_to_student
from tutor.grading import read_key
from tutor.grading.steps.checks import Witness
from tutor.problems.models import StoredKey

ANSWER = Witness({"x": r"\frac{8}{2}"}, "7", "10")
NO_ANSWER = Witness({"x": "3"}, "7", "10")


@pytest.fixture
def shown(alice, assignment, item):
    """Which of the witnesses Alice would see now, the stored answer being 4."""

    def shown(*witnesses):
        attempts = Attempt.objects.filter(item=item).select_related("grade")
        assignment.refresh_from_db()
        item.problem.refresh_from_db()
        shows = shown_to_student(assignment, attempts, item.problem.current)
        return [shows(witness) for witness in witnesses]

    return shown


@pytest.fixture
def _no_limit(assignment):
    Assignment.objects.update(attempts_allowed=None)


@pytest.mark.usefixtures("_no_limit")
@pytest.mark.parametrize(
    "witness",
    [
        ANSWER,
        Witness({"x": "3", "y": "4"}, "7", "10"),
        Witness({"x": "3"}, "4.0", "10"),
        Witness({"x": "3"}, "7", "2^2"),
        Witness({}, "4", "5"),
        Witness({"x": "not to be read {"}, "7", "10"),
    ],
)
def test_a_value_that_equals_the_answer_is_not_shown(shown, witness):
    assert shown(witness, NO_ANSWER) == [False, True]


@pytest.mark.usefixtures("_no_limit")
def test_an_empty_side_says_nothing(shown):
    assert shown(Witness({"x": "3"}, "", "")) == [True]


@pytest.mark.usefixtures("_no_limit")
@pytest.mark.parametrize(
    ("kind", "value", "part"),
    [
        ("list", "4, 9", "9"),
        ("set", r"\{4, 9\}", "9"),
        ("tuple", "(4, 9)", "9"),
        ("interval", "(4, 9]", "9"),
        ("equation", "y = 4x + 9", "9"),
        ("equation", "x = 9", "9"),
        ("quantity", "9", "9"),
    ],
)
def test_no_part_of_an_answer_is_shown(shown, item, kind, value, part):
    fields = {"unit": "cm"} if kind == "quantity" else {}
    key = read_key({"kind": kind, "value": value, **fields})
    item.problem.revise(make_content(key=key))
    assert shown(Witness({"x": part}, "7", "10"), NO_ANSWER) == [False, True]


def test_where_a_guess_costs_an_attempt_no_number_is_shown(shown):
    # Or else 7 = 8, 6 = 7, 5 = 6 … would find the answer for nothing.
    assert shown(ANSWER, NO_ANSWER) == [False, False]


def test_where_no_number_can_be_the_answer_all_are_shown(shown, item):
    item.problem.revise(make_content(final_answer="x^2+4", kind="expression"))
    assert shown(ANSWER, NO_ANSWER) == [True, True]


@pytest.mark.usefixtures("_no_limit")
@pytest.mark.parametrize("kind", ["choice", "text"])
def test_of_an_answer_in_words_nothing_is_shown(shown, item, kind):
    fields = {"choices": ("3", "4")} if kind == "choice" else {}
    item.problem.revise(make_content(final_answer="B", kind=kind, **fields))
    assert shown(ANSWER, NO_ANSWER) == [False, False]


@pytest.mark.usefixtures("_no_limit")
def test_without_a_usable_key_nothing_is_shown(shown):
    StoredKey.objects.update(value="((")
    assert shown(NO_ANSWER) == [False]
    StoredKey.objects.all().delete()
    assert shown(NO_ANSWER) == [False]


def test_all_lines_are_shown_after_a_right_answer(shown, alice, hand_in):
    hand_in(alice, "4")
    assert shown(ANSWER, NO_ANSWER) == [True, True]


def test_all_lines_are_shown_after_the_assignment_closes(shown):
    Assignment.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert shown(ANSWER) == [True]


def test_who_has_no_attempt_left_may_be_granted_more(shown, alice, hand_in):
    Assignment.objects.update(attempts_allowed=1)
    hand_in(alice, "5")
    assert shown(ANSWER, NO_ANSWER) == [False, False]
