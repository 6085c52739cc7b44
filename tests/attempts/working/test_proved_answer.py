"""A working that proves the answer that was handed in puts the stored answer in doubt."""

import pytest
from django.urls import reverse

from tests.attempts.views.test_answer_page import HTMX, url
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt
from tutor.problems.models import StoredKey

STATEMENT = r"Expand \(2x(x + 3)\)."
LINES = ("2x*x + 2x*3", "= 2x^2 + 6x")
TO_STUDENT = (
    "Lemma found no mistake in your lines, but another answer was entered as the right one."
)
TO_TEACHER = "Lemma proves this answer from the problem’s statement."


@pytest.fixture
def bracket(section):
    problem = make_problem(
        "bracket", statement=STATEMENT, kind="expression", final_answer="2x^2 + 3x"
    )
    return make_assignment(section, [problem], attempts_allowed=5).problem_set.items.get()


@pytest.fixture
def hand_in(client, alice, bracket, run_tasks):
    """The attempt, its lines checked, and the page on which it was submitted."""

    def hand_in(response, *lines, item=bracket):
        client.force_login(alice)
        page = client.get(item.get_absolute_url()).content.decode()
        action = page.split('name="action" value="')[1].split('"')[0]
        form = {"response": response, "working": "\n".join(lines), "action": action}
        form |= {"version": str(item.problem.current.code), "number": "1"}
        with run_tasks():
            client.post(url("attempt-submit", item), form, headers=HTMX)
        return Attempt.objects.get(), client.get(item.get_absolute_url()).content.decode()

    return hand_in


@pytest.mark.parametrize("allowed", [None, 5])
def test_no_line_is_blamed_and_the_student_is_told_to_ask(hand_in, allowed):
    Assignment.objects.update(attempts_allowed=allowed)
    attempt, page = hand_in("2x^2+6x", *LINES)
    assert attempt.verdict == "incorrect"
    assert attempt.contradicts_key
    assert {check["verdict"] for check in attempt.checks} == {"proved"}
    assert attempt.mistake == {}
    assert TO_STUDENT in page
    assert "2x^2+3x" not in page.replace(" ", "")


@pytest.mark.parametrize(
    ("response", "lines"),
    [
        ("2x^2+6x", ()),
        ("2x^2+5x", LINES),
        ("2x^2+6x", LINES[:1]),
        ("2x^2+6x", ("2x^2 + 9x", "= 2x^2 + 6x")),
        ("2x^2+3x", LINES),
        ("2x(x+3)", ("2x(x + 3)",)),
    ],
)
def test_the_stored_answer_is_not_doubted(hand_in, response, lines):
    attempt, page = hand_in(response, *lines)
    assert not attempt.contradicts_key
    assert TO_STUDENT not in page


def test_a_form_that_is_asked_for_is_no_doubt(hand_in):
    StoredKey.objects.update(value="2x^2 + 6x", form="expanded")
    attempt, page = hand_in("2x(x+3)", "2x(x + 3)")
    assert not attempt.contradicts_key
    assert TO_STUDENT not in page


def test_an_equation_of_the_students_own_proves_nothing(section, hand_in):
    statement = (
        "Nora is three years older than twice the age of her brother Ben. Together they are 27 "
        "years old. How old is Ben?"
    )
    problem = make_problem("ages", statement=statement, final_answer="8")
    item = make_assignment(section, [problem], attempts_allowed=None).problem_set.items.get()
    attempt, page = hand_in("10", "2b - 3 + b = 27", "3b = 30", "b = 10", item=item)
    assert not attempt.contradicts_key
    assert TO_STUDENT not in page


def test_in_a_test_nothing_is_told(hand_in, carol, as_user):
    never = Assignment.HelpPolicy.NEVER
    Assignment.objects.update(attempts_allowed=1, check_policy=never)
    attempt, page = hand_in("2x^2+6x", *LINES)
    assert attempt.contradicts_key
    own = as_user(attempt.enrollment.user).get(attempt.get_absolute_url()).content.decode()
    assert TO_STUDENT not in page + own
    assert TO_TEACHER in as_user(carol).get(attempt.get_absolute_url()).content.decode()


def test_where_a_value_is_withheld_nothing_is_told(section, hand_in):
    problem = make_problem("line", statement=r"Solve \(3x = 15\).", final_answer="4")
    item = make_assignment(section, [problem], attempts_allowed=3).problem_set.items.get()
    attempt, page = hand_in("5", "3x = 15", "x = 15/3", "x = 5", item=item)
    assert attempt.contradicts_key
    assert TO_STUDENT not in page


def test_the_teacher_is_told_wherever_the_answer_is_seen(hand_in, carol, as_user, section, bracket):
    attempt, _page = hand_in("2x^2+6x", *LINES)
    attempt.ask_for_review("I checked it.")
    assignment = Assignment.objects.get(problem_set=bracket.problem_set)
    teacher = as_user(carol)
    answers = reverse("answers", args=[assignment.code, bracket.code])
    for page in (answers, reverse("waiting", args=[section.code]), attempt.get_absolute_url()):
        text = teacher.get(page).content.decode()
        assert TO_TEACHER in text
        assert reverse("correct-key", args=[bracket.problem.code]) in text
    item = teacher.get(bracket.get_absolute_url()).content.decode()
    assert "The working of a student proves another answer" in item
    home = teacher.get(reverse("home")).content.decode()
    assert "Check the right answer of “" in home
    assert answers in home


def test_a_corrected_key_ends_the_doubt(hand_in, carol, as_user):
    attempt, _page = hand_in("2x^2+6x", *LINES)
    attempt.change_grade("incorrect", 0, author=carol, reason="No.")
    attempt.refresh_from_db()
    assert not attempt.contradicts_key
    assert "Check the right answer of" not in as_user(carol).get("/").content.decode()
