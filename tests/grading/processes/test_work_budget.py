import threading
import time

import pytest

from tutor.grading.processes import work_budget
from tutor.grading.processes.work_budget import (
    WorkBudget,
    WorkBudgetSpent,
    add_child_time,
    charge,
    cpu_time_s,
    has_work_left,
    note_work,
)


def steps_until_the_end(budget):
    for step in range(1_000_000):
        try:
            budget.step(7)
        except WorkBudgetSpent:
            return step
    return None


def test_only_counted_work_ends_a_budget():
    budget = WorkBudget(0.05)
    time.sleep(0.1)
    sum(range(1_000_000))
    budget.check()
    assert budget.left_s == pytest.approx(0.05, abs=1e-4)
    with pytest.raises(WorkBudgetSpent):
        budget.step(60_000)
    assert budget.left_s == 0


def test_the_same_work_ends_it_each_time():
    assert {steps_until_the_end(WorkBudget(0.01)) for _ in range(5)} == {1_428}


def test_work_that_takes_much_longer_than_counted_ends_it_too(monkeypatch):
    monkeypatch.setattr(work_budget, "SLACK_S", 0.02)
    budget = WorkBudget(0.03)
    while time.thread_time() < budget._cpu_end_s:
        sum(range(1_000))
    with pytest.raises(WorkBudgetSpent):
        budget.step(20_001)


def test_work_counts_against_the_open_budget_and_those_around_it():
    charge(1e9)  # none is open
    with WorkBudget(0.001) as outer:
        with WorkBudget(10) as inner:
            assert inner.left_s <= outer.left_s
            charge(600)
        assert has_work_left()
        with pytest.raises(WorkBudgetSpent):
            charge(600)
        assert not has_work_left()
        assert WorkBudget(10).left_s == 0
    assert has_work_left()


def test_noted_work_ends_nothing_by_itself():
    with WorkBudget(0.001) as budget:
        note_work(2_000)
        assert budget.left_s == 0
        with pytest.raises(WorkBudgetSpent):
            charge(0)


def test_each_thread_has_budgets_of_its_own():
    with WorkBudget(0.001) as budget:
        thread = threading.Thread(target=lambda: charge(1e6))
        thread.start()
        thread.join()
        assert budget.left_s > 0


def test_the_processor_time_of_a_child_counts_for_the_thread_that_asked():
    before_s = cpu_time_s()
    add_child_time(2)
    assert cpu_time_s() - before_s >= 2
    times = []
    thread = threading.Thread(target=lambda: times.append(cpu_time_s()))
    thread.start()
    thread.join()
    assert times[0] < 1
