"""Single steps of a finished solution, given one at a time, and none that says the answer."""

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER
from tutor.assignments.models import Assignment, HelpLevel
from tutor.attempts.models import GivenHelp, WithheldHelp
from tutor.grading import AnswerKey, Form, Kind, Verdict
from tutor.problems.models import Problem, ReferenceSolution, StoredKey
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution

HTMX = {"HX-Request": "true"}
STEPS = [
    "First take 3 from both sides.\n\n",
    "So \\(2x + 3 = 99\\) at first.\n\n",
    "That leaves \\(2x = 14\\).\n\n",
    "Divide by 2: \\(x = 7\\).\n\n",
    "The answer is \\(\\boxed{7}\\).",
]
REFUTED = {
    "verdict": "refuted", "claims": [], "rests_on": None, "seconds": 0.0,
}  # fmt: skip


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(
        statement="Solve \\(2x + 3 = 17\\).", final_answer="7", solution="\\boxed{7}", hints=()
    )


@pytest.fixture
def take(client, item):
    def take(number=1, **fields):
        address = reverse("help", args=[item.code])
        page = client.post(address, {"level": "step", "number": number, **fields}, headers=HTMX)
        return page.content.decode()

    return take


@pytest.fixture
def solved(item) -> Solution:
    Assignment.objects.update(step_policy="always")
    solution = request_solution(item.problem.current, user=None)
    checks = [{**REFUTED, "verdict": "proved"} for _ in STEPS]
    checks[1] = REFUTED
    Solution.objects.update(
        state=State.ENDED,
        outcome="finished",
        verdict=Verdict.CORRECT,
        steps=STEPS,
        checks=checks,
    )
    solution.refresh_from_db()
    return solution


def steps_given():
    return [given.number for given in GivenHelp.objects.filter(level=HelpLevel.STEP)]


def test_steps_come_one_at_a_time_and_a_refuted_one_never(client, alice, solved, take):
    client.force_login(alice)
    first = take(1)
    assert "First take 3" in first
    assert "2x = 14" not in first
    second = take(3)
    assert "2x = 14" in second
    assert "= 99" not in second
    assert steps_given() == [1, 3]


def test_steps_of_a_corrected_solution_say_so(client, alice, solved, take):
    client.force_login(alice)
    assert "Corrected by Lemma" not in take(1)
    Solution.objects.update(corrections=[{"step": 1}])
    assert "Corrected by Lemma" in take(3)


def test_a_step_that_says_the_answer_is_withheld_and_counted(client, alice, solved, take):
    client.force_login(alice)
    take(1)
    take(3)
    page = take(4)
    assert "The next part would give the answer away" in page
    assert "x = 7" not in page
    assert steps_given() == [1, 3]
    withheld = WithheldHelp.objects.get()
    assert (withheld.level, withheld.number, withheld.leak) == ("step", 4, "x = 7")
    take(4)
    take(5)
    assert WithheldHelp.objects.count() == 1
    assert (
        "x = 7"
        not in client.get(
            reverse("help", args=[solved.version.problem.items.get().code]), headers=HTMX
        ).content.decode()
    )


def test_a_first_step_that_says_the_answer_is_not_offered(client, alice, solved, item):
    Solution.objects.update(steps=STEPS[3:], checks=[])
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "The next part would give the answer away" in page
    assert "Show the first step" not in page


def test_a_later_step_that_says_the_answer_is_not_offered(client, alice, solved, take):
    client.force_login(alice)
    assert "Next step" in take(1)
    page = take(3)
    assert "The next part would give the answer away" in page
    assert "Next step" not in page
    assert not WithheldHelp.objects.exists()


def test_a_problem_without_a_key_gives_no_step(client, alice, solved, take):
    StoredKey.objects.all().delete()
    client.force_login(alice)
    assert "First take 3" not in take(1)
    assert steps_given() == []


@pytest.mark.parametrize("verdict", [Verdict.INCORRECT, Verdict.UNDECIDED, Verdict.UNREADABLE])
def test_a_solution_that_disagrees_with_the_stored_answer_gives_no_step(
    client, alice, solved, take, verdict, settings, without_next_best
):
    settings.SOLUTION_TRIES = 1
    Solution.objects.update(verdict=verdict)
    client.force_login(alice)
    page = take(1)
    assert "First take 3" not in page
    assert "The model did not solve this problem" in page


@pytest.mark.django_db(transaction=True)
def test_where_there_is_no_solution_one_is_worked_out(
    client, alice, item, take, start_worker, without_next_best
):
    Assignment.objects.update(step_policy="always")
    StoredKey.objects.update(value="4")
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "so there are no steps to show. Try again later." in page
    assert "If you ask, your request is kept until one is." in page
    assert "Ask for a solution" in page
    assert "Watch it being solved" not in page
    assert "Show one step" not in page
    page = take(0)  # from a page that was loaded while there was a solver
    assert "No language model is running" in page
    assert "load delay" in page
    assert f'hx-get="{reverse("help", args=[item.code])}?step=1"' in page
    start_worker(ScriptedEngine(ANSWER)).solve()
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Show the first step" in page
    assert 'hx-trigger="load, submit"' not in page
    awaited = client.get(reverse("help", args=[item.code]), {"step": 1}, headers=HTMX)
    assert 'hx-trigger="load, submit"' in awaited.content.decode()  # sent as soon as it is there
    page = take(1, awaited=1)
    assert "First step." in page
    assert "data-focus" not in page.partition("First step.")[0].rpartition("<form")[2]


def test_where_no_solution_could_be_found_right_none_is_offered(
    client, alice, section, model_present
):
    key = AnswerKey("Because of the angles.", Kind.TEXT, form=Form.FREE_TEXT)
    item = make_assignment(section, [make_problem("why", key=key)]).problem_set.items.get()
    Assignment.objects.update(step_policy="always")
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Show one step" not in page
    assert "Show the first step" in page  # of the teacher's own
    ReferenceSolution.objects.update(text="")
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Lemma has no steps for it" in page


@pytest.mark.parametrize("policy", ["never", "after_due", "attempts"])
def test_where_steps_are_not_offered_none_comes(client, alice, solved, take, policy):
    Assignment.objects.update(step_policy=policy)
    client.force_login(alice)
    assert "First take 3" not in take(1)
    assert steps_given() == []


def test_watching_a_whole_solution_is_help_too(client, alice, carol, solved, item):
    client.force_login(alice)
    client.get(item.get_absolute_url())
    assert not GivenHelp.objects.exists()
    client.post(reverse("solution-request", args=[item.code]))
    given = GivenHelp.objects.get()
    assert (given.level, given.enrollment.user, given.version) == (
        "solution",
        alice,
        solved.version,
    )
    client.force_login(carol)
    client.get(item.get_absolute_url())
    assert GivenHelp.objects.count() == 1
