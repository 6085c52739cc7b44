"""Explains a wrong answer: the mistake that, carried out on the problem, gives exactly it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Grade, Kind, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.feedback import FeedbackCode
from tutor.grading.grade import grade_response
from tutor.grading.mistakes.explanation import (
    Explanation,
    MistakenAnswer,
    MistakeSource,
    Question,
    bare_term,
)
from tutor.grading.mistakes.forms import form_by_feedback, form_by_value, form_of_unreadable
from tutor.grading.mistakes.lines_on_the_way import is_on_the_way
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.near_misses import entries, missing_part, near_miss
from tutor.grading.mistakes.sources import LAST_SOURCES, SOURCES
from tutor.grading.mistakes.topics.data.number_words import in_digits
from tutor.grading.mistakes.wrong_response import GivenAnswer
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Bracketed, Listing, Logic, Unreadable, Value, is_term
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.verdicts.both_values import read_both

MAX_WORK_S = 0.3  # of work
SOURCE_WORK_S = 0.1  # of one source
_UNEXPLAINED = (Kind.CHOICE, Kind.TEXT)
_UNDECIDED = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)


def explain(response: str, key: AnswerKey, statement: str) -> Explanation | None:
    """None where nothing is sure, and for a correct response. Never raises."""
    if key.kind in _UNEXPLAINED or key.condition:  # whose value is one of many right ones
        return None
    with suppress(*_UNDECIDED), WorkBudget(MAX_WORK_S) as budget:
        return _explanation(response, key, statement, budget)
    return None


def _explanation(
    response: str, key: AnswerKey, statement: str, budget: WorkBudget
) -> Explanation | None:
    grade = grade_response(response, key)
    if _may_have_decimal_comma(grade) and not _lists_right_answer(response, key):
        key = replace(key, decimal_comma=True)
        grade = grade_response(response, key)
    if grade.verdict == Verdict.CORRECT:
        return None
    if grade.verdict == Verdict.UNREADABLE and not _may_be_several(response, key):
        return _named(form_of_unreadable(response, key, grade))
    question = Question.of(statement, key)
    kind = Kind.LIST if grade.verdict == Verdict.UNREADABLE else key.kind
    _, value = read_both(normalize_text(response), replace(key, kind=kind))
    given = GivenAnswer(response, value, grade, question, budget)
    if name := form_by_feedback(given) or form_by_value(given) or missing_part(given):
        return Explanation(name)
    if is_on_the_way(given):
        return Explanation(MistakeName.ON_THE_WAY)
    answer = (
        _made_by_mistake(given, SOURCES)
        or _made_with_worded_numbers(given)
        or _made_by_mistake(given, LAST_SOURCES)
    )
    if answer:
        return Explanation(answer.name)
    return _named(near_miss(given))


def _may_have_decimal_comma(grade: Grade) -> bool:
    return grade.feedback is not None and grade.feedback.code == FeedbackCode.DECIMAL_COMMA


def _may_be_several(response: str, key: AnswerKey) -> bool:
    """Whether x = 1 or x = 6, or {1, 6}, was answered where one number is asked for."""
    return _several(response, key) is not None


def _several(response: str, key: AnswerKey) -> Value | None:
    if key.kind != Kind.NUMBER:
        return None
    try:
        _, value = read_both(normalize_text(response), replace(key, kind=Kind.LIST))
    except Unreadable:
        return None
    is_set = isinstance(value, Bracketed) and value.opening == "{"
    return value if is_set or isinstance(value, Logic | Listing) else None


def _lists_right_answer(response: str, key: AnswerKey) -> bool:
    """Whether 4 is among -2,4 rather than a part of -2.4."""
    value, right = _several(response, key), bare_term(key_value(key))
    if value is None or right is None:
        return False
    wanted = rational_value(right)
    parts = [rational_value(part) for part in entries(value) if is_term(part)]
    return len(parts) > 1 and wanted is not None and wanted in parts


def _made_with_worded_numbers(given: GivenAnswer) -> MistakenAnswer | None:
    """Six painters need ten days: with the numbers of the statement in digits."""
    question = in_digits(given.question)
    if question.statement == given.question.statement:
        return None
    return _made_by_mistake(replace(given, question=question), SOURCES)


def _named(name: MistakeName | None) -> Explanation | None:
    return Explanation(name) if name else None


def _made_by_mistake(
    given: GivenAnswer, sources: tuple[MistakeSource, ...]
) -> MistakenAnswer | None:
    """The first wrong answer of the sources that is the given one."""
    for source in sources:
        with suppress(*_UNDECIDED), WorkBudget(SOURCE_WORK_S):
            for answer in source(given.question):
                if given.is_value(answer.value) and not _is_turned_percentage(given, answer):
                    return answer
    return None


def _is_turned_percentage(given: GivenAnswer, answer: MistakenAnswer) -> bool:
    """5 % is 1/20, but whoever writes it for 20 has turned nothing upside down."""
    return given.is_percentage and answer.name == MistakeName.QUOTIENT_UPSIDE_DOWN
