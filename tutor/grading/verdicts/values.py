"""Judges a value beside the right one: whether both are equal, and whether its form is right."""

from __future__ import annotations

import re

from tutor.grading.answer_key import MAX_WRONG_SCORE, AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.compare import AnswerComparer
from tutor.grading.comparison.decimal_signs import other_decimal
from tutor.grading.comparison.forms import is_subject, missing_form
from tutor.grading.comparison.number_forms import is_repeating
from tutor.grading.comparison.predicates import is_family
from tutor.grading.comparison.renaming import (
    names_constants,
    numbered_solutions,
    renamings,
    with_constants_of,
)
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import Call, Quantity, Ratio, Value, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import is_solved
from tutor.grading.verdicts.both_values import read_both, without_name

_OF_ONE_NUMBER = (  # x = 2.5, and {2.5}
    Kind.NUMBER,
    Kind.QUANTITY,
    Kind.EQUATION,
    Kind.LIST,
    Kind.SET,
)

# What is said of 0.333…, which is read as a fraction.
_OF_REPEATING: dict[Form, Feedback | None] = {
    Form.DECIMAL: None,
    Form.WORKED_OUT: None,
    Form.FRACTION: Feedback(FeedbackCode.NOT_A_PLAIN_FRACTION),
    Form.LOWEST_TERMS: Feedback(FeedbackCode.NOT_IN_LOWEST_TERMS),
}
_WITHOUT_PERCENT = (
    *(Form.LOWEST_TERMS, Form.DECIMAL, Form.FRACTION),
    *(Form.MIXED_NUMBER, Form.LOWEST_MIXED_NUMBER),
)


def grade_value(
    response: PlainText, key: AnswerKey, value: Value | None, budget: WorkBudget
) -> Grade:
    """value: the right answer, if it is not the key's own. Raises Unreadable."""
    right, given = read_both(response, key, value)
    result = _compared(response, right, given, AnswerComparer(key, budget))
    if result and (feedback := _missing(response, right, given, key)):
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, feedback)
    return by_comparison(result)


def by_comparison(result: Equality) -> Grade:
    if result.equal is None:
        return Grade(Verdict.UNDECIDED, 0, result.rule, result.feedback)
    if not result.equal:
        share = min(result.share, MAX_WRONG_SCORE)
        return Grade(Verdict.INCORRECT, share, result.rule, result.feedback)
    return Grade(Verdict.CORRECT, 1, result.rule, result.feedback)


def _compared(
    response: PlainText, right: Value, given: Value, comparer: AnswerComparer
) -> Equality:
    """With other letters too, where the key allows any; open where it may be meant as equal."""
    result = comparer.whole(right, given)
    if comparer.conventions.any_letters and not result:
        equals = (comparer.whole(right, renamed) for renamed in renamings(right, given))
        result = next(filter(None, equals), result)
    elif not result and names_constants(right, comparer.conventions):
        equals = (comparer.whole(right, renamed) for renamed in with_constants_of(right, given))
        result = next(filter(None, equals), result)
    if result.equal is False and (rule := _rule_for_open(response, right, given, comparer)):
        return Equality(None, rule)
    return result


def _rule_for_open(
    response: PlainText, right: Value, given: Value, comparer: AnswerComparer
) -> Rule | None:
    """By which another answer may be meant as the right one; None where it is wrong."""
    key = comparer.conventions
    if key.kind in _OF_ONE_NUMBER:
        decimal = other_decimal(response, key)
        if decimal is not None and comparer.whole(right, decimal):
            return Rule.NUMBERS
    if is_family(right) and not is_family(given) and free_names(given):
        return Rule.FAMILIES  # π/6 + 2kπ without its k ∈ ℤ
    return Rule.NAMES if _are_numbered_otherwise(right, given, comparer) else None


def _are_numbered_otherwise(right: Value, given: Value, comparer: AnswerComparer) -> bool:
    """x_1 = -2, x_2 = 3 for x_1 = 3, x_2 = -2: of a quadratic equation it is the same."""
    solutions, others = numbered_solutions(right), numbered_solutions(given)
    return solutions is not None and others is not None and bool(comparer.whole(solutions, others))


def _missing(response: PlainText, right: Value, given: Value, key: AnswerKey) -> Feedback | None:
    """What an equal value still lacks: to be solved, its subject, its form."""
    if not key.guessed and is_solved(right) and not is_solved(given):
        return Feedback(FeedbackCode.UNSOLVED_INEQUALITY)
    if key.form == Form.SUBJECT and (missing := _missing_subject(right, given)):
        return missing
    if is_repeating(response) and key.form in _OF_REPEATING:
        return _OF_REPEATING[key.form]
    return missing_form_of(without_name(given), key)


def _missing_subject(right: Value, given: Value) -> Feedback | None:
    pair = definition(right)
    if pair is None or is_subject(given, pair[0]):
        return None
    return Feedback(FeedbackCode.NOT_THE_SUBJECT, {"text": str(getattr(pair[0], "name", ""))})


def missing_form_of(value: Value, key: AnswerKey) -> Feedback | None:
    """What the form of a right value lacks; of y = (x-1)^2 + 3 its right side has the square."""
    pair = definition(value) if key.form == Form.COMPLETED_SQUARE else None
    value = pair[1] if pair else value
    amount = value.amount if isinstance(value, Quantity) else value
    if isinstance(value, Quantity) and key.form in _WITHOUT_PERCENT and _is_percent(value, key):
        amount = Call("percent", (value.amount,))  # 75% is no fraction
    return missing_form(amount, key) if is_term(amount) or isinstance(amount, Ratio) else None


def _is_percent(value: Quantity, key: AnswerKey) -> bool:
    return bool(re.search("%|percent", value.unit)) and "%" not in key.value + key.unit
