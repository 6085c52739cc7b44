"""Whose solution is shown: the model's if it is proved, the teacher's, the solver's, the rest."""

import pytest
from django.urls import reverse

from tests.factories import make_problem, make_problem_with_parts
from tests.solutions.generation.test_hints import Saying
from tests.solutions.test_item_page import asked_for
from tutor.assignments.models import Assignment
from tutor.attempts.models import GivenHelp
from tutor.problems.models import ReferenceSolution
from tutor.solutions.dispatch.next_best import is_proved_to_its_end
from tutor.solutions.dispatch.solver_solution import solver_solution
from tutor.solutions.models import Solution

pytestmark = pytest.mark.django_db(transaction=True)

STATEMENT = r"Solve \(3x + 5 = 20\)."
PROVED = "We have \\(3x = 15\\).\n\nSo \\(x = 5\\).\n\nThe answer is \\(\\boxed{5}\\)."
REFUTED = "We have \\(3x = 16\\).\n\nSo \\(x = 5\\).\n\nThe answer is \\(\\boxed{5}\\)."
TEACHERS = "Take 5 away, then divide.\n\n\\(x = 5\\)"
REFUSAL = "I was not trained for this."
SOLVERS = "No language model wrote this"
ALWAYS = Assignment.HelpPolicy.ALWAYS


@pytest.fixture
def problem(db):
    return make_problem(statement=STATEMENT, final_answer="5", solution="\\boxed{5}", hints=())


@pytest.fixture(autouse=True)
def nothing_stored(item):
    """The teacher has stored no solution, and one of the model is enough."""
    Assignment.objects.update(step_policy=ALWAYS)
    ReferenceSolution.objects.update(text="")


@pytest.fixture
def answered_by_model(client, alice, item, start_worker, settings):
    """The page after Alice has asked and the model has answered."""
    settings.SOLUTION_TRIES = 1

    def answered_by_model(answer):
        client.force_login(alice)
        asked_for(client, item)
        start_worker(Saying(answer)).solve()
        return client.get(item.get_absolute_url()).content.decode()

    return answered_by_model


@pytest.fixture
def take_step(client, alice, item):
    def take_step(number):
        client.force_login(alice)
        sent = {"level": "step", "number": number}
        client.post(reverse("help", args=[item.code]), sent)
        return [given.text.strip() for given in GivenHelp.objects.filter(level="step")]

    return take_step


def own_form(client, item):
    """The page after a click on the button of the next best."""
    url = reverse("solution-request", args=[item.code])
    return client.post(url, {"next-best": "1"}, follow=True).content.decode()


def test_proved_solution_of_the_model_comes_first(answered_by_model):
    ReferenceSolution.objects.update(text=TEACHERS)
    page = answered_by_model(PROVED)
    assert is_proved_to_its_end(Solution.objects.get())
    assert "Take 5 away" not in page
    assert "3x = 15" in page


def test_teachers_comes_before_an_unproved_one_of_the_model(answered_by_model):
    ReferenceSolution.objects.update(text=TEACHERS)
    page = answered_by_model(REFUTED)
    assert not is_proved_to_its_end(Solution.objects.get())
    assert page.index("Take 5 away") < page.index("The model’s own words") < page.index("3x = 16")


def test_solvers_comes_where_the_teacher_has_stored_none(answered_by_model):
    page = answered_by_model(REFUTED)
    assert page.index(SOLVERS) < page.index("x = 15") < page.index("3x = 16")


def test_without_a_model_there_is_a_solution_too(client, alice, item):
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Show Lemma’s solution" in page
    assert SOLVERS not in page
    assert SOLVERS in own_form(client, item)
    assert GivenHelp.objects.filter(level="solution").exists()  # it is help


def test_the_student_reads_whose_solution_counts_as_help(client, alice, item):
    client.force_login(alice)
    words = "counts as help until you have answered right"
    assert f"Lemma’s solution {words}." in client.get(item.get_absolute_url()).content.decode()
    ReferenceSolution.objects.update(text=TEACHERS)
    page = client.get(item.get_absolute_url()).content.decode()
    assert f"Your teacher’s solution {words}." in page


def test_who_waits_for_a_model_that_is_away_is_offered_it(client, alice, item):
    client.force_login(alice)
    assert "Show Lemma’s solution" in asked_for(client, item)


def test_model_that_is_there_is_waited_for(client, alice, item, model_present):
    client.force_login(alice)
    assert 'data-part="next-best"' in client.get(item.get_absolute_url()).content.decode()
    assert SOLVERS not in own_form(client, item)


def test_steps_go_on_from_the_solution_that_they_began_with(take_step, answered_by_model):
    [first] = take_step(1)
    assert "Subtract 5 from both sides" in first
    answered_by_model(PROVED)
    assert take_step(1) == [first]


def test_steps_of_a_refuted_solution_are_not_given_where_the_solver_has_some(
    answered_by_model, take_step
):
    answered_by_model(REFUTED)
    [first] = take_step(1)
    assert "Subtract 5 from both sides" in first


def test_refusal_offers_the_next_best_at_once_and_is_no_help(answered_by_model, client, item):
    page = answered_by_model(REFUSAL)
    assert "The model cannot do this one" in page
    assert "Show Lemma’s solution" in page
    assert not GivenHelp.objects.exists()
    assert Solution.objects.get().verdict == ""
    assert SOLVERS in own_form(client, item)


def test_refusal_without_a_next_best_has_words_of_its_own(answered_by_model, without_next_best):
    page = answered_by_model(REFUSAL)
    assert "The model says that it cannot solve problems of this kind" in page
    assert "did not solve" not in page[page.index('id="help"') : page.index('id="solution"')]


def test_solvers_solution_has_to_end_at_the_stored_answer(item):
    version = item.problem.current
    assert [line.line for line in solver_solution(version).lines] == ["3x = 15", "x = 5"]
    other = make_problem("other", statement=STATEMENT, final_answer="6", solution="\\boxed{6}")
    assert solver_solution(other.current) is None


def test_problem_with_parts_is_no_line_of_the_solver(section):
    assert solver_solution(make_problem_with_parts().current) is None


def test_test_or_policy_that_holds_solutions_back_holds_this_one_back(client, alice, item):
    Assignment.objects.update(help_policy=Assignment.HelpPolicy.NEVER)
    client.force_login(alice)
    assert SOLVERS not in own_form(client, item)
    assert "Show Lemma’s solution" not in client.get(item.get_absolute_url()).content.decode()
