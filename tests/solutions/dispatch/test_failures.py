"""What an administrator reads of a solution that failed: why, when, on which machine and engine."""

import re
import socket

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER
from tutor.engine.completion import Outcome
from tutor.solutions.generation.worker import TOO_LONG
from tutor.solutions.models import LEASE, Solution, State
from tutor.solutions.models.solution import LOST
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.tasks import sweep_solutions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def solution(problem):
    return request_solution(problem.current, user=None)


def page_of(client, admin, solution):
    client.force_login(admin)
    response = client.get(reverse("admin:solutions_solution_change", args=[solution.pk]))
    return response.content.decode()


def test_an_engine_that_died_is_named_with_its_words(client, admin, solution, start_worker):
    for _ in range(2):
        start_worker(ScriptedEngine(ANSWER, fail_at=3)).solve()
    solution.refresh_from_db()
    assert solution.outcome == Outcome.ENGINE_FAILED
    assert solution.failure == "the scripted engine died"
    assert (solution.host, solution.engine) == (socket.gethostname(), "scripted 1")
    assert solution.ended_at >= solution.failed_at > solution.created_at
    page = page_of(client, admin, solution)
    for text in ("the scripted engine died", socket.gethostname(), "scripted 1"):
        assert text in page
    [failed_at] = re.findall(r'field-failed_at.*?class="readonly">([^<]*)<', page, re.DOTALL)
    assert str(solution.failed_at.year) in failed_at


def test_a_prompt_that_is_too_long_says_so(solution, start_worker):
    start_worker(ScriptedEngine(ANSWER, longest_prompt=3)).solve()
    solution.refresh_from_db()
    assert solution.feedback == TOO_LONG
    assert solution.failure.startswith("the prompt takes ")


def test_a_lost_worker_is_the_cause_and_no_words_of_it_are_the_students(solution):
    for _ in range(2):
        Solution.objects.claim_some([solution.pk], solution.code)
        Solution.objects.update(lease_expires_at=timezone.now() - 3 * LEASE)
        sweep_solutions()
    solution.refresh_from_db()
    assert (solution.outcome, solution.failure) == (Outcome.ENGINE_FAILED, LOST)
    assert solution.feedback is None
    assert solution.host == socket.gethostname()


def test_a_solution_that_recovered_keeps_its_failure(solution, start_worker):
    start_worker(ScriptedEngine(ANSWER, fail_at=3)).solve()
    start_worker(ScriptedEngine(ANSWER)).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.FINISHED)
    assert solution.failure == "the scripted engine died"
