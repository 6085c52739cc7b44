"""Judges a line by the topic of its problem."""

from __future__ import annotations

from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimResult, StepVerdict
from tutor.grading.working.task import Task
from tutor.grading.working.topics.clock_times import judge_time_span
from tutor.grading.working.topics.numerical_methods import judge_newton, judge_root_interval
from tutor.grading.working.topics.planes import judge_corners, judge_value_at_point
from tutor.grading.working.topics.random_variables import (
    judge_chance,
    judge_parameters,
    judge_standardised,
)


def judge_topic(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """For lines that the topic alone decides; None for others."""
    return (
        judge_newton(text, task, budget)
        or judge_chance(text, task)
        or judge_standardised(text, task)
        or judge_time_span(text)
        or judge_value_at_point(text, task)
        or judge_corners(text, task)
        or _refuted(judge_root_interval(text, task))
    )


def judge_open_topic(text: str, task: Task) -> ClaimResult | None:
    """For lines that their formulas leave open, proved or given; None for others."""
    return _settled(judge_root_interval(text, task)) or judge_parameters(text, task)


def _refuted(result: ClaimResult | None) -> ClaimResult | None:
    return result if result is not None and result.verdict == StepVerdict.REFUTED else None


def _settled(result: ClaimResult | None) -> ClaimResult | None:
    return result if result is not None and result.verdict != StepVerdict.REFUTED else None
