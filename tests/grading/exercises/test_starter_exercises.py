"""How many problems of the starter bank have exercises, each of them sound.

`python -m tests.bench.tutor` counts those of all problems: 46 and 19 at the least.
"""

import pytest

from tests.bench.starter_bank import starter_exercises
from tests.grading.exercises.checking import assert_one_line_is_refuted, marks
from tutor.grading.answer_key import Verdict
from tutor.grading.exercises.proved_solution import PROVED
from tutor.grading.grade import grade_response

pytestmark = pytest.mark.slow

EVERY = 7  # of the problems, since a problem takes some seconds
MIN_FADED, MIN_WRONG = 5, 2


@pytest.fixture(scope="module")
def made():
    return list(starter_exercises(EVERY))


def test_most_solved_problems_have_them(made):
    assert sum(bool(exercises.solutions) for _solution, exercises in made) >= MIN_FADED
    assert sum(bool(exercises.wrong) for _solution, exercises in made) >= MIN_WRONG


def test_lines_to_complete_are_proved(made):
    for _solution, exercises in made:
        for example in exercises.solutions:
            assert set(marks(example.statement, example.texts)) <= PROVED


def test_exactly_the_wrong_line_is_refuted(made):
    for _solution, exercises in made:
        for wrong in exercises.wrong:
            assert_one_line_is_refuted(wrong)


def test_no_exercise_ends_in_the_problems_own_answer(made):
    for solution, exercises in made:
        for example in exercises.solutions:
            assert grade_response(example.answer, solution.key).verdict != Verdict.CORRECT
