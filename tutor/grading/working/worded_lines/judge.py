"""Judges a line by its words and numbers, where they say more than its formulas."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import ClaimResult, Slip
from tutor.grading.working.announcements.cancelling import (
    judge_cancelled_digit,
    judge_cancelling,
)
from tutor.grading.working.announcements.inductions import judge_circular_assumption
from tutor.grading.working.announcements.outcomes import judge_all_outcomes
from tutor.grading.working.announcements.percent_factors import judge_percent_factor
from tutor.grading.working.announcements.short_lines.short_steps import judge_put_in
from tutor.grading.working.announcements.told.given_letters import judge_given_letters
from tutor.grading.working.congruences import judge_remainder
from tutor.grading.working.named_relations.judge import judge_named_relation
from tutor.grading.working.named_relations.worded_calculus import judge_worded_calculus
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.solution_lists.candidates import judge_candidates
from tutor.grading.working.solution_lists.checked_solutions import judge_checked_solutions
from tutor.grading.working.solution_lists.claimed_solutions import (
    judge_claimed_solution,
    judge_one_solution,
    judge_only_solution,
)
from tutor.grading.working.task import Task
from tutor.grading.working.topics.judge import judge_topic
from tutor.grading.working.worded_lines.clock_times import judge_clock, judge_clock_difference
from tutor.grading.working.worded_lines.components import judge_components
from tutor.grading.working.worded_lines.counted_answers import judge_counted_answer
from tutor.grading.working.worded_lines.extreme_values import judge_extreme_value
from tutor.grading.working.worded_lines.factor_pairs import judge_factor_pair
from tutor.grading.working.worded_lines.images import judge_image
from tutor.grading.working.worded_lines.medians import (
    judge_middle_ranks,
    judge_middle_value,
    judge_middle_values,
    judge_ranks,
)
from tutor.grading.working.worded_lines.proofs import judge_proof_line
from tutor.grading.working.worded_lines.ratio_shares import judge_ratio_share
from tutor.grading.working.worded_lines.roundings import judge_rounding
from tutor.grading.working.worded_lines.term_by_term import judge_term_by_term
from tutor.grading.working.worded_lines.turning_points import judge_turning_test

MAX_LENGTH = 300  # characters of a line
MAX_WORK_S = 0.05
_UNDECIDED = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)
# What the stored answer cannot tell better.
BY_WORDS = frozenset(
    [
        *(Slip.ENDS_FORGOTTEN, Slip.SAME_LETTER, Slip.PROOF_BY_EXAMPLE, Slip.CONVERSE),
        *(Slip.NOT_SORTED, Slip.EXTRANEOUS_ROOT, Slip.OUTSIDE_INTERVAL),
        Slip.EXTREMUM_KIND,
        *(Slip.PART_FOR_WHOLE, Slip.STRICT_CHANGED, Slip.LEADING_ZERO),
        *(Slip.REPETITION_FORGOTTEN, Slip.ORDER_COUNTED, Slip.IMAGE_FOR_PREIMAGE),
    ]
)


def judge_worded_line(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """None for a line that is judged by its formulas. before: all lines before it."""
    if len(text) > MAX_LENGTH:
        return None
    before = [line[:MAX_LENGTH] for line in before]
    previous = before[-1] if before else ""
    story = plain_text(task.text)
    result = judge_proof_line(text, before, task) or judge_middle_values(text, story)
    result = result or judge_middle_value(text, story) or judge_ranks(text, story)
    result = result or judge_middle_ranks(text, story)
    result = result or judge_clock(text) or judge_clock_difference(text, task.text)
    result = result or judge_rounding(text, task) or judge_percent_factor(text, task)
    result = result or judge_all_outcomes(text, task) or judge_given_letters(text, task)
    result = result or judge_remainder(text) or judge_ratio_share(text, task)
    result = result or judge_counted_answer(text, task) or judge_cancelling(text, task)
    result = result or judge_cancelled_digit(text) or judge_circular_assumption(text, task)
    result = result or judge_candidates(text, before, task) or judge_put_in(text, task)
    result = result or judge_factor_pair(text, previous, task)
    result = result or judge_components(text, previous, task)
    result = result or judge_named_relation(text, before, task)
    if result is not None:
        return result
    with suppress(*_UNDECIDED), WorkBudget(MAX_WORK_S) as budget:
        extreme = judge_topic(text, task, budget)
        extreme = extreme or judge_checked_solutions(text, before, task, budget)
        extreme = extreme or judge_worded_calculus(text, budget)
        extreme = extreme or judge_one_solution(text, task, budget)
        extreme = extreme or judge_only_solution(text, task, budget)
        extreme = extreme or judge_turning_test(text, task, budget)
        extreme = extreme or judge_extreme_value(text, task, budget)
        extreme = extreme or judge_image(text, task, budget)
        extreme = extreme or judge_term_by_term(text, task, budget)
        return extreme or judge_claimed_solution(text, task, budget)
    return None
