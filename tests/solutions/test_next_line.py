"""The next line of a student's own working, given as help."""

import pytest
from django.urls import reverse

from tests.factories import make_content, make_problem
from tutor.assignments.models import Assignment, HelpLevel
from tutor.attempts.models import Attempt, Draft, GivenHelp, WithheldHelp
from tutor.problems.models import Problem
from tutor.solutions.help_panel.views import HELP_A_MINUTE

HTMX = {"HX-Request": "true"}


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(
        statement="Solve \\(7x - 4 = 3x + 16\\) for \\(x\\).",
        final_answer="5",
        solution="\\boxed{5}",
        hints=(),
    )


@pytest.fixture
def take(client, alice, item):
    Assignment.objects.update(step_policy="always")
    client.force_login(alice)

    def take(number=1):
        address = reverse("help", args=[item.code])
        page = client.post(address, {"level": "line", "number": number}, headers=HTMX)
        return page.content.decode()

    return take


def lines_given():
    texts = GivenHelp.objects.filter(level=HelpLevel.LINE).values_list("text", flat=True)
    return [text.replace(r"\,", "").replace(" -4", " - 4") for text in texts]


def write(item, *lines):
    enrollment = item.problem_set.assignments.get().section.enrollments.get(user__username="alice")
    Draft.objects.update_or_create(
        enrollment=enrollment, item=item, practice=None, defaults={"working": list(lines)}
    )


def test_first_line_follows_the_problem(take):
    page = take()
    assert lines_given() == [r"Subtract 3x from both sides: \(4x - 4 = 16\)"]
    assert "Subtract 3x from both sides" in page


def test_lines_follow_one_another(take):
    take()
    take(2)
    assert lines_given()[1] == r"Add 4 to both sides: \(4x = 20\)"


def test_line_follows_what_the_student_wrote(take, item):
    write(item, "4x - 4 = 16", "")
    take()
    assert lines_given() == [r"Add 4 to both sides: \(4x = 20\)"]


def test_wrong_last_line_is_left_out(take, item):
    write(item, "4x - 4 = 16", "4x = 12")
    take()
    assert lines_given() == [r"Add 4 to both sides: \(4x = 20\)"]


def test_line_that_says_the_answer_tells_only_its_move(take, item):
    write(item, "4x = 20")
    page = take()
    assert lines_given() == ["The next line is the answer itself. Divide both sides by 4."]
    assert "x = 5" not in page


def test_numbers_that_are_left_to_work_out_are_shown_and_no_line_comes_after(take, problem, item):
    statement = "Solve \\(x + 4 = 10\\) for \\(x\\)."
    problem.revise(make_content(statement=statement, final_answer="6"))
    Assignment.objects.update(attempts_allowed=None)
    write(item, "x = 10 - 4")
    page = take()
    assert lines_given() == [r"The next line is the answer itself. Work out \(10 - 4\)."]
    assert "One more line" not in page
    assert WithheldHelp.objects.get().level == HelpLevel.LINE


def test_double_click_gives_one_line(take):
    take()
    take()
    assert len(lines_given()) == 1


def test_nothing_is_given_or_booked_where_nothing_is_sure(take, item):
    statement = "Describe a trapezium in your own words."
    item.problem.versions.update(statement=statement)
    page = take()
    assert "Lemma is not sure what comes next" in page
    assert lines_given() == []


def test_why_there_is_no_line_stands_where_it_was_asked_for_and_is_focused(take, item):
    item.problem.versions.update(statement="Describe a trapezium in your own words.")
    above, _level, within = take().partition('data-level="line"')
    assert "Lemma is not sure" not in above
    assert within.index("Lemma is not sure") < within.index("</form>")
    assert (above + within).count("data-focus") == 1


def test_refusal_of_help_that_the_page_does_not_have_stands_above(take, client, item):
    Assignment.objects.update(step_policy="never")
    for _time in range(HELP_A_MINUTE):
        take()
    page = take()
    assert 'data-level="line"' not in page
    assert "That was too fast. Wait a minute." in page


def test_line_costs_cpu_time_which_has_a_limit(take, client, alice, settings):
    settings.WORK_A_MINUTE_S = 0.001
    take()
    page = take(2)
    assert "That was too fast. Wait a minute." in page
    assert len(lines_given()) == 1


def test_policy_of_steps_holds_for_lines(take, item):
    Assignment.objects.update(step_policy="never")
    take()
    assert lines_given() == []


def test_answer_after_a_line_counts_as_helped(take, client, item):
    take()
    version = item.problem.current
    client.post(
        reverse("attempt-submit", args=[item.code]),
        {"response": "5", "action": "7b1cdb6c-3c5f-4f7d-9f43-5d9f3c6d0f10", "number": 1,
         "version": version.code},
    )  # fmt: skip
    assert Attempt.objects.get().helped_by == HelpLevel.LINE


@pytest.mark.parametrize("guess", ["x = 5", "x = 6", "the answer is 5", "5"])
def test_guess_at_the_answer_changes_nothing_where_attempts_are_limited(take, item, guess):
    """Else the next line would tell, without an attempt, whether a guess is right."""
    Assignment.objects.update(attempts_allowed=3)
    write(item, "4x - 4 = 16", "4x = 20", guess)
    page = take()
    assert lines_given() == ["The next line is the answer itself. Divide both sides by 4."]
    assert "not sure" not in page


FINISHED = "Your working is finished. Submit the answer in its last line."


@pytest.mark.parametrize("end", ["x = 5", "x = 20/4 = 5"])
def test_it_says_that_a_right_working_is_finished(take, item, end):
    Assignment.objects.update(attempts_allowed=None)
    write(item, "4x - 4 = 16", "4x = 20", end)
    page = take()
    assert FINISHED in page
    assert "not sure" not in page
    assert lines_given() == []


def test_a_working_that_the_solver_does_not_know_is_finished_by_its_answer(take, problem, item):
    Assignment.objects.update(attempts_allowed=None)
    statement = "Anna has 7 bags with 4 apples and 2 more. How many apples has she?"
    problem.revise(make_content(statement=statement, final_answer="30"))
    write(item, "7 · 4 = 28", "28 + 2 = 30")
    assert FINISHED in take()


def test_a_working_in_which_a_line_is_wrong_is_not_finished(take, problem, item):
    Assignment.objects.update(attempts_allowed=None)
    statement = "Anna has 7 bags with 4 apples and 2 more. How many apples has she?"
    problem.revise(make_content(statement=statement, final_answer="30"))
    write(item, "7 · 4 = 29", "28 + 2 = 30")
    assert FINISHED not in take()


@pytest.mark.parametrize("end", ["x^2 + 6x + 9", "x^2 + 6x + 8"])
def test_the_stored_answer_is_not_asked_where_attempts_are_limited(take, problem, item, end):
    """Else asking for a line would tell whether a guess is right."""
    Assignment.objects.update(attempts_allowed=3)
    statement = "What does Anna write in the empty box of her formula?"
    problem.revise(make_content(statement=statement, final_answer="x^2+6x+9", kind="expression"))
    write(item, end)
    assert FINISHED not in take()


def test_problem_that_the_solver_takes_for_another_one_has_no_next_line(take, problem):
    problem.revise(make_content(statement=problem.current.statement, final_answer="4"))
    take()
    assert lines_given() == []
