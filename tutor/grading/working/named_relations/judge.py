"""Judges a line that relates what the statement names, in letters or in words."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.steps.claim_results import ClaimResult
from tutor.grading.working.named_relations.base_angles import judge_base_angles
from tutor.grading.working.named_relations.cancelled_summands import judge_cancelled_summand
from tutor.grading.working.named_relations.coefficients import judge_coefficients
from tutor.grading.working.named_relations.corner_ratios import judge_corner_ratio
from tutor.grading.working.named_relations.matrix_products import judge_matrix_product
from tutor.grading.working.named_relations.parallel_ratios import judge_parallel_ratio
from tutor.grading.working.named_relations.quadrant_signs import judge_quadrant_signs
from tutor.grading.working.task import Task


def judge_named_relation(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """None for anything else. before: all lines before it."""
    return (
        judge_coefficients(text, before, task)
        or judge_quadrant_signs(text)
        or judge_corner_ratio(text, task)
        or judge_parallel_ratio(text, task)
        or judge_base_angles(text, task)
        or judge_matrix_product(text, task)
        or judge_cancelled_summand(text, before, task)
    )
