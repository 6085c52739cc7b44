"""The checker of histories finds deliberate mistakes."""

import pytest

from tests.faults.history import History, faults_in
from tutor.solutions.models import Solution

STEPS = ["One. ", "Two."]


def history_of(*messages):
    return History([(float(n), message) for n, message in enumerate(messages)])


def delta(position, step, text, fence=1):
    return {"id": f"{fence}-{position}", "type": "step.delta", "step": step, "text": text}


def end(position, outcome="finished"):
    return {"id": f"1-{position}", "type": "solution.end", "outcome": outcome}


def whole(position, *steps, **fields):
    return {"id": f"2-{position}", "type": "solution.whole", "steps": list(steps), **fields}


@pytest.fixture
def row():
    return Solution(steps=STEPS, outcome="finished", state="ended")


WELL = [
    [delta(1, 0, "One. "), delta(2, 1, "Two."), end(3)],
    [delta(1, 0, "One. "), delta(2, 1, "Two.", fence=2), end(3)],
    [delta(1, 0, "One. "), whole(7, *STEPS), end(8)],
    [whole(7, *STEPS, end={"outcome": "finished"})],
]


@pytest.mark.parametrize("messages", WELL)
def test_what_is_well_has_no_faults(row, messages):
    assert faults_in(history_of(*messages), row) == []


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ([], "it never ended"),
        ([delta(1, 0, "One. "), delta(2, 1, "Two.")], "it never ended"),
        ([delta(1, 0, "One. "), delta(3, 1, "Two."), end(4)], "gap: 1, then 1-3"),
        ([delta(1, 0, "One. "), delta(1, 0, "One. "), end(2)], "repeat: 1, then 1-1"),
        ([delta(1, 0, "Three. "), whole(7, *STEPS), end(8)], "takes back what was shown"),
        ([delta(1, 0, "One. "), end(2)], "not what is recorded"),
        ([delta(1, 0, "One. "), delta(2, 1, "Two."), end(3, "looping")], "told looping"),
    ],
)
def test_each_fault_is_found(row, messages, fault):
    assert any(fault in message for message in faults_in(history_of(*messages), row))


def test_a_solution_that_failed_is_a_fault():
    row = Solution(steps=STEPS, outcome="engine_failed", state="ended")
    assert faults_in(history_of(*WELL[0]), row)


def test_the_longest_silence_is_that_after_the_moment():
    history = History([(at, delta(1, 0, "")) for at in (0.0, 5.0, 6.0, 8.0, 8.5)])
    assert history.silence_after(5.5) == 2.0
    assert history.silence_after(9.0) == 0.0
