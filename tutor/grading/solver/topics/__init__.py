"""One module for each topic: the next lines that it knows, the best first."""

from functools import partial

from tutor.grading.solver.step import Naming, Topic
from tutor.grading.solver.topics import (
    cases,
    expressions,
    linear,
    powers,
    quadratics,
    systems,
    values,
)

# Of one equation or inequality with one unknown.
_SINGLE: tuple[Topic, ...] = (values.steps, linear.steps, powers.steps, quadratics.steps)
TOPICS: tuple[Topic, ...] = (
    *_SINGLE,
    partial(cases.steps_of_cases, topics=_SINGLE),
    systems.steps,
    expressions.steps,
)
NAMINGS: tuple[Naming, ...] = ()
