"""Exercises on solutions, each proved when it is made."""

import pytest

from tests.grading.exercises.checking import assert_one_line_is_refuted, marks
from tutor.grading.exercises import LineExercises, client
from tutor.grading.exercises.client import make_exercises
from tutor.grading.exercises.line_exercises import line_exercises
from tutor.grading.exercises.proved_solution import PROVED, proved_siblings, proved_solution
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import Slip

LINEAR = r"Solve \(5x - 7 = 2x + 8\) for \(x\)."
INEQUALITY = r"Solve the inequality \(2(x - 1) > 5x + 4\)."
QUADRATIC = r"Find all real solutions of \(x^2 - 2x - 15 = 0\)."
SOLVED = [
    LINEAR,
    INEQUALITY,
    QUADRATIC,
    r"Calculate \(\frac{1}{2} + \frac{1}{4}\). Give a fraction in lowest terms.",
    r"A circle has the diameter \(6\). What is its area? Give the exact value in terms of \(\pi\).",
]


@pytest.fixture(scope="module")
def made():
    return {statement: line_exercises(statement) for statement in SOLVED}


@pytest.mark.parametrize("statement", SOLVED)
def test_every_line_to_be_completed_is_proved(made, statement):
    exercises = made[statement]
    assert exercises.solutions
    for solution in exercises.solutions:
        assert set(marks(solution.statement, solution.texts)) <= PROVED


@pytest.mark.parametrize("statement", SOLVED)
def test_siblings_have_other_answers(made, statement):
    exercises = made[statement]
    answers = [solution.answer for solution in exercises.solutions]
    assert exercises.answer not in answers
    assert len({*answers}) == len(answers)


@pytest.mark.parametrize("statement", SOLVED)
def test_siblings_are_solved_in_the_same_way(made, statement):
    original = proved_solution(statement)
    for solution in made[statement].solutions:
        names = [line.move.name for line in solution.lines]
        assert names == [line.move.name for line in original.lines]


@pytest.mark.parametrize("statement", SOLVED)
def test_exactly_one_line_is_wrong_and_the_rest_follows(made, statement):
    for wrong in made[statement].wrong:
        assert_one_line_is_refuted(wrong)
        right = [*wrong.lines[: wrong.wrong_index], wrong.right.line]
        assert marks(wrong.statement, right)[-1] in PROVED


@pytest.mark.parametrize("statement", SOLVED)
def test_the_wrong_line_has_a_named_mistake_and_a_wrong_end(made, statement):
    ends = {solution.statement: solution.answer for solution in made[statement].solutions}
    assert made[statement].wrong
    for wrong in made[statement].wrong:
        assert wrong.slip not in (Slip.NONE, Slip.OTHER)
        assert wrong.lines[-1] != ends[wrong.statement]


@pytest.mark.parametrize("statement", [LINEAR, QUADRATIC])
def test_the_wrong_line_and_the_mistake_vary(made, statement):
    wrong = made[statement].wrong
    assert {solution.wrong_index for solution in wrong} == {0, 1, 2}
    assert len({solution.slip for solution in wrong}) > 1
    assert wrong[0].wrong_index > 0


@pytest.mark.parametrize(
    "statement",
    [
        "Prove that there are infinitely many primes.",
        r"Solve \(x + 4 = 10\) for \(x\).",  # one line: nothing to complete
        r"Find the period of \(\sin(3x)\) in \(7\) steps.",
        "",
        "\\(" * 200,
    ],
)
def test_nothing_is_made_where_nothing_is_proved(statement):
    assert line_exercises(statement) == LineExercises()


def test_siblings_of_an_author_are_used_alone():
    original = proved_solution(LINEAR)
    own = [r"Solve \(9x - 2 = 4x + 13\) for \(x\).", LINEAR]
    assert [solution.statement for solution in proved_siblings(original, 4, own)] == own[:1]


def test_it_stops_when_the_budget_is_spent():
    with WorkBudget(0.001):
        assert line_exercises(LINEAR) == LineExercises()


def test_a_child_makes_the_same(made, monkeypatch):
    monkeypatch.setattr(client, "MAX_WAIT_S", 200)
    by_child = make_exercises(LINEAR)
    assert by_child.solutions == made[LINEAR].solutions
    assert [wrong.lines for wrong in by_child.wrong] == [
        wrong.lines for wrong in made[LINEAR].wrong
    ]


def test_exercises_are_stored_and_read(made):
    exercises = made[QUADRATIC]
    assert LineExercises.from_dict(exercises.to_dict()) == exercises
