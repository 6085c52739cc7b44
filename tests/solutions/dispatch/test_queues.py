"""Two models in one school: a message reaches only workers that can serve it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import make_problem
from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER
from tutor.assignments.models import HelpLevel
from tutor.attempts.models import GivenHelp
from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import ABSENT_AFTER_S, Presence, announce
from tutor.solutions.dispatch.queue_status import missing_for
from tutor.solutions.dispatch.queues import queue_of
from tutor.solutions.generation.hints import sweep_answer_hints, write_answer_hint
from tutor.solutions.generation.readiness_samples import sweep_samples, take_sample
from tutor.solutions.models import (
    MAX_SAMPLES_AT_ONCE,
    AnswerHint,
    ReadinessSample,
    Recipe,
    Solution,
    State,
)
from tutor.solutions.models.recipe import activate
from tutor.solutions.requests.answer_hints import request_answer_hint
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.requests.samples import request_samples
from tutor.solutions.tasks import drop_former_queues, sweep_solutions

pytestmark = pytest.mark.django_db(transaction=True)

OURS, OTHER = "scripted-model", "other-model"


@pytest.fixture
def other_recipe(db):
    return Recipe.objects.create(name="other", model=OTHER, template="mathematics")


@pytest.fixture
def ask_of(other_recipe):
    """Asks a model for the solution of a new problem."""

    def ask(model: str) -> Solution:
        activate(other_recipe if model == OTHER else None, None)
        number = Solution.objects.count()
        return request_solution(make_problem(f"p{number}").current, user=None)

    return ask


def waiting_messages() -> tuple[int, int]:
    """For our model and for the other."""
    with connect() as client:
        return client.llen(queue_of(OURS)), client.llen(queue_of(OTHER))


def lose_messages(model: str) -> None:
    with connect() as client:
        client.delete(queue_of(model))


def let_them_wait() -> None:
    Solution.objects.update(queued_at=timezone.now() - timedelta(seconds=30))


def test_a_message_goes_where_its_model_is(ask_of):
    ask_of(OURS)
    ask_of(OTHER)
    ask_of(OTHER)
    assert waiting_messages() == (1, 2)


def test_the_sweep_sends_what_one_model_lost_while_the_other_has_much_to_do(ask_of):
    ask_of(OURS)
    for _ in range(3):
        ask_of(OTHER)
    lose_messages(OURS)
    let_them_wait()
    sweep_solutions()
    assert waiting_messages() == (1, 3)


def test_what_waits_for_a_model_that_nobody_has_is_sent_once(ask_of):
    for _ in range(3):
        ask_of(OTHER)
    for _ in range(4):
        let_them_wait()
        sweep_solutions()
    assert waiting_messages() == (0, 3)


def test_no_message_outlives_the_wishes_for_a_former_model(ask_of):
    solution = ask_of(OTHER)
    activate(None, None)
    sweep_solutions()
    assert waiting_messages() == (0, 1)
    with connect() as client:
        for missed in client.scan_iter("generation:missed:*"):
            client.expire(missed, client.ttl(missed) - ABSENT_AFTER_S)
    sweep_solutions()
    drop_former_queues()
    solution.refresh_from_db()
    assert (solution.state, waiting_messages()) == (State.ENDED, (0, 0))


def test_a_model_whose_name_begins_anothers_gets_nothing_of_it(problem, start_worker):
    tuned = Recipe.objects.create(name="tuned", model=f"{OURS} tuned", template="mathematics")
    activate(tuned, None)
    solution = request_solution(problem.current, user=None)
    request_samples([problem.current], 1)
    start_worker(ScriptedEngine(ANSWER, pause_s=0)).solve()
    take_sample()
    solution.refresh_from_db()
    assert (solution.state, ReadinessSample.objects.get().state) == (State.QUEUED, State.QUEUED)
    assert missing_for(solution.recipe) == "worker"
    other_engine = ScriptedEngine(ANSWER, pause_s=0)
    other_engine.model = tuned.model
    start_worker(other_engine).solve()
    take_sample()
    solution.refresh_from_db()
    assert (solution.state, ReadinessSample.objects.get().state) == (State.ENDED, State.ENDED)


def test_what_a_worker_gives_back_goes_to_its_own_model(ask_of, start_worker):
    ask_of(OURS)
    activate(Recipe.objects.get(name="other"), None)
    worker = start_worker(ScriptedEngine(ANSWER, fail_at=2))
    lose_messages(OURS)
    worker.solve()
    assert waiting_messages() == (1, 0)


def test_each_models_samples_follow_one_another(problem, other_recipe, start_worker):
    activate(other_recipe, None)
    request_samples([problem.current], 2)
    activate(None, None)
    request_samples([problem.current], 1)
    assert waiting_messages() == (1, 2)
    lose_messages(OURS)
    start_worker(ScriptedEngine(ANSWER, pause_s=0))
    take_sample()
    assert ReadinessSample.objects.ended().count() == 1
    assert waiting_messages() == (0, 2)  # none of ours is left, and theirs were sent
    lose_messages(OTHER)
    sweep_samples()
    assert waiting_messages() == (0, 2)


@pytest.fixture
def taken_elsewhere(problem, other_recipe):
    """As many samples as may be drawn at once, by a worker that has the other model."""
    worker = uuid4()
    activate(other_recipe, None)
    request_samples([problem.current], MAX_SAMPLES_AT_ONCE)
    ReadinessSample.objects.update(state=State.STREAMING, worker=worker)
    activate(None, None)
    with connect() as client:
        announce(client, Presence(str(worker), True, OTHER))


def test_one_models_samples_are_drawn_beside_anothers(problem, taken_elsewhere, start_worker):
    request_samples([problem.current], 1)
    start_worker(ScriptedEngine(ANSWER, pause_s=0))
    take_sample()
    assert ReadinessSample.objects.ended().count() == 1


def test_one_models_samples_are_sent_again_beside_anothers(problem, taken_elsewhere):
    request_samples([problem.current], 2)
    lose_messages(OURS)
    sweep_samples()
    assert waiting_messages()[0] == 2


@pytest.fixture
def wrong_attempt(alice, hand_in):
    return hand_in(alice, "17")


def test_a_hint_is_written_by_the_model_that_it_is_asked_of(
    wrong_attempt, other_recipe, start_worker
):
    own_engine, other_engine = ScriptedEngine(["Look again."]), ScriptedEngine(["Look at the sum."])
    other_engine.model = OTHER
    request_answer_hint(wrong_attempt)
    activate(other_recipe, None)
    start_worker(own_engine)
    reply = AnswerHint.objects.get()
    write_answer_hint(reply.pk)
    reply.refresh_from_db()
    assert (own_engine.prompts, reply.state, reply.tries) == ([], State.QUEUED, 0)
    assert waiting_messages() == (1, 1)  # passed on
    start_worker(other_engine)
    write_answer_hint(reply.pk)
    reply.refresh_from_db()
    assert reply.recipe.startswith(f"{OTHER} ")
    assert GivenHelp.objects.get(level=HelpLevel.ANSWER_HINT).text == "Look at the sum."


def test_a_queue_that_holds_only_hints_goes_with_its_model(wrong_attempt, other_recipe):
    with connect() as client:
        announce(client, Presence("w1", True, OURS))
    request_answer_hint(wrong_attempt)
    drop_former_queues()
    assert waiting_messages() == (1, 0)  # wanted
    activate(other_recipe, None)
    drop_former_queues()
    assert waiting_messages() == (1, 0)  # its worker passes it on
    with connect() as client:
        client.delete("generation:worker:w1")
    drop_former_queues()
    assert waiting_messages() == (0, 0)


@pytest.mark.parametrize("kind", ["solution", "sample"])
def test_a_former_models_queue_stays_while_a_row_waits_for_it(kind, ask_of, problem):
    ask_of(OTHER)
    if kind == "sample":
        request_samples([problem.current], 1)
        Solution.objects.all().delete()
    activate(None, None)
    before = waiting_messages()
    drop_former_queues()
    assert waiting_messages() == before


def test_a_hint_sent_to_a_former_model_is_sent_again_to_a_busy_one(wrong_attempt, ask_of):
    request_answer_hint(wrong_attempt)
    ask_of(OTHER)

    def sweep_later() -> None:
        AnswerHint.objects.update(queued_at=timezone.now() - timedelta(minutes=3))
        sweep_answer_hints()

    sweep_later()
    assert waiting_messages() == (1, 1)  # nobody is there who would take it
    with connect() as client:
        announce(client, Presence("w1", True, OTHER))
    sweep_later()
    assert waiting_messages() == (1, 2)
    sweep_answer_hints()
    assert waiting_messages() == (1, 2)  # this one has its two minutes too


def test_whoever_waits_for_a_model_that_nobody_has_reads_so(
    client, alice, item, wrong_attempt, other_recipe
):
    client.force_login(alice)
    request_answer_hint(wrong_attempt)

    def help_shown() -> str:
        page = client.get(item.get_absolute_url()).content.decode()
        return page[page.index('id="help"') :].partition("</section>")[0]

    with connect() as redis:
        announce(redis, Presence("w1", True, OTHER))
    assert "No language model is running" in help_shown()
    with connect() as redis:
        announce(redis, Presence("w2", True, OURS))
    assert "being written and checked" in help_shown()
