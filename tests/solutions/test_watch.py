import io
import re

import pytest
from django.core.management import CommandError, call_command

from tests.asking import request_for
from tests.factories import make_problem
from tests.scripted_engine import ScriptedEngine
from tutor.redis_client import connect
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import begin_solution, request_solution

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = ["Well, let", " us see", ".\n\n\\(2+2=5\\)", "\n\nSo \\(\\boxed{4}\\)."]


@pytest.fixture
def solved(problem, start_worker):
    solution = request_solution(problem.current, user=None)
    start_worker(ScriptedEngine(ANSWER)).solve()
    return solution


def watched():
    out = io.StringIO()
    call_command("watch", "a-sum", stdout=out)
    return out.getvalue()


def test_it_prints_each_verdict_beside_its_step(solved):
    printed = watched()
    shown = re.search(
        r"Well, let us see\..*\[step 1 unchecked\].*\[step 2 refuted .*2\+2=5.*\]\n"
        r".*\[step 3 proved\]\n.*\nfinished: 4 tokens",
        printed,
        re.DOTALL,
    )
    assert shown, printed
    assert "verdict: correct for '4' (rule: " in printed


@pytest.mark.parametrize("is_logged", [True, False])
def test_a_terminal_obeys_nothing_that_the_model_writes(problem, start_worker, is_logged):
    request_solution(problem.current, user=None)
    written = ["\x1b]0;owned\x07", "\x1b[2J", "\x9b31m\r", "\u202e", "So\t\\(\\boxed{4}\\)\x1b[0m."]
    start_worker(ScriptedEngine(written, reasoning=["\x1bc"])).solve()
    if not is_logged:
        with connect() as client:
            client.flushall()
    printed = watched()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", printed)
    assert r"\x1b[2J" in printed
    assert "So\t" in printed


def test_from_the_record_too(solved):
    with connect() as client:
        client.flushall()
    printed = watched()
    assert "[step 2 refuted" in printed
    Solution.objects.update(checks=[])  # as an earlier version left it
    assert "[step" not in watched()


def test_it_comes_before_a_class_that_waits(problem, item, alice, start_worker):
    of_alice = request_for(alice, item)
    other = make_problem("another-sum")
    prepared = begin_solution(other.current, 1)
    with pytest.raises(CommandError, match="no end after"):
        call_command("watch", "another-sum", timeout=0.1, stderr=io.StringIO())
    worker = start_worker(ScriptedEngine(ANSWER))
    worker.solve()
    prepared.refresh_from_db()
    of_alice.refresh_from_db()
    assert (prepared.state, of_alice.state) == (State.ENDED, State.QUEUED)


@pytest.mark.parametrize("name", ["no-such-problem", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_problem_is_named(name):
    with pytest.raises(CommandError, match=f"there is no problem '{name}'"):
        call_command("watch", name)
