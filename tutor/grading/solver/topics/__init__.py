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
from tutor.grading.solver.topics.calculus import CALCULUS
from tutor.grading.solver.topics.equations_on_the_way import on_the_way
from tutor.grading.solver.topics.word_problems import WORD_PROBLEMS

# Of one equation or inequality with one unknown.
_SINGLE: tuple[Topic, ...] = (values.steps, linear.steps, powers.steps, quadratics.steps)
_EQUATIONS: tuple[Topic, ...] = (
    *_SINGLE,
    partial(cases.steps_of_cases, topics=_SINGLE),
    systems.steps,
)
TOPICS: tuple[Topic, ...] = (
    *CALCULUS,
    *WORD_PROBLEMS,
    *_EQUATIONS,
    on_the_way(_EQUATIONS),
    expressions.steps,
)
NAMINGS: tuple[Naming, ...] = ()
