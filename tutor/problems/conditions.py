"""Tests that an author writes over an answer, in the language of parameters:

    if answer > 10 or answer = -4
    if gcd(answer, 6) = 2
    if answer differs from x^2 by a constant

Read by the grader's own reader and worked out exactly: nothing in it is ever run.
"""

import re

from tutor.grading import AnswerKey, InvalidKey, Kind, Unreadable, Verdict, grade_response, read_key
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import Quantity, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.problems.parameters import InvalidParameters, Options, Parameters, ParameterValue

PREFIX = "if "
_ANSWER = "answer"
_DIFFERS = re.compile(r"answer differs from (\S.{0,499}) by a constant")
_IN_WORDS = (Kind.TEXT, Kind.CHOICE)


def is_condition(text: str, key: AnswerKey) -> bool:
    return text.startswith(PREFIX) and key.kind not in _IN_WORDS


def check_condition(text: str) -> None:
    """Raises InvalidKey where it cannot be read."""
    condition = text.removeprefix(PREFIX).strip()
    if match := _DIFFERS.fullmatch(condition):
        _up_to_constant(match[1])
        return
    try:
        _parameters().condition(condition)
    except InvalidParameters as error:
        raise InvalidKey(str(error)) from error


def fulfils(response: str, text: str, key: AnswerKey, max_work_s: float) -> bool:
    """Whether the condition holds for a response. Raises InvalidKey where it cannot be read."""
    condition = text.removeprefix(PREFIX).strip()
    if match := _DIFFERS.fullmatch(condition):
        grade = grade_response(response, _up_to_constant(match[1]), max_work_s)
        return grade.verdict == Verdict.CORRECT
    try:
        with WorkBudget(max_work_s):
            number = _number(response, key)
            return number is not None and _parameters().fulfils(condition, {_ANSWER: number})
    except (Unreadable, WorkBudgetSpent, RecursionError):
        return False
    except InvalidParameters as error:
        raise InvalidKey(str(error)) from error


def _parameters() -> Parameters:
    return Parameters(sources={_ANSWER: Options(())})


def _up_to_constant(value: str) -> AnswerKey:
    fields = {"kind": Kind.ANTIDERIVATIVE.value, "value": value, "constant_optional": True}
    return read_key(fields)


def _number(response: str, key: AnswerKey) -> ParameterValue | None:
    """The exact number that the answer is, without its name and its unit."""
    value = read_answer(response, key.decimal_comma, key.kind == Kind.QUANTITY)
    named = definition(value)
    value = named[1] if named else value
    if isinstance(value, Quantity):
        value = value.amount
    return rational_value(value) if is_term(value) and not free_names(value) else None
