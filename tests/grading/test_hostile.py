"""Nothing runs, nothing hangs, nothing grows, and nothing of it is taken for a right answer."""

import contextlib
import random
import resource
import string
import tempfile
import threading
import time
from pathlib import Path

import pytest

from tests.grading import hostile
from tests.processor import is_within
from tutor.grading import Grade, InvalidKey, Verdict, grade_completion, grade_response, infer_key
from tutor.grading.processes.work_budget import cpu_time_s

GOLDS = ["17", "x^2+3x", r"\frac{7}{3}", r"(-\infty,3)\cup(4,\infty)", r"\{7,11\}", "(7,11)"]
GOLDS += ["y=3x+7", r"\begin{pmatrix}7&2\\3&11\end{pmatrix}", r"17\text{ cm}", "D", "parallel"]
GOLDS += [r"\sqrt{7}", "x>7", "(x+1)^{200}", "7:11", "1, 7, 11"]
KEYS = [infer_key(gold) for gold in GOLDS]
CPU_S = 1.5  # of this thread and its children; the grader's own limit is 1.2
WITHIN_S = 90.0  # on the clock, beside others: a question to SymPy alone may wait 40 s


@contextlib.contextmanager
def in_time():
    began_at, before_s = time.perf_counter(), cpu_time_s()
    yield
    assert is_within(cpu_time_s() - before_s, CPU_S)
    assert time.perf_counter() - began_at < WITHIN_S


def takes_long(text):
    """Questions for SymPy: one key is enough."""
    return any(sign in text for sign in (r"\int", r"\sum", r"\prod", r"\lim"))


def test_there_are_enough_of_them():
    assert len(set(hostile.SHORT)) >= 250


@pytest.fixture
def marker():
    """A file that must not come to be; digits in its path could be the right answer."""
    return Path(tempfile.gettempdir(), "".join(random.choices(string.ascii_lowercase, k=20)))


@pytest.mark.parametrize("text", hostile.SHORT, ids=lambda text: ascii(text)[1:40])
def test_it_is_not_right_and_answered_in_time(text, marker):
    text = text.replace("{marker}", str(marker))
    for key in KEYS:
        for grader in (grade_response, grade_completion):
            with in_time():
                grade = grader(text, key)
            assert isinstance(grade, Grade)
            assert grade.verdict != Verdict.CORRECT, key.value
        if takes_long(text):
            break
    assert not marker.exists()


@pytest.mark.parametrize(("gold", "text"), hostile.BOMBS, ids=lambda text: ascii(text)[1:30])
def test_much_work_ends_with_the_budget(gold, text):
    key = infer_key(gold)
    before_s = cpu_time_s()
    grade = grade_response(text, key, 0.3)
    assert is_within(cpu_time_s() - before_s, 0.5)
    assert grade.verdict != Verdict.CORRECT


@pytest.mark.parametrize("text", ["A " * 150 + "?", "A, B and " * 40 + "?", "A" + " " * 290 + "?"])
def test_a_row_of_letters_is_read_at_once(text):
    before = time.thread_time()
    assert grade_response(text, infer_key("D")).verdict == Verdict.UNREADABLE
    assert time.thread_time() - before < 0.2


def test_a_busy_machine_changes_no_verdict():
    """What is worked on for 0.1 s takes a second beside others, and is decided all the same."""
    has_ended = threading.Event()

    def work():
        while not has_ended.is_set():
            sum(range(1_000))

    threads = [threading.Thread(target=work) for _ in range(15)]
    for thread in threads:
        thread.start()
    try:
        grade = grade_response(r"(y-\sqrt{1-x^2})(y+\sqrt{1-x^2})=0", infer_key("x^2+y^2=1"), 0.4)
    finally:
        has_ended.set()
        for thread in threads:
            thread.join()
    assert grade.verdict == Verdict.CORRECT


@pytest.mark.parametrize("text", hostile.LONG, ids=lambda text: ascii(text)[1:30])
def test_a_hundred_kilobytes_are_answered_in_time(text):
    for key in (KEYS[0], KEYS[4], KEYS[9], KEYS[10]):
        for grader in (grade_response, grade_completion):
            with in_time():
                assert grader(text, key).verdict != Verdict.CORRECT


@pytest.mark.parametrize(
    "text", [*hostile.SHORT, *hostile.LONG], ids=lambda text: ascii(text)[1:30]
)
def test_as_a_key_it_is_refused_or_usable(text):
    key = None
    with in_time(), contextlib.suppress(InvalidKey):
        key = infer_key(text)
    if key is not None:
        assert grade_response("a wrong answer, 123454321", key).verdict != Verdict.CORRECT


def test_the_process_hardly_grows():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for text in [*hostile.GROWING, *hostile.LONG]:
        grade_response(text, KEYS[0])
        grade_completion(text, KEYS[1])
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kb < 50_000


def test_many_long_answers_are_not_kept():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(300):
        grade_response("+".join(f"{number}x^{k}" for k in range(250)), KEYS[1])
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kb < 50_000
