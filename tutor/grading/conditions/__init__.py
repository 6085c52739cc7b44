"""Tests that a teacher writes over an answer, in words and in the notation of answers:

    answer is a polynomial in x with roots 1 and 2
    answer is a multiple of (1, -2, 0) and answer is not (1, -2, 0)
    answer differs from x^2 by a constant
    answer at x = 2 is 5
    answer is (a, b) with a + b = 10

Read by the grader's own reader and worked out exactly: nothing in it is ever run.
"""

from tutor.grading.conditions.checking import check_condition
from tutor.grading.conditions.faults import InvalidCondition
from tutor.grading.conditions.judge import failed_clause, truth_of
from tutor.grading.conditions.truth import ConditionTruth

__all__ = ["ConditionTruth", "InvalidCondition", "check_condition", "failed_clause", "truth_of"]
