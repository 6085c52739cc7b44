"""A check before handing in costs nothing, so it is counted, and says nothing of a value alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.attempts.views.test_answer_page import HTMX, url
from tests.attempts.working.test_working import marks
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment
from tutor.attempts import submitting
from tutor.attempts.models import Attempt, WorkingCheck
from tutor.attempts.views import working as working_pages

EQUATION = "2x + 3 = 9"


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    monkeypatch.setattr(working_pages, "MAX_CHECK_WORK_S", 30.0)
    monkeypatch.setattr(submitting, "CHECK_AT_ONCE_WORK_S", 30.0)


@pytest.fixture
def item(section):
    problem = make_problem("b", statement=r"Solve \(2x + 3 = 9\).", final_answer="3")
    return make_assignment(section, [problem]).problem_set.items.get()


@pytest.fixture
def check(client, alice, item):
    client.force_login(alice)

    def check(*lines):
        typed = {"response": "", "working": "\n".join(lines)}
        answer = client.post(url("working-check", item), typed, headers=HTMX)
        assert answer.status_code == 200
        return answer.content.decode()

    return check


def masked(page, *guesses):
    for guess in guesses:
        page = page.replace(guess, "?")
    return page


@pytest.mark.parametrize(
    ("before", "guesses"),
    [
        ([], ["x = 3", "x = 6"]),
        ([], ["x+1 = 4", "x+1 = 7"]),
        ([EQUATION, "2x = 6"], ["x = 3", "x = 6"]),
        ([], ["2x = 6", "2x = 12"]),
        ([EQUATION], ["x - 1 = 2 or x = 7", "x - 1 = 5 or x = 7"]),
        ([EQUATION], ["|x| = 3", "|x| = 6"]),
        ([EQUATION], ["x < 4", "x < 2"]),
        ([EQUATION], ["x^2 = 9", "x^2 = 36"]),
        ([EQUATION], [r"x = \frac{6}{2}", r"x = \frac{9}{2}"]),
    ],
)
def test_right_or_wrong_it_says_the_same_of_a_value(check, before, guesses):
    right, wrong = (check(*before, guess) for guess in guesses)
    assert marks(right) == marks(wrong)
    assert marks(right)[-1] == ""
    assert "are checked later, right or wrong: once you have solved" in right
    assert "Checked later" in right
    for page in (right, wrong):
        assert "doesn’t follow." not in page


def test_lines_after_a_bare_value_do_not_tell_whether_it_is_right(check):
    right, wrong = (check(EQUATION, value, f"2{value[0]} = 6") for value in ("x = 3", "x = 6"))
    assert marks(right) == marks(wrong) == ["given", "", ""]


def test_the_steps_before_it_are_judged_as_ever(check):
    assert marks(check(EQUATION, "2x = 6", "x = 3")) == ["given", "proved", ""]
    page = check(EQUATION, "2x = 12", "x = 6")
    assert marks(page) == ["given", "refuted", ""]
    assert "Line 2 doesn’t follow." in page


def test_mistakes_in_the_other_lines_are_spoken_of_only_where_some_were_judged(check):
    sentence = "No mistake was found in the lines before."
    assert sentence in check(EQUATION, "2x = 6", "x = 3")
    assert sentence not in check("x = 3")
    assert sentence not in check(EQUATION, "x = 3")


def test_where_attempts_are_not_limited_a_value_is_judged(check):
    Assignment.objects.update(attempts_allowed=None)
    assert marks(check("x = 6")) == ["refuted"]


def test_lines_of_an_attempt_do_not_tell_while_attempts_are_left(
    check, client, alice, item, hand_in
):
    hand_in(alice, "7", working=(EQUATION, "x = 3", "x = 6"))
    assert marks(client.get(item.get_absolute_url()).content.decode()) == ["given", "", ""]
    hand_in(alice, "3")
    assert "refuted" in marks(client.get(item.get_absolute_url()).content.decode())


def test_lines_of_an_attempt_are_checked_once_the_problem_is_closed(client, alice, item, hand_in):
    attempt = hand_in(alice, "7", working=(EQUATION, "x = 3", "x = 6"))
    now = timezone.now()
    Assignment.objects.update(due_at=now, closes_at=now)
    client.force_login(alice)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "refuted" in marks(page)
    assert "Checked later" not in page


def test_each_check_is_written_down_once(check, alice, item):
    check(EQUATION)
    check(EQUATION, "2x = 12")
    check(EQUATION, "2x = 12")
    check(EQUATION, "2x = 6")
    rows = WorkingCheck.objects.values_list("enrollment__user", "lines", "failing")
    assert list(rows) == [
        (alice.pk, [EQUATION, "2x = 12"], 2),
        (alice.pk, [EQUATION, "2x = 6"], 0),
    ]
    assert not Attempt.objects.exists()


def test_the_teacher_sees_them(check, client, carol, alice, item, section, hand_in, bob):
    check(EQUATION, "2x = 12")
    check(EQUATION, "2x = 6")
    attempt = hand_in(alice, "3")
    client.force_login(carol)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "Working was checked 2 times before it, at no cost." in page
    address = reverse("help-transcript", args=[section.code, "alice", item.code])
    page = client.get(address).content.decode()
    assert page.count("Checked their working") == 2
    assert "line 2 did not follow" in page
    assert "<code>2x = 12</code>" in page
    client.force_login(alice)
    assert "Working was checked" not in client.get(attempt.get_absolute_url()).content.decode()


def test_what_is_refused_is_not_counted(check):
    Assignment.objects.update(check_policy="never")
    check(EQUATION, "2x = 12")
    assert not WorkingCheck.objects.exists()
