"""Judges a line that its formulas leave open, by what its words say of the statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction

from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import ClaimResult
from tutor.grading.working.announcements.angle_sums import judge_angle_sum
from tutor.grading.working.announcements.augmented_matrices import judge_augmented
from tutor.grading.working.announcements.boundaries import judge_boundaries
from tutor.grading.working.announcements.conjugates import judge_conjugate
from tutor.grading.working.announcements.counts import judge_count
from tutor.grading.working.announcements.drawn_colours import judge_drawn_colours
from tutor.grading.working.announcements.excluded_values import judge_excluded_values
from tutor.grading.working.announcements.expected_values import judge_expected_value
from tutor.grading.working.announcements.general_formulas import judge_general_formula
from tutor.grading.working.announcements.given_values import judge_given_values
from tutor.grading.working.announcements.halves import judge_half, judge_told_half
from tutor.grading.working.announcements.inductions import judge_induction_line
from tutor.grading.working.announcements.intercepts import judge_intercept, judge_secants
from tutor.grading.working.announcements.known import Known
from tutor.grading.working.announcements.last_digits import judge_last_digits
from tutor.grading.working.announcements.letter_formulas import judge_letter_formula
from tutor.grading.working.announcements.members import judge_listed_members, judge_member
from tutor.grading.working.announcements.methods.judge import judge_method
from tutor.grading.working.announcements.opposites import judge_opposite
from tutor.grading.working.announcements.outcomes import judge_outcomes
from tutor.grading.working.announcements.right_angles import judge_right_angle
from tutor.grading.working.announcements.rows import judge_row
from tutor.grading.working.announcements.short_lines.first_draws import (
    judge_counted_balls,
    judge_first_draw,
)
from tutor.grading.working.announcements.short_lines.rules_in_letters import judge_rule_in_letters
from tutor.grading.working.announcements.short_lines.short_steps import judge_short_step
from tutor.grading.working.announcements.short_lines.tangents import judge_tangent
from tutor.grading.working.announcements.steps import judge_step
from tutor.grading.working.announcements.sums_of_terms import judge_sum_of_terms
from tutor.grading.working.announcements.told.decks import judge_deck
from tutor.grading.working.announcements.told.geometry_words import judge_geometry_words
from tutor.grading.working.announcements.told.head_starts import judge_head_start
from tutor.grading.working.announcements.told.listed_integers import judge_listed_integers
from tutor.grading.working.announcements.told.longest_sides import judge_longest_side
from tutor.grading.working.announcements.told.matrix_equations import judge_matrix_equation
from tutor.grading.working.announcements.told.named_amounts import judge_named_amounts
from tutor.grading.working.announcements.told.named_factors import judge_named_factors
from tutor.grading.working.announcements.told.percents_after import judge_percent_after
from tutor.grading.working.announcements.told.priced_pairs import judge_priced_pairs
from tutor.grading.working.announcements.told.quadratic_conclusions import judge_parabola
from tutor.grading.working.announcements.told.restated import judge_restated
from tutor.grading.working.announcements.told.same_amounts import judge_same_amount
from tutor.grading.working.announcements.told.spent_shares import judge_spent_shares
from tutor.grading.working.announcements.told.totals import judge_total
from tutor.grading.working.announcements.told.worded_choices import judge_worded_choice
from tutor.grading.working.named_relations.worded_calculus import judge_antiderivative_alone
from tutor.grading.working.solution_lists.listed_parts import judge_listed_parts
from tutor.grading.working.solution_lists.listed_points import judge_listed_points
from tutor.grading.working.solution_lists.sign_lines import judge_signs
from tutor.grading.working.task import Task
from tutor.grading.working.topics.judge import judge_open_topic
from tutor.grading.working.worded_lines.choices import judge_choices
from tutor.grading.working.worded_lines.components import judge_aligned, judge_vectors
from tutor.grading.working.worded_lines.consecutive_numbers import judge_consecutive
from tutor.grading.working.worded_lines.deviations import judge_data_list
from tutor.grading.working.worded_lines.divisibility import judge_divisibility_line
from tutor.grading.working.worded_lines.factor_hunts import judge_factor_hunt
from tutor.grading.working.worded_lines.fraction_parts import judge_fraction_parts
from tutor.grading.working.worded_lines.limit_words import judge_limit_words
from tutor.grading.working.worded_lines.named_terms import judge_named_terms, named_terms
from tutor.grading.working.worded_lines.plans.denominators import judge_denominator
from tutor.grading.working.worded_lines.plans.next_moves import judge_plan
from tutor.grading.working.worded_lines.repeated_results import judge_repeated
from tutor.grading.working.worded_lines.shares import judge_shares

MAX_LENGTH = 200  # characters of a line
MAX_WORK_S = 0.05
MAX_NAMING = 4  # first lines, in which the terms of a sum are named
_UNDECIDED = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)


def judge_open_line(
    text: str, before: Sequence[str], task: Task, known: Known
) -> ClaimResult | None:
    """Proved or given; None where the words do not tell. before: all lines before it."""
    if len(text) > MAX_LENGTH:
        return None
    with suppress(*_UNDECIDED), WorkBudget(MAX_WORK_S) as budget:
        return (
            judge_consecutive(text, task)
            or judge_named_terms(text, task)
            or judge_named_amounts(text, task)
            or judge_denominator(text, task)
            or judge_divisibility_line(text, before, task)
            or judge_fraction_parts(text, known.terms, budget)
            or judge_limit_words(text, task, budget)
            or judge_signs(text, task, budget)
            or judge_antiderivative_alone(text, known.facts, known.terms, task, budget)
            or judge_shares(text, task)
            or judge_data_list(text, task)
            or judge_factor_hunt(text, before, task, budget)
            or judge_choices(text, task)
            or judge_count(text, task)
            or judge_total(text, task)
            or judge_row(text, task)
            or judge_step(text, task)
            or judge_short_step(text, task, known.facts)
            or judge_outcomes(text, task)
            or judge_deck(text, task)
            or judge_drawn_colours(text, task)
            or judge_first_draw(text, task)
            or judge_counted_balls(text, task)
            or judge_right_angle(text, task)
            or judge_boundaries(text, task)
            or judge_expected_value(text, task)
            or judge_member(text, task)
            or judge_listed_members(text, task)
            or judge_half(text, task)
            or judge_given_values(text, task)
            or judge_restated(text, task)
            or judge_sum_of_terms(text, _named(before, task), task, budget)
            or judge_opposite(text, task)
            or judge_excluded_values(text, task)
            or judge_last_digits(text, task)
            or judge_induction_line(text, len(before), task, is_settled=known.is_settled)
            or judge_conjugate(text, task, budget)
            or judge_letter_formula(text, known.terms, budget)
            or judge_general_formula(text, task, budget)
            or judge_rule_in_letters(text, task)
            or judge_aligned(text, task)
            or judge_vectors(text, task)
            or judge_told_half(text, task)
            or judge_angle_sum(text)
            or judge_augmented(text, task)
            or judge_matrix_equation(text, task, budget)
            or judge_intercept(text, task)
            or judge_tangent(text, task)
            or judge_secants(text, task)
            or judge_listed_points(text, task, known.facts if known.is_settled else (), budget)
            or judge_listed_parts(text, known.facts, known.values)
            or judge_listed_integers(text, task, budget)
            or judge_parabola(text, task, known.facts, known.results)
            or judge_same_amount(text, before, known.results, task)
            or judge_priced_pairs(text, known.facts, known.values)
            or judge_named_factors(text, task, budget)
            or judge_geometry_words(text, task)
            or judge_longest_side(text, task)
            or judge_percent_after(text, task)
            or judge_plan(text, task)
            or judge_head_start(text, task)
            or judge_spent_shares(text, task)
            or judge_worded_choice(text)
            or judge_method(text, before, task, known, budget)
            or judge_open_topic(text, task)
            or judge_repeated(text, known.results, known.bounds, task)
        )
    return None


def _named(before: Sequence[str], task: Task) -> Iterator[tuple[Fraction, Fraction]]:
    for line in before[:MAX_NAMING]:
        yield from named_terms(line, task)
