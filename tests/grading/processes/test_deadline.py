import threading
import time

import pytest

from tutor.grading.processes import deadline as deadline_module
from tutor.grading.processes.deadline import (
    Deadline,
    DeadlinePassed,
    Timeout,
    add_child_time,
    charge,
    cpu_time_s,
    has_work_left,
    note_work,
)


def steps_until_the_end(deadline):
    for step in range(1_000_000):
        try:
            deadline.step(7)
        except DeadlinePassed:
            return step
    return None


def test_only_counted_work_ends_a_budget():
    deadline = Deadline.within(0.05)
    time.sleep(0.1)
    sum(range(1_000_000))
    deadline.check()
    assert deadline.left_s == pytest.approx(0.05, abs=1e-4)
    with pytest.raises(DeadlinePassed):
        deadline.step(60_000)
    assert deadline.left_s == 0


def test_the_same_work_ends_it_each_time():
    assert {steps_until_the_end(Deadline.within(0.01)) for _ in range(5)} == {1_428}


def test_work_that_takes_much_longer_than_counted_ends_it_too(monkeypatch):
    monkeypatch.setattr(deadline_module, "SLACK_S", 0.02)
    deadline = Deadline.within(0.03)
    while time.thread_time() < deadline._cpu_end_s:
        sum(range(1_000))
    with pytest.raises(DeadlinePassed):
        deadline.step(20_001)


def test_work_counts_against_the_open_budget_and_those_around_it():
    charge(1e9)  # none is open
    with Deadline.within(0.001) as outer:
        with Deadline.within(10) as inner:
            assert inner.left_s <= outer.left_s
            charge(600)
        assert has_work_left()
        with pytest.raises(DeadlinePassed):
            charge(600)
        assert not has_work_left()
        assert Deadline.within(10).left_s == 0
    assert has_work_left()


def test_noted_work_ends_nothing_by_itself():
    with Deadline.within(0.001) as deadline:
        note_work(2_000)
        assert deadline.left_s == 0
        with pytest.raises(DeadlinePassed):
            charge(0)


def test_each_thread_has_budgets_of_its_own():
    with Deadline.within(0.001) as deadline:
        thread = threading.Thread(target=lambda: charge(1e6))
        thread.start()
        thread.join()
        assert deadline.left_s > 0


def test_the_processor_time_of_a_child_counts_for_the_thread_that_asked():
    before_s = cpu_time_s()
    add_child_time(2)
    assert cpu_time_s() - before_s >= 2
    times = []
    thread = threading.Thread(target=lambda: times.append(cpu_time_s()))
    thread.start()
    thread.join()
    assert times[0] < 1


def test_waiting_counts_against_a_timeout():
    timeout = Timeout(0.02)
    timeout.check()
    time.sleep(0.03)
    with pytest.raises(DeadlinePassed):
        timeout.check()
