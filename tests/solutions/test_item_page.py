import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER, REASONING
from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment
from tutor.problems.models import Problem
from tutor.solutions.models import Solution, SolutionView, State
from tutor.solutions.requests.find_or_queue import request_solution


@pytest.fixture
def solved(item, start_worker, transactional_db):
    solution = request_solution(item.problem.current, user=None)
    start_worker(ScriptedEngine(ANSWER, reasoning=REASONING)).solve()
    solution.refresh_from_db()
    return solution


def test_it_shows_the_problem_and_offers_help(client, alice, item):
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert r"What is \(2 + 2\)?" in page
    assert "Count on from 2." not in page
    assert reverse("help", args=[item.code]) in page
    assert reverse("solution-request", args=[item.code]) in page


def test_without_javascript_a_finished_solution_is_a_page(client, alice, item, solved):
    client.force_login(alice)
    assert "First step." not in client.get(item.get_absolute_url()).content.decode()
    assert not SolutionView.objects.exists()
    page = asked_for(client, item)
    assert "First step." in page
    assert "Let me think." in page
    assert not re.search(r"[Tt]okens|scripted-model|Technical details", without_templates(page))
    assert SolutionView.objects.filter(user=alice, solution=solved).exists()


def asked_for(client, item):
    """The page after a click on "Watch it being solved"."""
    return client.post(reverse("solution-request", args=[item.code]), follow=True).content.decode()


def test_who_has_no_answer_to_give_sees_a_finished_solution_at_once(client, carol, item, solved):
    client.force_login(carol)
    assert "First step." in client.get(item.get_absolute_url()).content.decode()


def test_a_teacher_finds_the_technical_details(client, carol, item, solved):
    client.force_login(carol)
    page = client.get(item.get_absolute_url()).content.decode()
    details = page[page.index("Technical details") :]
    assert solved.model in details
    assert f'<code data-part="rule-name">{solved.rule}</code>' in details
    assert f'<span data-part="tokens">{solved.completion_tokens}</span>' in details


def without_templates(page):
    return re.sub(r"<template\b.*?</template>", "", page, flags=re.DOTALL)


def test_without_javascript_each_step_has_its_mark(
    client, alice, item, start_worker, transactional_db, without_next_best
):
    request_solution(item.problem.current, user=None)
    steps = ["First.\n\n", "\\(2+2=5\\)\n\n", "\\(1+1=2\\)\n\n", "\\(\\boxed{4}\\)"]
    start_worker(ScriptedEngine(steps)).solve()
    client.force_login(alice)
    page = without_templates(asked_for(client, item))
    summaries = re.findall(r'<details class="check".*?</summary>', page, flags=re.DOTALL)
    marks = [re.findall(r'data-mark="(\w+)">', summary) for summary in summaries]
    assert marks == [["unchecked"], ["refuted"], ["proved"], ["right_answer"]]
    assert '<span data-part="not-checked" hidden>' in page
    assert '<p data-part="but-refuted" data-refuted="yes">' in page
    assert '<span class="right" data-refuted="no" hidden>Correct</span>' in page
    assert '<span class="open" data-refuted="yes">Right answer, but not every step' in page
    assert page.count('<li class="refuted">') == 2  # the step and its claim


def test_a_solution_from_before_steps_were_checked_says_so(
    client, alice, item, solved, without_next_best
):
    Solution.objects.update(checks=[], checker="")
    client.force_login(alice)
    page = without_templates(asked_for(client, item))
    assert "First step." in page
    assert 'class="check"' not in page
    assert '<span data-part="not-checked">The steps were not checked.</span>' in page


def test_without_javascript_asking_is_a_form(client, alice, item, run_tasks, start_worker):
    start_worker(ScriptedEngine(ANSWER))
    client.force_login(alice)
    response = client.post(reverse("solution-request", args=[item.code]))
    assert response.url == f"{item.get_absolute_url()}#solution"
    solution = Solution.objects.get()
    assert (solution.state, solution.version) == (State.QUEUED, item.problem.current)
    client.post(reverse("solution-cancel", args=[item.code]))
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, "aborted")


@pytest.mark.parametrize(("name", "state"), [("bob", State.QUEUED), ("carol", State.ENDED)])
def test_what_a_classmate_asked_for_without_a_socket_is_stopped_by_teachers_alone(
    client, alice, bob, carol, item, name, state
):
    client.force_login(alice)
    client.post(reverse("solution-request", args=[item.code]))
    client.force_login({"bob": bob, "carol": carol}[name])
    page = client.post(reverse("solution-cancel", args=[item.code]), follow=True)
    assert Solution.objects.get().state == state
    assert ("not for you alone" in page.content.decode()) == (state == State.QUEUED)


def test_what_two_asked_for_is_stopped_by_neither(client, alice, bob, item):
    for person in (alice, bob):
        client.force_login(person)
        client.post(reverse("solution-request", args=[item.code]))
    client.post(reverse("solution-cancel", args=[item.code]))
    assert Solution.objects.get().state == State.QUEUED


def test_what_is_prepared_for_the_class_is_stopped_by_no_student(client, alice, item):
    request_solution(item.problem.current, None)
    client.force_login(alice)
    client.post(reverse("solution-cancel", args=[item.code]))
    assert Solution.objects.get().state == State.QUEUED


def test_another_try_is_for_who_saw_the_last_one_fail(alice, bob, item, start_worker, settings):
    settings.SOLUTION_TRIES = 2
    version = item.problem.current
    first = request_solution(version, alice)
    Solution.objects.filter(pk=first.pk).update(
        state=State.ENDED, outcome="finished", verdict="incorrect"
    )
    assert request_solution(version, bob) == first  # he has not seen it yet
    SolutionView.objects.create(solution=first, user=alice)
    second = request_solution(version, alice)
    assert second.number == 2
    assert request_solution(version, alice) == second
    Solution.objects.filter(pk=second.pk).update(
        state=State.ENDED, outcome="finished", verdict="incorrect"
    )
    SolutionView.objects.create(solution=second, user=alice)
    assert request_solution(version, alice) is None  # no further tries, and none to be shown


def test_a_right_solution_is_not_asked_for_again(alice, item):
    first = request_solution(item.problem.current, alice)
    SolutionView.objects.create(solution=first, user=alice)
    Solution.objects.update(state=State.ENDED, outcome="finished", verdict="correct")
    assert request_solution(item.problem.current, alice) == first


@pytest.mark.parametrize("policy", ["never", "after_due"])
def test_where_help_is_off_nothing_can_be_asked_for(client, alice, item, policy):
    Assignment.objects.update(help_policy=policy)
    request_solution(item.problem.current, None)
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert reverse("solution-request", args=[item.code]) not in page
    assert str(Solution.objects.get().code) not in page
    client.post(reverse("solution-request", args=[item.code]))
    client.post(reverse("solution-cancel", args=[item.code]))
    assert Solution.objects.get().state == State.QUEUED


@pytest.mark.parametrize("name", ["item", "solution-request", "solution-cancel"])
def test_what_is_not_theirs_is_not_there(client, dan, item, name):
    client.force_login(dan)
    url = reverse(name, args=[item.code])
    response = client.get(url) if name == "item" else client.post(url)
    assert response.status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, item):
    response = client.get(item.get_absolute_url())
    assert response.url.startswith(reverse("account_login"))


def test_before_it_opens_students_see_nothing_and_the_teacher_all(client, alice, carol, item):
    Assignment.objects.update(opens_at=timezone.now() + timedelta(days=1))
    section = Assignment.objects.get().section
    client.force_login(alice)
    assert client.get(item.get_absolute_url()).status_code == 404
    assert b"Warming up" not in client.get(reverse("home")).content
    client.force_login(carol)
    assert client.get(item.get_absolute_url()).status_code == 200
    assert b"Warming up" in client.get(section.get_absolute_url()).content


def test_no_page_of_a_student_holds_the_stored_answer(
    client, alice, section, make_secret_problem, start_worker, transactional_db
):
    problem = make_secret_problem("31415")
    assignment = make_assignment(section, [problem, make_problem()])
    item = assignment.problem_set.items.first()
    request_solution(problem.current, alice)
    start_worker(ScriptedEngine(["\\(\\boxed{1}\\)"])).solve()
    client.force_login(alice)
    for url in (reverse("home"), assignment.get_absolute_url(), item.get_absolute_url()):
        page = client.get(url).content.decode()
        # Random codes and fractions of a second may hold any digits.
        page = re.sub("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", page)
        page = re.sub('datetime="[^"]*"', "", page)
        assert "31415" not in page


def test_queries_do_not_grow_with_the_set(client, alice, section):
    problems = [make_problem(f"sum-{n}") for n in range(12)]
    short = make_assignment(section, problems[:2])
    long = make_assignment(section, problems)
    client.force_login(alice)
    counts, at_items = [], []
    for assignment in (short, long):
        with CaptureQueriesContext(connection) as queries:
            client.get(assignment.get_absolute_url())
            before = len(queries)
            client.get(assignment.problem_set.items.first().get_absolute_url())
        counts.append(len(queries))
        at_items.append(len(queries) - before)
    assert counts[0] == counts[1] <= 33
    assert at_items == [21, 21]  # one of them is that of the test


def test_the_page_says_in_the_readers_language_why_a_solution_ended_early(
    client, alice, item, start_worker, transactional_db
):
    request_solution(item.problem.current, user=None)
    start_worker(ScriptedEngine(ANSWER, longest_prompt=3)).solve()
    client.force_login(alice)
    assert "The problem is too long for the model." in asked_for(client, item)
    alice.language = "zh-hans"
    alice.save()
    page = client.get(item.get_absolute_url()).content.decode()
    assert "题目太长，模型处理不了。" in page
    assert "too long for the model" not in page


def test_a_teacher_finds_the_key_and_the_answers_of_the_class(as_user, carol, assignment, item):
    answers = reverse("answers", args=[assignment.code, item.code])
    correct = reverse("correct-key", args=[item.problem.code])
    edit = reverse("problem-edit", args=[item.problem.code])
    page = as_user(carol).get(item.get_absolute_url()).content.decode()
    assert "data-answer>4</span>" in page
    assert answers in page
    assert correct in page
    assert edit not in page
    Problem.objects.update(owner=carol)
    assert edit in as_user(carol).get(item.get_absolute_url()).content.decode()


def test_neither_a_student_nor_an_assistant_finds_the_key(as_user, alice, bob, assignment, item):
    Enrollment.objects.filter(user=bob).update(role=Enrollment.Role.ASSISTANT)
    correct = reverse("correct-key", args=[item.problem.code])
    for user in (alice, bob):
        assert correct not in as_user(user).get(item.get_absolute_url()).content.decode()
