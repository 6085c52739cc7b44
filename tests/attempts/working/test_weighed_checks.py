"""The stored answer refutes a set-up, where a student may know whether an answer is right."""

import pytest

from tests.attempts.views.test_answer_page import HTMX, url
from tests.attempts.working.test_working import marks
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt

STATEMENT = (
    "Nora is three years older than twice the age of her brother Ben. Together they are 27 years "
    "old. How old is Ben?"
)
LINES = ("2b - 3 + b = 27", "3b = 30", "b = 10")
SENTENCE = "Look at how it was set up"


@pytest.fixture
def ages(section):
    problem = make_problem("ages", statement=STATEMENT, final_answer="8")
    return make_assignment(section, [problem], attempts_allowed=None).problem_set.items.get()


@pytest.fixture
def check(client, alice, ages):
    client.force_login(alice)

    def check(*lines, response="10", item=ages):
        typed = {"response": response, "working": "\n".join(lines)}
        return client.post(url("working-check", item), typed, headers=HTMX).content.decode()

    return check


def test_a_line_with_which_the_answer_comes_out_wrong_is_refuted(check):
    page = check(*LINES)
    assert marks(page) == ["refuted", "resting", "resting"]
    assert SENTENCE in page
    assert "Compare it with the problem." in page
    assert "The two sides of this line are not equal." not in page
    assert "= 8" not in page


def test_without_an_answer_the_working_may_go_on(check):
    assert "refuted" not in marks(check(*LINES, response=" "))


@pytest.mark.parametrize("allowed", [1, 3])
def test_where_attempts_are_limited_the_stored_answer_changes_nothing(check, allowed):
    Assignment.objects.update(attempts_allowed=allowed)
    assert "refuted" not in marks(check(*LINES))


@pytest.mark.parametrize(("allowed", "is_weighed"), [(None, True), (3, False)])
def test_a_submitted_working_is_weighed_where_attempts_are_not_limited(
    client, alice, ages, allowed, is_weighed
):
    Assignment.objects.update(attempts_allowed=allowed)
    client.force_login(alice)
    page = client.get(ages.get_absolute_url()).content.decode()
    action = page.split('name="action" value="')[1].split('"')[0]
    form = {"response": "10", "working": "\n".join(LINES), "action": action}
    form |= {"version": str(ages.problem.current.code), "number": "1"}
    client.post(url("attempt-submit", ages), form, headers=HTMX)
    attempt = Attempt.objects.get()
    verdicts = [fields["verdict"] for fields in attempt.checks]
    assert ("refuted" in verdicts) is is_weighed
    claims = [claim for fields in attempt.checks for claim in fields["claims"]]
    assert {claim["witness"] for claim in claims} == {None}


def test_marks_do_not_tell_between_which_numbers_the_answer_lies(section, check):
    """Lines that hold at an answer above a bound, and lead to the same wrong answer."""
    bounds = (20, 40, 60, 80, 100)
    lines = [f"sqrt((p - {bound})^2) = p - {bound}" for bound in bounds]
    lines += [f"|p - {bound}| = p - {bound}" for bound in bounds]
    seen = set()
    for number, answer in enumerate((10, 30, 50, 70, 90)):
        problem = make_problem(f"p{number}", statement=STATEMENT, final_answer=str(answer))
        item = make_assignment(section, [problem], attempts_allowed=None).problem_set.items.get()
        seen.add(tuple(marks(check(*lines, "p = 999", response="999", item=item))))
    assert len(seen) == 1
