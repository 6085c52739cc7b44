"""The solver and the naming of mistakes keep to their budgets, whatever is asked of them."""

from functools import partial

import pytest

from tests.grading import bombs
from tests.processor import takes_longer
from tutor.grading.answer_key import AnswerKey
from tutor.grading.mistakes.explain import explain
from tutor.grading.processes.work_budget import WorkBudget, cpu_time_s
from tutor.grading.solver.naming import name_move
from tutor.grading.solver.solve import next_steps, solve

EVERY = 23  # of the bombs, which are of few kinds; no multiple of the number of calls
MAX_CPU_S = 0.6  # at limits of 0.5 s of work and less
MAX_LINE_CHARACTERS = 500  # of a student's working
STATEMENT = r"Solve \(x^2 - 5x + 6 = 0\) for \(x\)."


def cpu_s_of(call, *args):
    before_s = cpu_time_s()
    with WorkBudget(0.5):
        call(*args)
    return cpu_time_s() - before_s


def questions():
    for index, (_key, bomb) in enumerate(bombs.answers()):
        statement = rf"Solve \({bomb}\) for \(x\)."
        yield from (
            (next_steps, statement),
            (solve, statement),
            (next_steps, STATEMENT, [bomb[:MAX_LINE_CHARACTERS]]),
            (name_move, bomb, "x = 2"),
            (explain, bomb, AnswerKey(r"\{2, 3\}", "set"), STATEMENT),
            (explain, "7", AnswerKey("5", "number"), statement),
        )[index % 2 :: 2]


@pytest.mark.slow
def test_no_bomb_takes_more_than_its_budget():
    asked = list(questions())[::EVERY]
    assert len(asked) >= 40
    slow = [q for q in asked if takes_longer(partial(cpu_s_of, *q), MAX_CPU_S)]
    assert slow == []
