"""What students get where the model's solutions disagree or are wrong, by every way to one."""

from functools import partial

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from tests.asking import request_for
from tests.sockets import connected, receive, send
from tests.solutions.generation.test_hints import Saying
from tests.solutions.generation.test_readiness_samples import boxed
from tests.solutions.test_item_page import asked_for, without_templates
from tutor.assignments.models import Assignment
from tutor.attempts.models import GivenHelp
from tutor.problems.models import ProblemVersion, ReferenceSolution
from tutor.solutions.dispatch.reference_solution import checked_reference
from tutor.solutions.dispatch.voting import vote_on
from tutor.solutions.models import CheckedReference, Solution, SolutionView
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.requests.precompute import ask_to_prepare, prepare_solutions

pytestmark = pytest.mark.django_db(transaction=True)

DISAGREE = [boxed(n) for n in (1, 2, 3, 4)]
WRONG = [boxed(5), boxed("10/2"), boxed(5), "No idea."]
OWN = "Add two and two.\n\n\\(2 + 2 = 4\\)\n\n\\(\\boxed{4}\\)"


@pytest.fixture
def hold_vote(assignment, item, start_worker):
    """Has the model say this, one answer after the other, until the vote is in."""
    ReferenceSolution.objects.update(text=OWN)

    def hold_vote(*answers):
        ask_to_prepare(assignment)
        prepare_solutions()
        worker = start_worker(Saying(*answers))
        for _ in answers:
            worker.solve()
        return vote_on(item.problem.current)

    return hold_vote


def test_prepared_ones_are_compared_by_the_worker(hold_vote, item):
    vote = hold_vote(*WRONG)
    assert [solution.answers_like for solution in vote.tries] == [1, 1, 1, 0]
    assert vote.abstains
    stored = CheckedReference.objects.get(reference__version=item.problem.current)
    assert [check["verdict"] for check in stored.checks] == ["unchecked", "proved", "proved"]


def test_a_database_that_is_away_while_votes_are_counted_loses_none(assignment, item, start_worker):
    ask_to_prepare(assignment)
    prepare_solutions()
    worker = start_worker(Saying(*WRONG))
    for _ in WRONG[:-1]:
        worker.solve()
    Solution.objects.update(answers_like=0)
    lost = []

    def lose_once(execute, sql, *how):
        if not lost and sql.startswith("UPDATE") and "CASE" in sql:
            lost.append(sql)
            raise OperationalError("the connection is lost")
        return execute(sql, *how)

    with connection.execute_wrapper(lose_once):
        worker.solve()
    assert lost
    assert [solution.answers_like for solution in vote_on(item.problem.current).tries] == [
        1,
        1,
        1,
        0,
    ]


def test_the_winners_best_is_what_everybody_gets(hold_vote, alice, item):
    long = f"First we think about it for a while.\n\n{boxed('8/2')}"
    hold_vote(boxed(5), long, boxed(4), boxed(5))
    solution = request_for(alice, item)
    assert solution.final_answer == "4"
    assert solution.number == 3
    assert request_solution(item.problem.current, None) == solution


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (DISAGREE, "attempts at this problem disagree"),
        (WRONG, "is not the right answer"),
        (["I give up."] * 4, "cannot solve problems of this kind"),
        (["I give up.", *["There is no way out of this. " * 20] * 3], "came to an answer"),
    ],
)
def test_the_page_says_why_none_is_shown(hold_vote, client, alice, item, answers, sentence):
    hold_vote(*answers)
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert sentence in page
    assert "So it is" not in page
    assert "data-socket" not in page
    assert "Add two and two" not in page  # who still works on it has to ask
    assert not GivenHelp.objects.exists()


def test_who_asks_gets_the_teachers_solution_with_its_marks(hold_vote, client, alice, item):
    hold_vote(*WRONG)
    client.force_login(alice)
    page = without_templates(asked_for(client, item))
    assert "Your teacher’s solution" in page
    assert "Add two and two" in page
    assert page.count('data-mark="proved"') >= 1
    assert GivenHelp.objects.get().level == "solution"
    assert not SolutionView.objects.exists()
    assert "Add two and two" in client.get(item.get_absolute_url()).content.decode()


def test_it_is_help_in_what_is_answered_afterwards(hold_vote, client, alice, item, hand_in):
    hold_vote(*DISAGREE)
    client.force_login(alice)
    asked_for(client, item)
    assert hand_in(alice, "4").helped_by == "solution"


@pytest.mark.parametrize("policy", ["never", "after_due"])
def test_nobody_gets_it_before_the_policy_allows_a_whole_solution(
    hold_vote, client, alice, item, policy
):
    hold_vote(*WRONG)
    Assignment.objects.update(help_policy=policy)
    client.force_login(alice)
    page = asked_for(client, item)
    assert "Add two and two" not in page
    assert "attempts agree on" not in page
    assert not GivenHelp.objects.exists()


def test_where_no_teachers_solution_is_stored_nothing_was_given(hold_vote, client, alice, item):
    hold_vote(*DISAGREE)
    ReferenceSolution.objects.update(text="")
    ProblemVersion.objects.update(statement="Guess the number.")
    client.force_login(alice)
    page = asked_for(client, item)
    assert "Your teacher has not added a solution" in page
    assert "Show your teacher" not in page
    assert not GivenHelp.objects.exists()


def test_teachers_see_it_at_once(hold_vote, client, carol, item):
    hold_vote(*WRONG)
    client.force_login(carol)
    assert "Add two and two" in client.get(item.get_absolute_url()).content.decode()


@pytest.fixture
def disagreed(hold_vote):
    return hold_vote(*DISAGREE)


async def test_through_the_socket_nothing_is_streamed(disagreed, alice, item):
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        refusal = await receive(communicator, "request.refused", "solution.status")
    assert refusal["reason"] == "abstained"
    assert await Solution.objects.acount() == 4


@pytest.fixture
def won(hold_vote):
    return hold_vote(boxed(5), "Two and two.\n\n" + boxed("8/2"), boxed(4), boxed(6))


async def test_through_the_socket_the_winners_best_is_there_at_once(won, alice, item):
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        status = await receive(communicator, "solution.status", "request.refused")
        whole = await receive(communicator, "solution.whole", "solution.end")
    best = await Solution.objects.aget(code=status["solution"])
    end = whole.get("end") or whole
    assert (best.number, end["verdict"], end["answer"]) == (3, "correct", "4")
    assert await Solution.objects.acount() == 4


def test_who_asks_while_they_are_prepared_waits_for_one_of_these(assignment, alice, bob, item):
    ask_to_prepare(assignment)
    prepare_solutions()
    first = request_for(alice, item)
    assert request_for(bob, item) == first
    assert Solution.objects.waiting().first() == first  # before the other three
    assert Solution.objects.count() == 4


def test_no_step_of_a_lucky_solution_is_help(hold_vote, client, alice, item):
    Assignment.objects.update(step_policy="always")
    hold_vote(*DISAGREE)
    ReferenceSolution.objects.update(text=OWN.replace("Add two and two", "Count on from two"))
    client.force_login(alice)
    ask = partial(client.post, reverse("help", args=[item.code]), {"level": "step", "number": 1})
    ask()
    assert [given.text.strip() for given in GivenHelp.objects.all()] == ["Count on from two."]
    GivenHelp.objects.all().delete()
    ReferenceSolution.objects.update(text="")
    ProblemVersion.objects.update(statement="Guess the number.")
    ask()
    page = client.get(item.get_absolute_url()).content.decode()
    assert "did not solve this problem, so there are no steps" in page
    assert not GivenHelp.objects.exists()


def test_a_right_one_that_was_watched_stays_whatever_the_others_say(
    client, alice, bob, item, start_worker, settings
):
    settings.SOLUTION_TRIES = 3
    worker = start_worker(Saying(boxed(4), boxed(5), boxed(6)))
    first = request_for(alice, item)
    worker.solve()
    Assignment.objects.update(opens_at="2100-01-01T00:00Z", due_at="2100-01-02T00:00Z")
    settings.PREPARE_HOURS = 24 * 365 * 200
    prepare_solutions()
    for _ in range(2):
        worker.solve()
    assert vote_on(item.problem.current).abstains
    Assignment.objects.update(opens_at="2000-01-01T00:00Z")
    assert request_for(alice, item) == first
    assert request_for(bob, item) is None
    client.force_login(alice)
    assert "So it is" in client.get(item.get_absolute_url()).content.decode()


def test_a_vote_that_is_not_in_yet_lets_watch_what_runs(alice, bob, item, start_worker):
    tries = [request_solution(item.problem.current, None)]
    worker = start_worker(Saying(boxed(5), boxed(4)))
    worker.solve()
    assert request_for(alice, item) == tries[0]
    second = request_for(alice, item)
    assert second.number == 2
    assert request_for(bob, item) == second
    worker.solve()
    assert request_for(bob, item).is_right
    assert Solution.objects.count() == 2


def test_marks_are_kept_and_a_reference_that_is_edited_is_checked_anew(
    hold_vote, client, carol, item
):
    hold_vote(*WRONG)
    client.force_login(carol)
    client.get(item.get_absolute_url())
    ReferenceSolution.objects.update(text="\\(2+2=5\\)")
    page = without_templates(client.get(item.get_absolute_url()).content.decode())
    assert 'data-mark="refuted"' in page
    assert CheckedReference.objects.count() == 1


def test_checking_a_long_reference_goes_on_where_it_came_to(item):
    version = item.problem.current
    ReferenceSolution.objects.update(text=OWN)

    def checked(within_s):
        checked_reference(version, within_s)
        return CheckedReference.objects.get().checks

    assert checked(within_s=0) == []
    marked = checked(within_s=30)[0] | {"rests_on": 7}
    CheckedReference.objects.update(checks=[marked])
    assert checked(within_s=0) == [marked]
    gone_on = checked(within_s=30)
    assert gone_on[0] == marked
    assert [check["verdict"] for check in gone_on] == ["unchecked", "proved", "proved"]


@pytest.mark.parametrize("answers", [[boxed(4)] * 4, DISAGREE, WRONG])
def test_only_what_agrees_with_the_stored_answer_is_shown_as_right(
    hold_vote, client, alice, item, answers
):
    hold_vote(*answers)
    client.force_login(alice)
    page = asked_for(client, item)
    shown = '<div class="ending right of-solution" data-ending="correct">'
    assert (shown in page) == (answers[0] == boxed(4))
    if shown in page:
        assert "<h3>The answer of this solution is right</h3>" in page
