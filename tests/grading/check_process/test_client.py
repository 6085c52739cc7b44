"""Steps checked in children: right, in time, and nothing left over, whatever a step does."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests.grading import hostile
from tutor.grading.check_process import client
from tutor.grading.check_process.client import check_lines, check_step
from tutor.grading.processes.pool import ChildPool
from tutor.grading.processes.timeout import Timeout
from tutor.grading.steps.checks import StepCheck, StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.grading.working.checker import check_working

PROVED, REFUTED, UNCHECKED = StepVerdict
STEPS = ["1+1=2", "So it is done.", "2+2=5", r"\frac12+\frac12=1"]
LONG_S = 30  # where a child has to start on a busy machine


@pytest.fixture
def statement(request):
    """One that no child knows, and whose child has loaded already."""
    statement = f"{request.node.name} {time.monotonic()}"
    assert check_step(statement, ["1=1"], LONG_S).verdict == PROVED
    return statement


def child_of(statement):
    [child] = client._children_for(statement).children
    return psutil.Process(child.process.pid)


@pytest.fixture
def hanging(statement):
    """A child that has stopped, as one that computes without end: only killing it helps."""
    child = child_of(statement)
    family = [child, *child.children(recursive=True)]
    assert len(family) > 1  # it has a child for SymPy
    for process in family:
        process.send_signal(signal.SIGSTOP)
    return family


@pytest.fixture
def line_children(monkeypatch):
    """Two children for lines, both of which have loaded."""
    pool = ChildPool(client._START, 2)
    monkeypatch.setattr(client, "_line_children", pool)
    pool.warm_up(2)
    for child in pool.children:
        child.wait_until_ready(Timeout(LONG_S))
    yield pool
    pool.close()


def stop(child):
    os.kill(child.process.pid, signal.SIGSTOP)


def without_seconds(check):
    fields = check.to_dict()
    claims = [{**claim, "seconds": 0} for claim in fields["claims"]]
    return {**fields, "claims": claims, "moves": None}


def test_who_has_no_time_left_asks_nothing_and_blames_no_step(statement):
    child = child_of(statement)
    assert check_step(statement, ["1=1", "2=2"], within_s=0).verdict == UNCHECKED
    assert child_of(statement) == child
    assert list(client._keys(statement, ["1=1", "2=2"]))[-1] not in client._fatal


def test_moves_of_proved_steps_are_named():
    statement = "Solve \\(3x + 5 = 20\\)."
    steps = ["We subtract 5: \\(3x = 15\\).", "So \\(x = 5\\)."]
    first, last = (check_step(statement, steps[: n + 1], LONG_S) for n in range(2))
    assert first.moves == ({"name": "subtract_from_both", "terms": ["5"]},)
    assert last.moves == ({"name": "divide_both", "terms": ["3"]},)
    refuted = check_step(statement, ["We subtract 5: \\(3x = 16\\)."], LONG_S)
    assert refuted.moves == ()


def test_no_steps_are_unchecked(statement):
    assert check_step(statement, []) == client.UNCHECKED


def test_it_says_what_the_checker_says(statement):
    checker = StepChecker(statement)
    for number in range(len(STEPS)):
        expected = checker.check(STEPS[number])
        check = check_step(statement, STEPS[: number + 1], LONG_S)
        assert without_seconds(check) == without_seconds(expected)


def test_the_lines_of_a_derivation_are_checked_together(statement):
    expected = check_working(STEPS, statement)
    checks = check_lines(STEPS, statement, LONG_S)
    assert [*map(without_seconds, checks)] == [*map(without_seconds, expected)]
    assert check_lines([], statement) == []


def test_only_new_steps_are_checked(statement):
    steps = [f"{n}+{n}={2 * n}" for n in range(300)]
    check_step(statement, steps[:-1], LONG_S)
    # Going through 299 of them again takes many times longer than one.
    began_at = time.perf_counter()
    for number in range(1, 50):
        assert check_step(statement, [*steps, *steps[:number]], LONG_S).verdict == PROVED
    took_s = time.perf_counter() - began_at
    began_at = time.perf_counter()
    assert check_step(statement, ["1=1", *steps], LONG_S).verdict == PROVED
    assert took_s < 49 * (time.perf_counter() - began_at)


def test_one_that_hangs_is_unchecked_in_time_and_leaves_nothing(statement, hanging):
    began_at = time.monotonic()
    assert check_step(statement, STEPS[:1], within_s=0.5) == client.UNCHECKED
    assert time.monotonic() - began_at < 2
    assert all(ended(process) for process in hanging)


def test_lines_that_hang_are_all_unchecked(line_children):
    for child in line_children.children:
        stop(child)
    assert check_lines(STEPS, "", max_work_s=0.3) == [client.UNCHECKED] * len(STEPS)
    assert check_lines(STEPS[:1], "", LONG_S)[0].verdict == PROVED


def test_lines_that_take_long_delay_no_other_lines(line_children):
    first = line_children.slots.queue[-1]  # which is taken first
    stop(first)
    with ThreadPoolExecutor() as threads:
        slow = threads.submit(check_lines, STEPS, "", wait_s=LONG_S)
        while first in line_children.slots.queue:
            time.sleep(0.01)
        assert check_lines(STEPS[:1], "", LONG_S)[0].verdict == PROVED
        assert not slow.done()
        os.kill(first.process.pid, signal.SIGCONT)
        assert [check.verdict for check in slow.result()][:1] == [PROVED]


def test_after_one_that_hung_the_next_step_is_checked(statement, hanging):
    assert check_step(statement, STEPS[:3], within_s=0.3).verdict == UNCHECKED
    assert check_step(statement, STEPS, LONG_S).verdict == PROVED
    assert check_step(statement, STEPS[:3], LONG_S).verdict == REFUTED


@pytest.mark.parametrize("step", ["hang", "end", "fail"])
def test_what_ended_a_child_does_not_end_the_next_one(monkeypatch, step):
    pool = ChildPool("from tests.grading.check_process.hanging_checker import serve; serve()", 1)
    monkeypatch.setattr(client, "_children", [pool] * client.CHILDREN)
    steps = ["1+1=2", step, "2+2=4", "3+3=7"]
    assert check_step("", steps[:1], LONG_S).verdict == PROVED
    assert check_step("", steps[:2], within_s=0.5).verdict == UNCHECKED
    assert check_step("", steps[:3], LONG_S).verdict == PROVED
    [child] = pool.children
    assert check_step("", steps, LONG_S).verdict == REFUTED
    assert pool.children == [child]
    pool.close()


def test_one_that_was_killed_is_replaced(statement):
    check_step(statement, STEPS[:3], LONG_S)
    before = child_of(statement)
    before.kill()
    before.wait()
    assert check_step(statement, STEPS, LONG_S).verdict == PROVED
    assert child_of(statement) != before


def test_threads_get_their_own_answers(statement):
    def check_sum(number):
        steps = [*STEPS[:2], f"{number}+1={number + 1 + number % 2}"]
        return check_step(f"{statement} {number % 7}", steps, LONG_S)

    with ThreadPoolExecutor(16) as threads:
        checks = list(threads.map(check_sum, range(200)))
    assert [check.verdict for check in checks] == [PROVED, REFUTED] * 100
    assert [check.claims[0].claim.split("+")[0] for check in checks] == [*map(str, range(200))]


def _in_child(statement, results):
    results.put((check_step(statement, STEPS[:3], LONG_S).verdict, child_of(statement).pid))


def test_a_forked_daemonic_process_has_children_of_its_own(statement):
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    workers = [
        context.Process(target=_in_child, args=(statement, results), daemon=True) for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    answers = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join(timeout=20)
    assert [verdict for verdict, _ in answers] == [REFUTED, REFUTED]
    assert len({child_of(statement).pid, *(pid for _, pid in answers)}) == 3
    assert check_step(statement, STEPS, LONG_S).verdict == PROVED


@pytest.mark.parametrize("ending", ["", "os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_no_child_outlives_its_parent(ending):
    script = (
        "import os, psutil\n"
        "from tutor.grading.check_process.client import check_step\n"
        "check_step('', ['1=1'], 30)\n"
        "print(*[p.pid for p in psutil.Process().children(recursive=True)], flush=True)\n"
    )
    run = [sys.executable, "-c", script + ending]
    output = subprocess.run(run, text=True, stdout=subprocess.PIPE, check=False).stdout
    pids = [int(pid) for pid in output.split()]
    assert len(pids) == 2  # one for steps, and its own for SymPy
    assert all(not psutil.pid_exists(pid) or ended(psutil.Process(pid)) for pid in pids)


def test_nothing_starts_before_the_first_step_and_importing_loads_no_sympy():
    script = (
        "import sys, psutil, tutor.grading.check_process.client as steps\n"
        "print('sympy' in sys.modules, len(psutil.Process().children()))\n"
        "steps.warm_up()\n"
        "print(len(psutil.Process().children()) == steps.CHILDREN)\n"
    )
    output = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert output.split() == ["False", "0", "True"]


def test_hostile_steps_are_answered(statement):
    """In time, whatever the step; and the steps after it are checked all the same."""
    for number, text in enumerate([*hostile.SHORT, *hostile.LONG]):
        steps = [text, f"{number}+1={number + 1}"]
        began_at = time.monotonic()
        assert isinstance(check_step(statement, steps[:1], within_s=2), StepCheck)
        assert time.monotonic() - began_at < 4
        if len(text) < 10_000:
            assert check_step(statement, steps, LONG_S).claims, ascii(text)[:40]


def ended(process):
    """Whether it is gone within ten seconds, or waits only for its new parent's notice."""
    for _ in range(100):
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


def test_lines_that_are_too_much_work_are_checked_in_part_or_not_at_all(statement):
    lines = ["1+1=2", r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sqrt{k+j}=17", "2+2=4"]
    assert check_lines(lines, statement, 0.1, wait_s=LONG_S) == [client.UNCHECKED] * 3
    checks = check_lines(lines, statement, 0.1, wait_s=LONG_S, in_part=True)
    assert [check.verdict for check in checks] == [PROVED, UNCHECKED, UNCHECKED]
    assert checks[1:] == [client.UNCHECKED] * 2
