"""One module for each topic: the next lines that it knows, the best first."""

from functools import partial

from tutor.grading.solver.step import Naming, Topic
from tutor.grading.solver.topics import (
    cases,
    exponentials,
    expressions,
    given_values,
    linear,
    logarithms,
    number_notations,
    polynomial_inequalities,
    powers,
    quadratics,
    radicals,
    rational,
    substituting,
    systems,
    trigonometric,
    values,
)
from tutor.grading.solver.topics.both_sides import name_both_sides
from tutor.grading.solver.topics.calculus import CALCULUS, name_calculus
from tutor.grading.solver.topics.equation_names import name_equation_move
from tutor.grading.solver.topics.equations_on_the_way import on_the_way
from tutor.grading.solver.topics.finished import unless_finished
from tutor.grading.solver.topics.inverses import unless_inverse
from tutor.grading.solver.topics.word_problems import WORD_PROBLEMS, name_formula
from tutor.grading.solver.topics.working_out import work_out

# Of one equation or inequality with one unknown.
_SINGLE: tuple[Topic, ...] = (
    values.steps,
    exponentials.compared,
    rational.steps,
    logarithms.steps,
    linear.steps,
    powers.steps,
    exponentials.steps,
    trigonometric.steps,
    radicals.steps,
    substituting.steps,
    quadratics.steps,
    polynomial_inequalities.steps,
)
_EQUATIONS: tuple[Topic, ...] = (
    quadratics.after_discriminant,
    *_SINGLE,
    partial(cases.steps_of_cases, topics=_SINGLE),
    partial(cases.steps_of_conditions, topics=_SINGLE),
    systems.steps,
)
TOPICS: tuple[Topic, ...] = (
    *CALCULUS,
    *WORD_PROBLEMS,
    given_values.steps,
    number_notations.steps,
    unless_finished(
        (unless_inverse(_EQUATIONS), on_the_way(_EQUATIONS), expressions.steps, work_out)
    ),
)
RULE_NAMINGS: tuple[Naming, ...] = (name_formula, name_calculus)
NAMINGS: tuple[Naming, ...] = (name_equation_move, name_both_sides)
