"""Derivatives and what they are for, integrals, and limits."""

from tutor.grading.solver.step import Topic
from tutor.grading.solver.topics.calculus.integration import integrate
from tutor.grading.solver.topics.calculus.limits import find_limit
from tutor.grading.solver.topics.calculus.line_names import name_calculus
from tutor.grading.solver.topics.calculus.optimisation import enclose_most
from tutor.grading.solver.topics.calculus.special_points import find_special_points
from tutor.grading.solver.topics.calculus.tangents import differentiate
from tutor.grading.solver.topics.calculus.tidying import tidy

__all__ = ["CALCULUS", "name_calculus"]

CALCULUS: tuple[Topic, ...] = (
    *(tidy, differentiate, enclose_most, find_special_points, integrate, find_limit),
)
