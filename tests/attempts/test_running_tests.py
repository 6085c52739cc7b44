"""While a test runs for a student, its problems are closed to them everywhere else."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse
from django.utils import timezone

from tests.attempts.test_variants import products
from tests.attempts.views.test_answer_page import HTMX, url
from tests.factories import make_assignment, make_content, make_problem, make_section
from tests.sockets import connected, receive, send
from tutor.assignments.models import Assignment, Sitting
from tutor.attempts.access import access_for
from tutor.attempts.help import items_with_solutions_for
from tutor.attempts.models import Attempt, Draft, GivenHelp, Practice, WorkingCheck
from tutor.attempts.practising.further_variants import next_practice
from tutor.attempts.running_tests import HELD
from tutor.attempts.submitting import Refusal
from tutor.problems.models import Problem
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.sockets.session_guard import guard

SAID = str(HELD)


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(
        statement="Solve \\(2x + 3 = 17\\).", final_answer="7", hints=("Take 3 from both sides.",)
    )


@pytest.fixture
def exam(section, problem):
    """A test with the problem of `item`, which is homework with all help at any time."""
    Assignment.objects.update(step_policy="always", reply_policy="always")
    return make_assignment(section, [problem], time_limit_min=30, help_policy="never")


@pytest.fixture
def begin(section, alice, exam):
    def begin(assignment=exam):
        enrollment = assignment.section.enrollments.get(user=alice)
        return Sitting.objects.create(assignment=assignment, enrollment=enrollment)

    return begin


@pytest.fixture
def solved(item):
    solution = request_solution(item.problem.current, user=None)
    steps = ["First take 3 away.", "The answer is \\(\\boxed{7}\\)."]
    checks = [{"verdict": "proved", "claims": [], "rests_on": None, "seconds": 0.0}] * 2
    ended = {"state": State.ENDED, "outcome": "finished", "verdict": "correct"}
    Solution.objects.update(steps=steps, checks=checks, **ended)
    solution.refresh_from_db()
    return solution


def let_pass(**time):
    Sitting.objects.update(begun_at=timezone.now() - timedelta(**time))


def test_the_same_problem_says_nothing_elsewhere(
    client, alice, item, exam, begin, solved, hand_in, form
):
    client.force_login(alice)
    right = form | {"number": "2", "response": "7"}
    wrong = hand_in(alice, "6")
    client.post(reverse("help", args=[item.code]), {"level": "hint", "number": 1})
    client.post(reverse("help", args=[item.code]), {"level": "step", "number": 1})
    client.post(reverse("solution-request", args=[item.code]))
    words = ("Not right", "Take 3 from both sides", "First take 3 away")
    page = client.get(item.get_absolute_url()).content.decode()
    assert all(word in page for word in words)
    begin()
    given = GivenHelp.objects.count()
    doors = [
        client.get(item.get_absolute_url()),
        client.get(url("answer", item), headers=HTMX),
        client.get(reverse("help", args=[item.code]), headers=HTMX),
        client.post(
            reverse("help", args=[item.code]), {"level": "hint", "number": 2}, headers=HTMX
        ),
        client.post(
            reverse("help", args=[item.code]), {"level": "step", "number": 2}, headers=HTMX
        ),
        client.post(reverse("solution-request", args=[item.code]), follow=True),
        client.get(wrong.get_absolute_url(), follow=True),
        client.post(url("attempt-submit", item), right, headers=HTMX),
        client.post(url("draft", item), {"response": "7"}),
        client.post(url("working-check", item), {"working": "2x = 14\nx = 7"}, headers=HTMX),
    ]
    for answer in doors:
        page = answer.content.decode()
        assert not [word for word in (*words, "The answer is", "proved", "Correct") if word in page]
    assert [SAID in answer.content.decode() for answer in doors[:2]] == [True, True]
    assert [SAID in answer.content.decode() for answer in doors[5:7]] == [True, True]
    assert [SAID in answer.content.decode() for answer in doors[8:]] == [True, True]
    assert hand_in(alice, "7", item=item) == Refusal.IN_TEST
    assert (Attempt.objects.count(), GivenHelp.objects.count()) == (1, given)
    assert not Draft.objects.exists()
    assert not WorkingCheck.objects.exists()
    let_pass(minutes=31)
    page = client.get(item.get_absolute_url()).content.decode()
    assert SAID not in page
    assert all(word in page for word in words)


def test_the_test_itself_goes_on(client, alice, item, exam, begin, hand_in):
    begin()
    item_in_test = exam.problem_set.items.get()
    client.force_login(alice)
    assert SAID not in client.get(item_in_test.get_absolute_url()).content.decode()
    assert hand_in(alice, "7", item=item_in_test).is_right


def test_others_and_other_problems_are_not_concerned(
    client, alice, bob, carol, section, item, exam, begin, hand_in
):
    begin()
    other = make_assignment(section, [make_problem("another")]).problem_set.items.get()
    assert hand_in(alice, "4", item=other).is_right
    assert hand_in(bob, "7").is_right
    assert other in items_with_solutions_for(alice)
    for person in (bob, carol):
        client.force_login(person)
        assert SAID not in client.get(item.get_absolute_url()).content.decode()
        assert item in items_with_solutions_for(person)
    assert item not in items_with_solutions_for(alice)


def test_an_older_version_is_the_same_problem(alice, item, exam, begin, solved):
    begin()
    item.problem.revise(make_content(statement="Solve \\(2x + 3 = 17\\) now.", final_answer="7"))
    assert Solution.objects.filter(pk=solved.pk).exists()
    assert not Solution.objects.visible_to(alice).exists()


def test_a_further_variant_is_closed_too(client, alice, section, begin):
    problem = make_problem("a-product")
    problem.revise(products())
    problem.refresh_from_db()
    homework = make_assignment(section, [problem], attempts_allowed=None)
    item = homework.problem_set.items.get()
    practice = next_practice(access_for(alice, item))
    client.force_login(alice)
    assert SAID not in client.get(practice.get_absolute_url()).content.decode()
    for test in (make_assignment(section, [problem], time_limit_min=30), homework):
        Assignment.objects.filter(pk=test.pk).update(time_limit_min=30)
        begin(test)
        assert SAID in client.get(practice.get_absolute_url()).content.decode()
        answer = client.post(
            reverse("practice-attempt-submit", args=[practice.code]), {"response": "1"}
        )
        assert answer.status_code == 302
        assert not Attempt.with_practice.exists()
        client.post(reverse("practice-next", args=[item.code]))
        assert Practice.objects.count() == 1
        let_pass(minutes=31)


def test_of_parallel_sections_the_one_with_the_test_holds(
    client, alice, dan, item, assignment, begin, hand_in
):
    parallel = make_section(teacher=dan, students=[alice], name="10b")
    exam = Assignment.objects.create(
        problem_set=assignment.problem_set,
        section=parallel,
        opens_at=assignment.opens_at,
        due_at=assignment.due_at + timedelta(days=1),
        time_limit_min=30,
        help_policy="never",
    )
    assert access_for(alice, item).assignment == assignment
    begin(exam)
    assert access_for(alice, item).assignment == exam
    assert hand_in(alice, "6").enrollment.section == parallel
    assert item not in items_with_solutions_for(alice)


@pytest.mark.django_db(transaction=True)
async def test_the_socket_gives_no_solution_of_it(alice, item, exam, begin, solved):
    async with connected(alice) as communicator:
        await sync_to_async(begin)()
        await send(communicator, type="solution.start", item=str(item.code))
        refused = await receive(communicator, "request.refused")
        assert (refused["reason"], refused["message"]) == ("not_allowed", SAID)
        await send(communicator, type="solution.watch", solution=str(solved.code))
        assert (await receive(communicator, "request.refused"))["reason"] == "not_found"


@pytest.mark.django_db(transaction=True)
async def test_who_watches_when_the_test_begins_is_turned_away(alice, item, exam, begin, solved):
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=str(solved.code))
        await receive(communicator, "solution.whole")
        await sync_to_async(begin)()
        await guard().check()
        closed = await communicator.receive_output(timeout=10)
        assert closed["type"] == "websocket.close"


def test_other_work_says_what_comes_back_after_the_test(
    client, alice, section, exam, begin, hand_in
):
    problem = make_problem("another", statement="Solve \\(2x = 8\\).", final_answer="4")
    other = make_assignment(section, [problem]).problem_set.items.get()
    hand_in(alice, "5", item=other, working=("2x = 8", "x = 5"))
    client.force_login(alice)
    waits = "Your test is running."
    assert waits not in client.get(other.get_absolute_url()).content.decode()
    begin()
    page = client.get(other.get_absolute_url()).content.decode()
    assert page.count(waits) == 1
    assert 'id="working"' in page
    assert "The result of the check is shown after your test." in page
    assert "They are not checked here" not in page
    checked = client.post(url("working-check", other), {"working": "x = 5"}, headers=HTMX)
    assert "It can be checked after your test." in checked.content.decode()
    assert waits not in client.get(exam.problem_set.items.get().get_absolute_url()).content.decode()
    let_pass(minutes=31)
    assert waits not in client.get(other.get_absolute_url()).content.decode()
