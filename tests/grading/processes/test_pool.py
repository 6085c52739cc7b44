"""The pool of children, and grading in threads, processes and executors."""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction

import pytest

from tutor.grading import Verdict, grade_response, infer_key
from tutor.grading.numeric import sympy_client
from tutor.grading.parsing.tree import Num
from tutor.grading.processes.pool import ChildPool
from tutor.grading.processes.timeout import TimedOut, Timeout
from tutor.grading.processes.work_budget import WorkBudget, cpu_time_s

LIMIT = infer_key(r"\lim_{x\to0}\frac{\sin x}{x}")
ROOT = infer_key(r"\sqrt{3+2\sqrt2}")


def decided(response, key=LIMIT):
    """The verdict, once SymPy is loaded."""
    for _ in range(20):
        grade = grade_response(response, key)
        if grade.rule != "deadline":
            return grade.verdict
    return grade.verdict


def test_threads_agree():
    with ThreadPoolExecutor(16) as threads:
        verdicts = list(
            threads.map(lambda n: grade_response(f"{n}+sqrt2", ROOT).verdict, [1, 2] * 100)
        )
    assert verdicts == [Verdict.CORRECT, Verdict.INCORRECT] * 100


def test_threads_with_different_precision_agree():
    pairs = [(r"\pi", r"\pi+10^{-150}"), (r"\sqrt8", r"2\sqrt2"), ("x", "x+10^{-900}")]
    with ThreadPoolExecutor(8) as threads:
        verdicts = list(
            threads.map(lambda p: grade_response(p[1], infer_key(p[0])).verdict, pairs * 40)
        )
    assert verdicts == [Verdict.INCORRECT, Verdict.CORRECT, Verdict.INCORRECT] * 40


async def test_an_executor_of_asyncio_agrees():
    loop = asyncio.get_running_loop()
    grades = await asyncio.gather(
        *(loop.run_in_executor(None, grade_response, "1+sqrt(2)", ROOT) for _ in range(50))
    )
    assert {grade.verdict for grade in grades} == {Verdict.CORRECT}


def _in_child(results):
    results.put((decided("1"), decided("2"), "sympy" in sys.modules))


def _verdicts_of_forked_children():
    first = decided("1")  # so that there is something to inherit
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    workers = [context.Process(target=_in_child, args=(results,), daemon=True) for _ in range(2)]
    for worker in workers:
        worker.start()
    verdicts = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join(timeout=20)
    return first, verdicts, decided("1")


def test_a_forked_daemonic_child_has_children_of_its_own():
    # In a fresh process: other tests may have loaded SymPy into this one.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        first, in_children, last = pool.submit(_verdicts_of_forked_children).result(timeout=120)
    assert in_children == [(Verdict.CORRECT, Verdict.INCORRECT, False)] * 2
    assert (first, last) == (Verdict.CORRECT, Verdict.CORRECT)


def test_a_child_that_dies_is_replaced(monkeypatch):
    assert decided("1") == Verdict.CORRECT
    monkeypatch.setattr(sympy_client, "_answers", {})  # so that a child is asked again
    before = [child.process for child in sympy_client._children.children]
    for process in before:
        process.kill()
        process.wait()
    assert decided("1") == Verdict.CORRECT
    children = [child.process for child in sympy_client._children.children]
    alive = [process for process in children if process.poll() is None]
    assert alive
    assert not set(alive) & set(before)


def test_a_question_is_answered_however_long_sympy_takes_to_load(monkeypatch):
    slow = ChildPool(f"import time; time.sleep(1.5); {sympy_client._START}", 1)
    monkeypatch.setattr(sympy_client, "_children", slow)
    monkeypatch.setattr(sympy_client, "_answers", {})
    try:
        # This much work waits .6 s for its answer.
        assert sympy_client.same_by_sympy(Num(Fraction(1)), Num(Fraction(1)), WorkBudget(0.03))
    finally:
        slow.close()


def test_a_child_that_hangs_is_killed_and_replaced():
    assert decided("1") == Verdict.CORRECT
    start = time.monotonic()
    grade = grade_response(r"\int_0^1 x^{x} \sin(x^{x}) \ln(x+x^{x}) dx", LIMIT)
    assert grade.verdict == Verdict.UNDECIDED
    assert time.monotonic() - start < 10  # it would take for ever
    assert decided("1") == Verdict.CORRECT


def test_two_hundred_at_once_all_get_an_answer_in_time():
    assert decided("1") == Verdict.CORRECT
    times, verdicts = [], []

    def grade_timed(number):
        start = time.monotonic()
        verdicts.append(grade_response(str(number % 2), LIMIT, 0.1).verdict)
        times.append(time.monotonic() - start)

    threads = [threading.Thread(target=grade_timed, args=(number,)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(verdicts) == 200
    assert max(times) < 6  # a wait of 2 s each, and 200 threads on a busy machine
    assert verdicts.count(Verdict.CORRECT) <= 100
    assert Verdict.CORRECT in verdicts


def test_importing_it_loads_neither_sympy_nor_django_nor_celery():
    script = (
        "import sys, tutor.grading as g; g.grade_response('1+1', g.infer_key('2'));"
        "print([m for m in ('sympy', 'mpmath', 'django', 'celery', 'pint') if m in sys.modules])"
    )
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert loaded.strip() == "[]"


@pytest.mark.parametrize("ending", ["", "os._exit(1)"])
def test_no_child_outlives_its_parent(ending):
    script = (
        "import os, tutor.grading as g\n"
        "from tutor.grading.numeric import sympy_client\n"
        r"g.grade_response('1', g.infer_key(r'\lim_{x\to0} x+1'))"
        "\nprint(*[child.process.pid for child in sympy_client._children.children], flush=True)\n"
    )
    run = [sys.executable, "-c", script + ending]
    output = subprocess.run(run, text=True, stdout=subprocess.PIPE, check=False).stdout
    pids = [int(pid) for pid in output.split()]
    assert pids
    assert all(_ends(pid) for pid in pids)


def _ends(pid):
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_warming_up_starts_the_children_once():
    sympy_client.warm_up()
    before = [child.process.pid for child in sympy_client._children.children]
    sympy_client.warm_up()
    assert [child.process.pid for child in sympy_client._children.children] == before
    assert len(before) == sympy_client.MAX_CHILDREN
    assert decided("1") == Verdict.CORRECT


@pytest.mark.parametrize(
    ("answer", "least_s", "most_s"),
    [("time.sleep", 0, 0.3), ("lambda s: [*iter(time.process_time, s)]", 0.3, 3)],
    ids=["waits", "computes"],
)
def test_an_unanswered_question_counts_what_the_processor_did(answer, least_s, most_s):
    serve = "import time; from tutor.grading.processes.child_process import answer_questions; "
    children = ChildPool(f"{serve}answer_questions({answer}, memory=2**30, seconds=9)", 1)
    with suppress(TimedOut), children.child(Timeout(60)) as child:
        before_s = cpu_time_s()
        child.ask(30, Timeout(1.5))
    assert child.has_ended
    assert least_s <= cpu_time_s() - before_s <= most_s
