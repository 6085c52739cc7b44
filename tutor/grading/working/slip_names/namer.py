"""Names the mistake of a refuted line whose name says little, or nothing yet."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from tutor.grading.parsing.tree import BigOperator, Unreadable, free_names
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.slip_names.angle_rules import (
    degrees_in_radians,
    other_angle,
    outside_given,
    slope_of_perpendicular,
)
from tutor.grading.working.slip_names.calculation_rules import (
    false_calculation,
    false_sum,
    has_false_calculation,
    rounded_wrongly,
    wrong_case,
)
from tutor.grading.working.slip_names.calculus_rules import (
    constant_of_integration,
    sign_of_integral,
    wrong_derivative,
    wrong_rule_of_lhopital,
)
from tutor.grading.working.slip_names.earlier_terms import (
    earlier_rule,
    factor_signs,
    factored_with_sign,
    kept_divisor,
    kept_wrong_factor,
    power_of_part,
    sign_below_root,
)
from tutor.grading.working.slip_names.equation_rules import (
    bars_dropped,
    divided_by_unknown,
    inverse_operation,
    mixed_signs,
    multiplied_by_unknown,
    not_turned,
    one_side,
    root_of_inequality,
    sign_of_one_term,
    squared_in_part,
)
from tutor.grading.working.slip_names.integral_rules import wrong_term_of_integral
from tutor.grading.working.slip_names.logarithm_rules import (
    logarithm_dropped,
    unknown_exponent,
)
from tutor.grading.working.slip_names.number_rules import (
    argument_without_brackets,
    coefficient_forgotten,
    expanded_wrongly,
    fraction_turned_over,
    mixed_number,
    negative_squares,
    point_shifted,
    sign_in_calculation,
    sign_when_put_in,
)
from tutor.grading.working.slip_names.power_rules import (
    negative_put_in,
    root_of_each,
    squared_apart,
    wrong_exponent,
)
from tutor.grading.working.slip_names.put_in_rules import (
    antiderivative,
    bracket_put_in,
    denominators_cleared,
    wrong_value,
)
from tutor.grading.working.slip_names.scene import Scene
from tutor.grading.working.slip_names.solution_rules import (
    extraneous_solution,
    lost_solution,
    not_put_back,
    opposite_solutions,
    solved_wrongly,
    wrong_denominator,
    wrong_strictness,
)
from tutor.grading.working.slip_names.term_rules import (
    argument_put_in_wrongly,
    bracket_lost,
    log_of_each,
    lost_term,
    wrong_order,
    wrong_order_of_numbers,
    wrong_rule,
    wrong_rule_backwards,
)
from tutor.grading.working.slip_names.topic_rules import TOPIC_RULES

MAX_NAMING_WORK_S = 0.05
_UNDECIDED = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)
_VAGUE = frozenset(
    [Slip.NONE, Slip.ARITHMETIC, Slip.SET_UP, Slip.ELIMINATION, Slip.ORDER_OF_OPERATIONS]
)
_OF_REFUTED = _VAGUE - {Slip.SET_UP}  # that one is of a line that may be true by itself
# Each makes the mistake in what came before, so that its name is certain; the surest first.
_RULES: tuple[Callable[[Scene], Slip], ...] = (
    sign_below_root,
    bars_dropped,
    wrong_case,
    rounded_wrongly,
    other_angle,
    unknown_exponent,
    bracket_put_in,
    mixed_signs,
    divided_by_unknown,
    extraneous_solution,
    opposite_solutions,
    wrong_denominator,
    not_put_back,
    not_turned,
    multiplied_by_unknown,
    constant_of_integration,
    outside_given,
    wrong_rule_of_lhopital,
    kept_wrong_factor,
    denominators_cleared,
    root_of_each,
    argument_without_brackets,
    negative_put_in,
    factor_signs,
    negative_squares,
    sign_in_calculation,
    sign_when_put_in,
    degrees_in_radians,
    wrong_term_of_integral,
    wrong_exponent,
    wrong_order_of_numbers,
    squared_in_part,
    inverse_operation,
    wrong_rule,
    wrong_rule_backwards,
    logarithm_dropped,
    sign_of_one_term,
    coefficient_forgotten,
    one_side,
    argument_put_in_wrongly,
    antiderivative,
    wrong_derivative,
    fraction_turned_over,
    point_shifted,
    wrong_value,
    lost_term,
    root_of_inequality,
    wrong_strictness,
    lost_solution,
    kept_divisor,
    power_of_part,
    earlier_rule,
    slope_of_perpendicular,
)
# What makes a number come out so is known of these only.
_OF_NUMBERS = (
    argument_without_brackets,
    negative_put_in,
    negative_squares,
    sign_in_calculation,
)
# Names that are true, but of which another one may tell more.
_BROAD: dict[Slip, tuple[Callable[[Scene], Slip], ...]] = {
    Slip.LOST_ROOT: (
        log_of_each,
        wrong_strictness,
        outside_given,
        multiplied_by_unknown,
        extraneous_solution,
        root_of_inequality,
    ),
    Slip.ROOT_FORGOTTEN: (root_of_each, false_sum),
    Slip.REDUCED_WRONGLY: (expanded_wrongly,),
    Slip.MOVED_SIGN: (factored_with_sign,),
    Slip.INTEGRAL_RULE: (sign_of_integral, antiderivative),
    Slip.CHAIN_RULE: (antiderivative,),
    Slip.COMMON_DENOMINATOR: (one_side, wrong_order),
    Slip.SQUARE_FORGOTTEN: (negative_squares, bracket_lost),
    Slip.UNLIKE_TERMS: (wrong_order,),
    Slip.CANCELLED_TERM: (wrong_exponent,),
    Slip.WRONG_FORMULA: (false_calculation, solved_wrongly),
    Slip.OFF_BY_ONE: (false_calculation,),
    Slip.LOST_SIGN: (
        mixed_number,
        squared_apart,
        wrong_value,
        kept_wrong_factor,
        factor_signs,
        factored_with_sign,
        bracket_lost,
    ),
}


def name_of_mistake(scene: Scene) -> Slip:
    """The slip so far where no rule tells more. Never raises."""
    with suppress(*_UNDECIDED), WorkBudget(MAX_NAMING_WORK_S) as budget:
        if (slip := _certain_name(replace(scene, budget=budget))) != Slip.NONE:
            return slip
    with suppress(*_UNDECIDED):
        for vague, rule in TOPIC_RULES:
            if scene.slip in vague and (slip := rule(scene)) != Slip.NONE:
                return slip
    return scene.slip


def _certain_name(scene: Scene) -> Slip:
    slip = Slip.NONE
    if scene.slip in _OF_REFUTED and has_false_calculation(scene):
        # It went wrong between these numbers, whatever came before them.
        scene = replace(scene, premises=(), terms=scene.terms[:1] if scene.goes_on else ())
        slip = Slip.ARITHMETIC if scene.slip != Slip.ORDER_OF_OPERATIONS else scene.slip
    names = (rule(scene) for rule in _rules_for(scene))
    return next((slip for slip in names if slip != Slip.NONE), slip)


def _rules_for(scene: Scene) -> tuple[Callable[[Scene], Slip], ...]:
    if scene.slip == Slip.ORDER_OF_OPERATIONS and not any(
        map(free_names, (*scene.sides, *scene.terms[:1]))
    ):
        return _OF_NUMBERS
    rules = _RULES if scene.slip in _VAGUE else _BROAD.get(scene.slip, ())
    is_integrated = any(isinstance(term, BigOperator) for term in scene.terms)
    return (antiderivative, wrong_term_of_integral, *rules) if is_integrated else rules
