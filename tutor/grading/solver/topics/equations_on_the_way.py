"""Equations that come up within another problem, such as 0.7p = 84 or 3x² - 12 = 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.parsing.tree import Call, Comparison, Logic, Sym, Value, free_names
from tutor.grading.solver.step import Goal, GoalKind, Position, Step, Topic
from tutor.grading.solver.topics.inverses import subject_of_inverse
from tutor.grading.solver.topics.word_problems.triangle_problems import has_negative_length


def on_the_way(topics: Sequence[Topic]) -> Topic:
    """These topics, for problems that do not ask for the equation's solution by themselves."""

    def steps(position: Position) -> Iterator[Step]:
        inner = _within(position)
        if inner is not None:
            for topic in topics:
                for step in topic(inner):
                    if not has_negative_length(step.value, position):
                        yield step

    return steps


def _within(position: Position) -> Position | None:
    """The position of a problem that has the equation to solve."""
    current = position.current
    if not isinstance(current, Comparison | Logic):
        return None
    names = sorted(free_names(current))
    if names == ["x", "y"] and (subject := subject_of_inverse(position)):
        goal = Goal(GoalKind.SOLVE, position.goal.task, current, (subject,))
        return Position(goal, current)
    if position.goal.kind == GoalKind.SOLVE and position.goal.unknowns:
        return None
    if _is_definition(current):
        return None
    if len(names) != 1:
        return None
    about = tuple(line for line in position.earlier if free_names(line) == set(names))
    start = about[0] if about else current
    goal = Goal(GoalKind.SOLVE, position.goal.task, start, tuple(names))
    return Position(goal, current, about[1:])


def _is_definition(value: Value) -> bool:
    """f(x) = 2x, y' = 2x - 3"""
    match value:
        case Comparison("=", Call(_, (Sym(),)), _):
            return True
        case Comparison("=", Sym(name), right):
            return bool(free_names(right) - {name})
    return False
