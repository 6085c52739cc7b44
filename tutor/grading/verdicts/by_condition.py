"""Judges a value by a condition that the author of the problem wrote over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tutor.grading.answer_key import AnswerKey, Grade, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.quantities import in_unit
from tutor.grading.conditions import ConditionTruth, InvalidCondition, failed_clause, truth_of
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import Comparison, Mul, Num, Quantity, Unreadable, Value
from tutor.grading.parsing.units import read_unit
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.verdicts.both_values import read_both, without_name
from tutor.grading.verdicts.values import missing_form_of

MAX_TRUTH_WORK_S = 1.2  # for one answer
_Decision = TypeVar("_Decision")


def grade_by_condition(response: PlainText, key: AnswerKey, budget: WorkBudget) -> Grade:
    """By the key's own condition; its value is only an example. Raises Unreadable."""
    given = _read(response, key)
    try:
        truth = truth_of(key.condition, _comparable(given, key), key, budget)
    except InvalidCondition:  # stored past the checks
        return Grade(Verdict.UNDECIDED, 0, Rule.INVALID_KEY)
    if truth is ConditionTruth.OPEN:
        return Grade(Verdict.UNDECIDED, 0, Rule.CONDITION)
    if truth is not ConditionTruth.YES:
        return Grade(Verdict.INCORRECT, 0, Rule.CONDITION)
    if _lacks_unit(given, key):
        return Grade(Verdict.INCORRECT, 0, Rule.UNITS, Feedback(FeedbackCode.UNIT_MISSING))
    if feedback := missing_form_of(without_name(given), key):
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, feedback)
    return Grade(Verdict.CORRECT, 1, Rule.CONDITION)


def fulfils(
    response: str, condition: str, key: AnswerKey, max_work_s: float = MAX_TRUTH_WORK_S
) -> bool | None:
    """Whether the condition holds for a response; None where that cannot be decided.

    False for a text that cannot be read. Raises InvalidCondition.
    """

    def decide(value: Value, budget: WorkBudget) -> bool | None:
        truth = truth_of(condition, value, key, budget)
        return None if truth is ConditionTruth.OPEN else truth is ConditionTruth.YES

    try:
        return _of_response(response, key, max_work_s, decide)
    except (WorkBudgetSpent, RecursionError):
        return None
    except Unreadable:
        return False


def failed_test(response: str, key: AnswerKey) -> str:
    """The first test of the key's condition that the response fails; empty where none is known."""

    def name(value: Value, budget: WorkBudget) -> str:
        return failed_clause(key.condition, value, key, budget)

    try:
        return _of_response(response, key, MAX_TRUTH_WORK_S, name)
    except (WorkBudgetSpent, RecursionError, Unreadable, InvalidCondition):
        return ""


def _of_response(
    response: str,
    key: AnswerKey,
    max_work_s: float,
    decide: Callable[[Value, WorkBudget], _Decision],
) -> _Decision:
    with WorkBudget(max_work_s) as budget:
        given = _read(normalize_text(response), key)
        return decide(_comparable(given, key), budget)


def _read(response: PlainText, key: AnswerKey) -> Value:
    if key.kind in ANSWER_KINDS:
        return read_plain_answer(response, key.decimal_comma)
    return read_both(response, key)[1]


def _comparable(given: Value, key: AnswerKey) -> Value:
    """With the number in the unit of the key in place of a quantity, also behind its name."""
    named = definition(given)
    if named and isinstance(named[1], Quantity):
        return Comparison("=", named[0], _comparable(named[1], key))
    return _number(given, key) if isinstance(given, Quantity) else given


def _number(given: Quantity, key: AnswerKey) -> Value:
    """The amount in the unit of the key; another unit stays, and fits no test of numbers."""
    unit, own = read_unit(given.unit), _unit_of(key)
    wanted = read_unit(own) if own else None
    if wanted is None:
        has_size = unit is not None and not unit.dimension  # 50 % is 0.5
        return Mul((given.amount, Num(unit.number))) if has_size and unit else given.amount
    if unit is None or unit.dimension != wanted.dimension:
        return given
    return in_unit(given.amount, unit, wanted)


def _unit_of(key: AnswerKey) -> str:
    right = without_name(key_value(key))
    return right.unit if isinstance(right, Quantity) else ""


def _lacks_unit(given: Value, key: AnswerKey) -> bool:
    is_measured = isinstance(without_name(given), Quantity)
    return bool(_unit_of(key)) and not is_measured and not key.unit_optional
