"""However much a model writes, its solution can be stored, and sent to whoever watches."""

import pytest

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import assert_log_equals_row
from tutor.engine.completion import Outcome, Prompt, Sampling
from tutor.grading.steps.checks import ClaimCheck, StepCheck, StepVerdict
from tutor.grading.steps.claim_results import ClaimRelation
from tutor.solutions.log.protocol import encode
from tutor.solutions.log.stored_log import read_records
from tutor.solutions.log.transcript import MAX_CHECKS, MAX_STEPS, MAX_TEXT
from tutor.solutions.log.writer import MAX_ENTRY
from tutor.solutions.models import State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.sockets.send_window import MAX_SENT
from tutor.text_gate import fitting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def solution(problem):
    return request_solution(problem.current, user=None)


@pytest.mark.parametrize("continues", [True, False])
def test_a_text_ends_where_it_is_too_long(solution, start_worker, continues):
    thought, word = "Wärme " * 1_000, "ha! " * 1_000
    engine = ScriptedEngine([word] * 100, reasoning=[thought] * 10, continues=continues)
    start_worker(engine).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.BUDGET_EXHAUSTED)
    assert solution.reasoning == thought * 10
    size = len((solution.reasoning + solution.answer).encode())
    assert size == MAX_TEXT == 256 * 1024
    assert (word * 100).startswith(solution.answer)
    assert engine.aborted == 1, "the engine is told to stop"
    assert_log_equals_row(solution)


def test_what_comes_at_once_is_cut_into_entries(solution, start_worker):
    text = "All of it. " * 5_000 + "\n\nThe answer is \\(\\boxed{4}\\)."
    start_worker(ScriptedEngine([text], reasoning=["thought " * 5_000])).solve()
    solution.refresh_from_db()
    assert solution.answer == text
    longest = max(len(encode(record.entry)) for record in read_records(solution.pk))
    assert longest < MAX_ENTRY + 200
    assert solution.completion_tokens == 2
    assert_log_equals_row(solution)


def test_what_follows_the_last_step_goes_with_it(solution, start_worker):
    text = [f"Step {n}.\n\n" for n in range(MAX_STEPS + 50)] + ["It is \\(\\boxed{4}\\)."]
    start_worker(ScriptedEngine(text, pause_s=0)).solve()
    solution.refresh_from_db()
    assert len(solution.steps) == len(solution.checks) == MAX_STEPS == 400
    assert solution.answer == "".join(text)
    assert solution.is_right
    assert_log_equals_row(solution)


def much_found(statement, steps, within_s):
    claim = ClaimCheck(StepVerdict.PROVED, ClaimRelation.EQUAL, "1 = 1", 0, 5)
    return StepCheck(StepVerdict.PROVED, (claim,) * 200)


def test_the_whole_record_can_be_sent(solution, start_worker):
    """Backslashes and quotes double their length as JSON."""
    step = '"\\' * 300 + "\n\n"
    text = [step] * MAX_STEPS + ['"\\' * 1_000] * 100
    start_worker(ScriptedEngine(text, pause_s=0), much_found).solve()
    solution.refresh_from_db()
    assert solution.outcome == Outcome.BUDGET_EXHAUSTED
    with_claims = [check for check in solution.checks if check["claims"]]
    assert 0 < len(with_claims) < MAX_STEPS
    assert sum(len(str(check)) for check in with_claims) <= 1.2 * MAX_CHECKS
    assert len(encode(solution.whole()).encode()) < MAX_SENT
    assert_log_equals_row(solution)


def test_what_nobody_sees_grow_is_limited_too(solution, start_worker):
    worker = start_worker(ScriptedEngine(["ha! " * 1_000] * 100))
    done = worker.completions.sample("?", Prompt("?"), Sampling(10_000), "1")
    assert done.outcome is Outcome.BUDGET_EXHAUSTED
    assert len(done.text.encode()) == MAX_TEXT


@pytest.mark.parametrize(("room", "fitted"), [(6, "Wärme"), (2, "W"), (0, ""), (-1, "")])
def test_a_text_is_cut_between_characters(room, fitted):
    assert fitting("Wärme", room) == fitted
