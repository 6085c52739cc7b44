"""Samples: drawn by the worker, judged as solutions are, and shown to no student."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tests.scripted_engine import ScriptedEngine
from tests.solutions.generation.test_hints import Failing, Saying
from tutor.assignments.models import Assignment
from tutor.engine.completion import Outcome
from tutor.grading import Verdict
from tutor.problems.models import Problem
from tutor.redis_client import connect
from tutor.solutions.generation.readiness_samples import MAX_TRIES, sweep_samples, take_sample
from tutor.solutions.models import MAX_SAMPLES_AT_ONCE, ReadinessSample, Solution, State
from tutor.solutions.requests.samples import request_samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(
        "a-secret", statement="Solve it.", final_answer="31415", solution="\\boxed{31415}"
    )


def boxed(answer):
    return rf"So it is \(\boxed{{{answer}}}\)."


def take(count):
    for _ in range(count):
        take_sample()


def test_each_sample_is_judged_and_compared(problem, start_worker):
    request_samples([problem.current], 5)
    start_worker(Saying(boxed("31415"), boxed("2/4"), "I give up.", boxed("0.5"), boxed("62830/2")))
    take(5)
    rows = ReadinessSample.objects.values_list("number", "verdict", "final_answer", "answers_like")
    assert list(rows) == [
        (1, Verdict.CORRECT, "31415", 1),
        (2, Verdict.INCORRECT, "2/4", 2),
        (3, Verdict.UNREADABLE, "", 0),
        (4, Verdict.INCORRECT, "0.5", 2),
        (5, Verdict.CORRECT, "62830/2", 1),
    ]
    first = ReadinessSample.objects.get(number=1)
    assert (first.state, first.outcome, first.tokens) == (State.ENDED, Outcome.FINISHED, 1)
    assert first.seconds > 0


def test_asking_twice_draws_no_more_than_is_wanted(problem):
    assert request_samples([problem.current], 2) == 2
    assert request_samples([problem.current], 4) == 2
    assert request_samples([problem.current], 4) == 0
    assert list(ReadinessSample.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_the_model_and_the_message_know_no_answer(problem, start_worker):
    request_samples([problem.current], 1)
    with connect() as client:
        [message] = client.lrange("generation.scripted-model", 0, -1)
    assert "31415" not in message
    assert json.loads(message)["headers"]["argsrepr"] == "()"
    engine = Saying(boxed(1))
    start_worker(engine)
    take_sample()
    assert "Solve it." in engine.prompts[0].user
    assert "31415" not in engine.prompts[0].user


def test_only_so_many_messages_wait_before_live_solutions(problem, start_worker, queued_tasks):
    problems = [problem, *(make_problem(f"sum-{n}") for n in range(5))]
    request_samples([problem.current for problem in problems], 4)
    assert queued_tasks() == MAX_SAMPLES_AT_ONCE
    start_worker(Saying(boxed(1)))
    take_sample()
    assert queued_tasks() == MAX_SAMPLES_AT_ONCE + 1  # that one was not taken from the queue


def test_a_message_too_many_draws_nothing(problem, start_worker):
    request_samples([problem.current], MAX_SAMPLES_AT_ONCE + 1)
    ReadinessSample.objects.filter(number__lte=MAX_SAMPLES_AT_ONCE).update(state=State.STREAMING)
    start_worker(Saying())
    take_sample()
    assert ReadinessSample.objects.queued().count() == 1


def test_no_student_is_shown_a_sample(client, alice, item, problem, start_worker, model_present):
    Assignment.objects.update(step_policy="always")
    request_samples([problem.current], 1)
    start_worker(Saying(boxed("31415")))
    take_sample()
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "So it is" not in page
    assert "Show one step" in page
    assert not Solution.objects.exists()
    client.post(reverse("help", args=[item.code]), {"level": "step", "number": 0})
    assert Solution.objects.get().state == State.QUEUED


def test_an_engine_that_dies_each_time_ends_the_sample(problem, start_worker):
    request_samples([problem.current], 1)
    start_worker(Failing())
    for _ in range(MAX_TRIES):
        take_sample()
        assert ReadinessSample.objects.get().state == State.QUEUED
    take_sample()
    sample = ReadinessSample.objects.get()
    assert (sample.state, sample.outcome) == (State.ENDED, Outcome.ENGINE_FAILED)


def test_a_problem_too_long_for_the_model_fails_at_once(problem, start_worker):
    request_samples([problem.current], 1)
    start_worker(ScriptedEngine([], longest_prompt=3))
    take_sample()
    assert ReadinessSample.objects.get().outcome == Outcome.ENGINE_FAILED


def test_a_worker_that_shuts_down_gives_it_back(problem, start_worker, in_thread, wait_until):
    request_samples([problem.current], 1)
    engine = ScriptedEngine(["It ", "is"], hold_at=1)
    worker = start_worker(engine)
    taking = in_thread(take_sample)
    wait_until(lambda: engine.generated == 1)
    worker.drain()
    taking.result(timeout=10)
    sample = ReadinessSample.objects.get()
    assert (sample.state, sample.tries) == (State.QUEUED, 0)
    wait_until(lambda: engine.aborted == 1)  # the engine hears of it a moment later


def test_what_a_lost_worker_held_is_drawn_by_another(problem, start_worker, queued_tasks):
    request_samples([problem.current], 2)
    with connect() as client:
        client.delete("generation.scripted-model")  # the messages went with it
    ReadinessSample.objects.filter(number=1).update(state=State.STREAMING, worker=uuid4(), tries=1)
    sweep_samples()
    assert ReadinessSample.objects.queued().count() == 2
    assert queued_tasks() == 2
    start_worker(Saying(boxed(1), boxed(2)))
    take(2)
    assert ReadinessSample.objects.ended().count() == 2


def test_the_sweep_leaves_alone_what_a_worker_draws(problem, start_worker):
    request_samples([problem.current], 1)
    worker = start_worker(Saying())
    ReadinessSample.objects.update(state=State.STREAMING, worker=worker.id, tries=1)
    with connect() as client:
        from tutor.solutions.dispatch.presence import announce

        announce(client, worker.presence())
    sweep_samples()
    assert ReadinessSample.objects.get().state == State.STREAMING


def test_a_sampled_version_is_in_use_and_stays_what_it_was(problem):
    from tests.factories import make_content

    request_samples([problem.current], 1)
    problem.revise(make_content(statement="Solve it again.", final_answer="7"))
    problem.refresh_from_db()
    assert problem.current.number == 2
    assert ReadinessSample.objects.get().version.statement == "Solve it."


def test_a_problem_can_be_deleted_with_its_samples(carol):
    problem = make_problem("short-lived")
    request_samples([problem.current], 1)
    problem.delete()
    assert not ReadinessSample.objects.exists()


def test_variants_are_versions_of_their_own(section):
    from tests.attempts.test_variants import products

    problem = make_problem("a-product")
    problem.revise(products())
    problem.refresh_from_db()
    make_assignment(section, [problem])
    request_samples([problem.current.variant(1)], 1)
    assert ReadinessSample.objects.get().version.seed == 1
