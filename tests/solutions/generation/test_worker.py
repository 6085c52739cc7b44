import socket
import time
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from redis.exceptions import RedisError

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER, REASONING, assert_log_equals_row
from tutor.engine.completion import Outcome
from tutor.grading import Verdict
from tutor.problems.models import StoredKey
from tutor.redis_client import connect
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.dispatch.presence import Presence, announce, present_workers
from tutor.solutions.dispatch.queue_status import waiting_for
from tutor.solutions.generation import generator, heartbeat, lease_sweeper
from tutor.solutions.generation import worker as worker_module
from tutor.solutions.generation.worker import TOO_LONG, Worker
from tutor.solutions.log.stored_log import read_records, read_transcript
from tutor.solutions.models import LEASE, Solution, SolutionQuerySet, State
from tutor.solutions.requests.find_or_queue import begin_solution, request_solution
from tutor.solutions.tasks import sweep_solutions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def solution(problem):
    return request_solution(problem.current, user=None)


def test_it_generates_grades_and_records(solution, start_worker):
    start_worker(ScriptedEngine(ANSWER, reasoning=REASONING)).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.FINISHED)
    assert solution.reasoning == "".join(REASONING)
    assert solution.steps == ["First step.\n\n", "The answer is \\(\\boxed{4}\\)."]
    assert (solution.verdict, solution.final_answer) == (Verdict.CORRECT, "4")
    assert solution.completion_tokens == len(ANSWER) + len(REASONING)
    assert solution.reasoning_tokens == len(REASONING)
    assert 0 < solution.ttft_s < solution.duration_s
    assert solution.tpot_s > 0
    assert (solution.model, solution.engine) == ("scripted-model", "scripted 1")
    assert_log_equals_row(solution)


def test_a_wrong_answer_is_called_wrong(solution, start_worker):
    start_worker(ScriptedEngine(["It is \\(\\boxed{5}\\)"])).solve()
    solution.refresh_from_db()
    assert (solution.verdict, solution.score) == (Verdict.INCORRECT, 0)


def test_the_model_is_told_the_statement_and_never_the_answer(start_worker, make_secret_problem):
    problem = make_secret_problem("31415")
    engine = ScriptedEngine(ANSWER)
    request_solution(problem.current, user=None)
    start_worker(engine).solve()
    [prompt] = engine.prompts
    assert problem.current.statement in prompt.user
    assert "31415" not in prompt.user + prompt.forced


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [(Outcome.BUDGET_EXHAUSTED, Verdict.UNREADABLE), (Outcome.LOOPING, Verdict.UNREADABLE)],
)
def test_an_answer_that_never_came_is_not_a_wrong_one(solution, start_worker, outcome, verdict):
    start_worker(ScriptedEngine(["On and on"], outcome=outcome)).solve()
    solution.refresh_from_db()
    assert (solution.outcome, solution.verdict) == (outcome, verdict)
    assert_log_equals_row(solution)


def test_thinking_without_an_answer_is_kept(solution, start_worker):
    engine = ScriptedEngine([], reasoning=REASONING, outcome=Outcome.BUDGET_EXHAUSTED)
    start_worker(engine).solve()
    solution.refresh_from_db()
    assert (solution.reasoning, solution.steps) == ("".join(REASONING), [])
    assert_log_equals_row(solution)


@pytest.mark.parametrize(("kind", "rule"), [("", "no_key"), ("riddle", "invalid_key")])
def test_without_a_key_that_can_be_read_it_is_undecided(
    solution, start_worker, problem, kind, rule
):
    key = StoredKey.objects.filter(version=problem.current)
    if kind:
        key.update(kind=kind)
    else:
        key.delete()
    start_worker(ScriptedEngine(ANSWER)).solve()
    solution.refresh_from_db()
    assert (solution.verdict, solution.rule) == (Verdict.UNDECIDED, rule)


def test_an_overlong_problem_ends_with_its_reason(solution, start_worker):
    start_worker(ScriptedEngine(ANSWER, longest_prompt=5)).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.ENGINE_FAILED)
    assert solution.feedback == TOO_LONG
    assert_log_equals_row(solution)


def test_characters_that_no_database_takes_are_replaced(solution, start_worker):
    start_worker(ScriptedEngine(["a\x00b", " \ud800"])).solve()
    solution.refresh_from_db()
    assert solution.answer == "a\N{REPLACEMENT CHARACTER}b \N{REPLACEMENT CHARACTER}"
    assert_log_equals_row(solution)


def test_a_task_delivered_three_times_generates_once(solution, start_worker, in_thread):
    engine = ScriptedEngine(ANSWER)
    worker = start_worker(engine)
    for call in [in_thread(worker.solve) for _ in range(3)]:
        call.result(timeout=20)
    assert engine.generated == len(ANSWER)
    solution.refresh_from_db()
    assert solution.fence == 1


@pytest.mark.parametrize("position", range(len(ANSWER) + len(REASONING)))
def test_after_an_engine_died_the_text_goes_on_from_every_place(solution, start_worker, position):
    engine = ScriptedEngine(ANSWER, reasoning=REASONING, fail_at=position)
    worker = start_worker(engine)
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.crashes) == (State.QUEUED, 1)
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.verdict) == (State.ENDED, Verdict.CORRECT)
    assert solution.reasoning + solution.answer == "".join(REASONING + ANSWER)
    assert engine.generated <= len(ANSWER) + len(REASONING) + position  # no more than was lost
    assert_log_equals_row(solution)


@pytest.mark.parametrize("position", [1, len(REASONING) + 3])
def test_where_an_engine_cannot_continue_the_text_begins_anew(solution, start_worker, position):
    engine = ScriptedEngine(ANSWER, reasoning=REASONING, fail_at=position, continues=False)
    worker = start_worker(engine)
    worker.solve()
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.verdict) == (State.ENDED, Verdict.CORRECT)
    assert (solution.reasoning, solution.answer) == ("".join(REASONING), "".join(ANSWER))
    assert solution.completion_tokens == len(ANSWER) + len(REASONING)
    assert solution.ttft_s > 0
    assert_log_equals_row(solution)


def test_a_solution_that_took_two_workers_is_set_aside(solution, start_worker):
    for _ in range(2):
        start_worker(ScriptedEngine(ANSWER, fail_at=3)).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.ENGINE_FAILED)
    assert solution.answer.startswith("First step")
    assert_log_equals_row(solution)


def test_a_lost_worker_cannot_write_any_more(solution, start_worker, in_thread, wait_until):
    frozen = ScriptedEngine(ANSWER, hold_at=2)
    first = start_worker(frozen)
    running = in_thread(first.solve)
    wait_until(lambda: read_transcript(solution.pk).tokens > 0)
    # Its lease runs out while it hangs, and another worker takes over.
    Solution.objects.update(worker=None, state=State.QUEUED)
    start_worker(ScriptedEngine(ANSWER)).solve()
    frozen.release()
    running.result(timeout=20)
    solution.refresh_from_db()
    assert (solution.fence, solution.answer) == (2, "".join(ANSWER))
    assert_log_equals_row(solution)


@pytest.mark.parametrize(("ago", "crashes"), [(LEASE + timedelta(seconds=1), 1), (LEASE / 2, 0)])
def test_the_sweep_takes_back_what_a_dead_worker_held(solution, queued_tasks, ago, crashes):
    Solution.objects.claim_some([solution.pk], solution.code)
    Solution.objects.update(lease_expires_at=timezone.now() - ago)
    before = queued_tasks()
    sweep_solutions()
    solution.refresh_from_db()
    assert solution.crashes == crashes
    assert solution.state == (State.QUEUED if crashes else State.STREAMING)
    assert queued_tasks() == before + crashes


def test_a_worker_that_lives_has_not_died_over_what_it_could_not_renew(solution, queued_tasks):
    Solution.objects.claim_some([solution.pk], solution.code)
    Solution.objects.update(lease_expires_at=timezone.now() - 2 * LEASE)
    with connect() as client:
        announce(client, Presence(str(solution.code), True, "scripted-model"))
    before = queued_tasks()
    sweep_solutions()
    solution.refresh_from_db()
    assert (solution.state, solution.crashes) == (State.QUEUED, 0)
    assert queued_tasks() == before + 1


@pytest.fixture
def sweeps_soon(monkeypatch):
    monkeypatch.setattr(lease_sweeper, "SWEEP_S", 0.1)
    monkeypatch.setattr(lease_sweeper, "GRACE_S", 0.5)


@pytest.fixture
def abandoned(solution):
    """Held by a worker that is gone."""
    Solution.objects.claim_some([solution.pk], solution.code)
    Solution.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    return solution


@pytest.mark.usefixtures("sweeps_soon")
def test_a_worker_takes_back_what_another_one_held(
    abandoned, start_worker, queued_tasks, wait_until
):
    before = queued_tasks()
    worker = start_worker(ScriptedEngine(ANSWER))
    wait_until(lambda: queued_tasks() == before + 1)
    worker.solve()
    abandoned.refresh_from_db()
    assert (abandoned.state, abandoned.crashes, abandoned.fence) == (State.ENDED, 1, 2)
    assert_log_equals_row(abandoned)


@pytest.mark.usefixtures("sweeps_soon")
@pytest.mark.parametrize("error", [OperationalError, RedisError, Solution.DoesNotExist])
def test_after_a_failed_look_for_lost_workers_all_have_time_to_renew_their_leases(
    abandoned, start_worker, monkeypatch, wait_until, error
):
    taken_back: list[float] = []

    def fail_once() -> None:
        taken_back.append(time.monotonic())
        if len(taken_back) == 1:
            raise error("gone")

    monkeypatch.setattr(lease_sweeper, "take_back_abandoned", fail_once)
    start_worker(ScriptedEngine(ANSWER))
    wait_until(lambda: len(taken_back) > 1)
    assert taken_back[1] - taken_back[0] > 0.5


@pytest.mark.usefixtures("sweeps_soon")
@pytest.mark.parametrize("by_s", [60, -60])
def test_after_a_leap_of_the_clock_all_have_time_to_renew_their_leases(
    abandoned, start_worker, monkeypatch, wait_until, by_s
):
    readings: list[float] = []
    taken_back: list[float] = []
    leaps: list[float] = []

    def read_clock() -> float:
        readings.append(time.time() + sum(leaps))
        return readings[-1]

    clocks = SimpleNamespace(time=read_clock, monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr(lease_sweeper, "time", clocks)
    monkeypatch.setattr(
        lease_sweeper, "take_back_abandoned", lambda: taken_back.append(readings[-1])
    )
    start_worker(ScriptedEngine(ANSWER))
    wait_until(lambda: bool(taken_back))
    leaps.append(by_s)
    wait_until(lambda: abs(taken_back[-1] - taken_back[0]) > 30)
    first, next_ = (
        next(at for at in moments if abs(at - readings[0]) > 30)
        for moments in (readings, taken_back)
    )
    assert next_ - first > 0.5


def test_the_sweep_sets_aside_what_two_workers_were_lost_over(solution):
    """As it is where whoever took it back could not."""
    overdue = timezone.now() - timedelta(minutes=5)
    Solution.objects.update(crashes=2, queued_at=overdue)
    sweep_solutions()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.ENGINE_FAILED)


def test_the_heartbeat_gives_redis_up_long_before_a_lease_runs_out(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began_at = time.monotonic()
        with connect(fails_fast=True) as client, pytest.raises(RedisError):
            announce(client, Presence("1", True, "model"))
        assert time.monotonic() - began_at < LEASE.total_seconds() - heartbeat.HEARTBEAT_S


def test_the_sweep_sends_again_what_redis_lost_and_nothing_else(solution, queued_tasks):
    assert queued_tasks() == 1
    Solution.objects.update(queued_at=timezone.now() - timedelta(minutes=5))
    sweep_solutions()
    assert queued_tasks() == 1  # it still waits: no worker came
    with connect() as client:
        client.flushall()
    sweep_solutions()
    assert queued_tasks() == 1
    sweep_solutions()
    assert queued_tasks() == 1


def test_cancelling_a_queued_solution_ends_it_at_once(solution, start_worker):
    cancel_solution(solution)
    engine = ScriptedEngine(ANSWER)
    start_worker(engine).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.ABORTED)
    assert engine.generated == 0
    assert_log_equals_row(solution)


def test_cancelling_a_running_solution_aborts_the_request(
    solution, start_worker, in_thread, wait_until
):
    engine = ScriptedEngine(ANSWER, hold_at=4)
    running = in_thread(start_worker(engine).solve)
    wait_until(lambda: read_transcript(solution.pk).tokens > 0)
    cancel_solution(solution)
    running.result(timeout=10)
    solution.refresh_from_db()
    assert (solution.outcome, solution.verdict) == (Outcome.ABORTED, "")
    assert solution.answer == "".join(ANSWER[:4])
    assert engine.aborted == 1
    assert_log_equals_row(solution)


def test_a_worker_that_shuts_down_hands_its_solutions_on(
    solution, start_worker, in_thread, wait_until
):
    worker = start_worker(ScriptedEngine(ANSWER, hold_at=4))
    running = in_thread(worker.solve)
    wait_until(lambda: read_transcript(solution.pk).tokens > 0)
    worker.drain()
    running.result(timeout=10)
    solution.refresh_from_db()
    assert (solution.state, solution.crashes) == (State.QUEUED, 0)
    start_worker(ScriptedEngine(ANSWER)).solve()
    solution.refresh_from_db()
    assert solution.answer == "".join(ANSWER)
    assert_log_equals_row(solution)


def test_what_is_waited_for(solution, start_worker, wait_until):
    assert waiting_for(solution) == "worker"
    start_worker(ScriptedEngine(ANSWER))
    wait_until(lambda: waiting_for(solution) == "turn")
    solution.fence = 1
    assert waiting_for(solution) == "resume"
    with connect() as client:
        [presence] = present_workers(client)
    assert (presence.model, presence.is_ready) == ("scripted-model", True)


def test_figures_that_cannot_be_counted_cost_no_vote(solution, start_worker, monkeypatch):
    counted = []
    monkeypatch.setattr(worker_module, "count_vote", counted.append)
    with connect() as client:
        client.set("figures", "not a hash")
    start_worker(ScriptedEngine(["It is \\(\\boxed{5}\\)"])).solve()
    assert counted == [solution]
    solution.refresh_from_db()
    assert_log_equals_row(solution)


def test_a_log_that_cannot_be_closed_costs_no_vote(solution, start_worker, monkeypatch):
    counted = []
    monkeypatch.setattr(worker_module, "count_vote", counted.append)

    async def away(*args, **kwargs):
        raise RedisError("away")

    monkeypatch.setattr(generator, "end_log", away)
    start_worker(ScriptedEngine(["It is \\(\\boxed{5}\\)"])).solve()
    assert counted == [solution]
    solution.refresh_from_db()
    assert (solution.state, solution.verdict) == (State.ENDED, Verdict.INCORRECT)


def test_a_database_that_fails_after_the_claim_costs_no_crash(solution, start_worker, monkeypatch):
    def fail(code):
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(worker_module, "recipe_of", fail)
        start_worker(ScriptedEngine(ANSWER)).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.crashes, solution.worker) == (State.QUEUED, 0, None)


def test_a_full_disk_of_the_database_is_waited_for(solution, start_worker, monkeypatch):
    finish, refusals = Solution.finish, iter([OperationalError("database or disk is full")] * 2)

    def refuse_first(*args, **kwargs):
        if error := next(refusals, None):
            raise error
        return finish(*args, **kwargs)

    monkeypatch.setattr(Solution, "finish", refuse_first)
    start_worker(ScriptedEngine(ANSWER)).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.crashes, solution.verdict) == (
        State.ENDED,
        0,
        Verdict.CORRECT,
    )
    assert_log_equals_row(solution)


def test_a_claim_that_cannot_be_read_is_none(solution, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(SolutionQuerySet, "select_related", fail)
        with pytest.raises(OperationalError):
            Solution.objects.claim_some([solution.pk], uuid4())
    solution.refresh_from_db()
    assert (solution.state, solution.fence) == (State.QUEUED, 0)


def test_some_are_claimed_in_their_order_and_no_others(problem):
    for number in (5, 4, 3, 2, 1):
        solution = begin_solution(problem.current, number)
        Solution.objects.filter(pk=solution.pk).update(priority=number)
    mine, other = uuid4(), uuid4()
    [first] = Solution.objects.claim_next(other, "scripted-model")
    claimed = Solution.objects.claim_next(mine, "scripted-model", 3)
    assert [solution.number for solution in (first, *claimed)] == [1, 2, 3, 4]
    assert [solution.worker for solution in claimed] == [mine] * 3
    assert {(solution.state, solution.fence) for solution in claimed} == {(State.STREAMING, 1)}
    assert [
        solution.number for solution in Solution.objects.claim_next(mine, "scripted-model", 9)
    ] == [5]
    assert Solution.objects.claim_next(mine, "scripted-model", 9) == []
    first.refresh_from_db()
    assert (first.worker, first.fence) == (other, 1)


def test_two_workers_that_claim_the_same_at_once_do_not_both_get_it(problem, in_thread):
    pks = [begin_solution(problem.current, number).pk for number in (1, 2)]
    late = []
    with transaction.atomic():
        claimed = Solution.objects.claim_some(pks, uuid4())
        claiming = in_thread(lambda: late.extend(Solution.objects.claim_some(pks, uuid4())))
        with pytest.raises(TimeoutError):
            claiming.result(timeout=0.5)
    claiming.result(timeout=10)
    assert (len(claimed), late) == (2, [])
    assert set(Solution.objects.values_list("fence", flat=True)) == {1}


@pytest.fixture
def claims(start_worker, monkeypatch):
    """A worker of which eight threads want a solution at once, and how many each claim is of."""
    worker = start_worker(ScriptedEngine(ANSWER))
    counts = []
    claim_next = SolutionQuerySet.claim_next

    def counted(self, worker, weights, count):
        counts.append(count)
        return claim_next(self, worker, weights, count)

    monkeypatch.setattr(SolutionQuerySet, "claim_next", counted)

    def claim_at_once(in_thread, wait_until):
        with worker._claiming:
            running = [in_thread(worker.solve) for _ in range(8)]
            wait_until(lambda: worker._to_claim.qsize() == 8)
        return running

    return claim_at_once, counts


def test_threads_that_ask_at_once_are_served_by_one_claim(problem, claims, in_thread, wait_until):
    for number in range(1, 7):
        begin_solution(problem.current, number)
    claim_at_once, counts = claims
    for call in claim_at_once(in_thread, wait_until):
        call.result(timeout=10)
    assert counts == [8]
    ended = Solution.objects.filter(state=State.ENDED, outcome=Outcome.FINISHED, fence=1)
    assert ended.count() == 6


def test_a_claim_that_fails_keeps_nobody_waiting_and_takes_nothing(
    problem, claims, in_thread, wait_until, monkeypatch, caplog
):
    solution = begin_solution(problem.current, 1)

    def fail(*args, **kwargs):
        raise OperationalError("gone")

    claim_at_once, _ = claims
    monkeypatch.setattr(SolutionQuerySet, "claim_next", fail)
    for call in claim_at_once(in_thread, wait_until):
        call.result(timeout=10)
    assert caplog.text.count("nothing claimed: gone") == 8
    solution.refresh_from_db()
    assert (solution.state, solution.fence) == (State.QUEUED, 0)


def test_a_worker_that_drains_while_it_claims_gives_it_back(
    solution, start_worker, in_thread, monkeypatch
):
    worker = start_worker(ScriptedEngine(ANSWER, hold_at=4))
    claim = worker._claim_next

    def claim_meanwhile():
        claimed = claim()
        worker.drain()
        return claimed

    monkeypatch.setattr(worker, "_claim_next", claim_meanwhile)
    in_thread(worker.solve).result(timeout=10)
    solution.refresh_from_db()
    assert (solution.state, solution.crashes) == (State.QUEUED, 0)


def test_a_worker_that_is_stopped_leaves_no_thread_waiting_and_ends_no_text(
    problem, in_thread, wait_until
):
    for number in range(1, 17):
        begin_solution(problem.current, number)
    engine = ScriptedEngine(ANSWER * 500, pause_s=0.0005)
    worker = Worker(engine.start, engine.model)
    worker.start()
    running = [in_thread(worker.solve) for _ in range(16)]
    wait_until(lambda: len(worker.jobs) == 16 and engine.generated > 160)
    worker.stop()
    for call in running:
        assert call.exception(timeout=10) is None
    for solution in Solution.objects.all():
        assert (solution.state, solution.crashes) == (State.QUEUED, 0)
        assert not any(record.outcome for record in read_records(solution.pk))
