import threading
import time

import pytest

from tutor.grading.processes.deadline import (
    Deadline,
    DeadlinePassed,
    Timeout,
    add_child_time,
    cpu_time_s,
)


def work_until(deadline):
    while True:
        deadline.step()


def test_only_work_counts_against_a_deadline():
    deadline = Deadline.within(0.05)
    time.sleep(0.1)
    deadline.check()
    with pytest.raises(DeadlinePassed):
        work_until(deadline)
    assert deadline.left_s == 0


def test_the_work_of_a_child_counts_for_the_thread_that_asked():
    deadline, before_s = Deadline.within(1), cpu_time_s()
    add_child_time(2)
    assert cpu_time_s() - before_s >= 2
    with pytest.raises(DeadlinePassed):
        deadline.check()
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
