"""Limits count work: the same verdict on a slow or busy machine, and no more work than allowed."""

import resource
import time
from contextlib import suppress
from functools import partial

import pytest

from tests.bench.load import MAX_WORK_S, Answer, Derivation, Solution, differing, questions
from tests.grading import bombs
from tests.processor import slowness, takes_longer
from tutor.grading import Rule, grade_response, read_key
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.sympy_client import same_by_sympy
from tutor.grading.parsing.tree import ONE, Add, Mul, Sym, free_names
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent, cpu_time_s

MAX_CPU_S = 0.35  # at a limit of 0.3 s of work
MAX_GROWTH_KB = 300_000
EVERY = 5  # of the bombs, which are of few kinds


@pytest.fixture(scope="module", autouse=True)
def _sympy():
    """SymPy, loaded."""
    same_by_sympy(ONE, ONE, WorkBudget(2))


def sample(every):
    """Without SymPy's questions, whose child has a processor's clock of its own."""
    asked = list(questions())[::every]
    return [q for q in asked if not any(s in str(q) for s in (r"\int", r"\lim", r"\sum", r"\prod"))]


def cpu_s_of(question):
    before_s = cpu_time_s()
    with WorkBudget(MAX_WORK_S):
        question.verdict()
    return cpu_time_s() - before_s


def test_there_are_bombs_of_every_kind():
    asked = list(questions())
    counts = [sum(isinstance(q, kind) for q in asked) for kind in (Answer, Derivation, Solution)]
    assert min(counts) >= 150


def test_a_slower_processor_changes_no_verdict(monkeypatch):
    """Than an ordinary one; this one may be slower already."""
    asked = sample(22)
    expected = [question.verdict() for question in asked]
    thread_time, times_as_slow = time.thread_time, 2.5 / slowness()
    monkeypatch.setattr(time, "thread_time", lambda: times_as_slow * thread_time())
    assert [question.verdict() for question in asked] == expected


def test_the_same_question_twice_is_the_same_work():
    for question in sample(40):
        left_s = []
        for _ in range(2):
            with WorkBudget(100) as budget:
                question.verdict()
                left_s.append(budget.left_s)
        assert left_s[0] == pytest.approx(left_s[1], abs=1e-7), question


PRODUCT = "".join(f"(x+{number})" for number in range(1, 241))
OSCILLATION = {"value": "y = A cos(x) + B sin(x)", "kind": "general_solution"}


@pytest.mark.parametrize("response", [PRODUCT, f"y = C*{PRODUCT}"])
def test_a_second_derivative_takes_no_more_than_its_budget(response):
    key = read_key({**OSCILLATION, "equation": "y'' = -y"})
    assert not takes_longer(partial(cpu_s_of, Answer(response, key)), MAX_CPU_S)
    assert grade_response(response, key, MAX_WORK_S).rule == Rule.DEADLINE


def test_a_term_that_is_too_large_is_not_even_walked_through():
    factor = Add((Sym("x"), ONE))
    large = Add(tuple(Mul((factor,) * 200) for _ in range(10_000)))

    def cpu_s():
        before_s = cpu_time_s()
        with suppress(WorkBudgetSpent), WorkBudget(0.05) as budget:
            same_value(large, ONE, budget)
        with suppress(WorkBudgetSpent), WorkBudget(0.05):
            free_names(large)
        return cpu_time_s() - before_s

    assert not takes_longer(cpu_s, 0.12)


@pytest.mark.slow
def test_no_bomb_takes_more_than_its_budget():
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    asked = [q for q in questions() if isinstance(q, Answer)][::EVERY]
    asked += [Derivation(lines) for lines in bombs.derivations()][::EVERY]
    slow = [q for q in asked if takes_longer(partial(cpu_s_of, q), MAX_CPU_S)]
    assert slow == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb <= MAX_GROWTH_KB


@pytest.mark.slow
def test_beside_busy_processes_every_verdict_is_the_same():
    assert differing(list(questions())[::24], 4) == []
