"""Grades a student's answer or a model's completion."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.compare import AnswerComparer, Judgement
from tutor.grading.comparison.forms import missing_form
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.parsing.answers import read_answer, read_plain_answer
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.shorthand import fold_mixed
from tutor.grading.parsing.tree import (
    Call,
    Quantity,
    Ratio,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.parsing.words import (
    MAX_CHOICE,
    NO_ANSWER,
    choice_letters,
    gives_up,
    plain_words,
)
from tutor.grading.processes.deadline import Deadline, DeadlinePassed
from tutor.grading.prose.final_answer import answer_candidates, without_formula_signs
from tutor.grading.solving.inequalities import is_solved

WITHIN_S = 1.2  # wall clock of one call, where its caller says nothing
EXAMPLES = "Try a number, a fraction such as 3/4, or an expression such as 2x+1."
# Words that are answers to a question about numbers, and that say no more than we understand.
_ANSWERS_IN_WORDS = re.compile(
    r"no|no solution|undefined|dne|true|false|yes|(?:infinite|infinitely many|0)(?: solutions?)?"
)


def grade_response(response: str, key: AnswerKey, within_s: float = WITHIN_S) -> Grade:
    """A student's typed or pasted answer. Never raises for a text, whatever it holds."""
    return _grade(response, key, None, within_s)


def grade_against(response: str, key: AnswerKey, value: Value, within_s: float) -> Grade:
    """As `grade_response`, with `value` as the right answer in place of the key's own."""
    return _grade(response, key, value, within_s)


def gives_up_on(response: str, key: AnswerKey) -> bool:
    """Whether the response says that its author has no answer, and that is not the answer."""
    try:
        return _gives_up_on(normalize_text(response), key)
    except Unreadable:
        return False


def _gives_up_on(response: PlainText, key: AnswerKey) -> bool:
    if key.kind == Kind.TEXT or not gives_up(response):
        return False
    return plain_words(response) != plain_words(normalize_text(key.value))


def _grade(response: str, key: AnswerKey, value: Value | None, within_s: float) -> Grade:
    try:
        grade = _grade_plain(normalize_text(response), key, value, within_s)
        return replace(grade, answer=response)
    except Unreadable as error:
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, f"{error} {EXAMPLES}", response)
    except (DeadlinePassed, RecursionError):
        return Grade(Verdict.UNDECIDED, 0, Rule.DEADLINE, answer=response)


def grade_completion(text: str, key: AnswerKey) -> Grade:
    """The final answer in a model's text; what it thought before </think> does not count."""
    last = Grade(Verdict.UNREADABLE, 0, Rule.NO_ANSWER, "No final answer was found.")
    if key.kind == Kind.CHOICE and (letters := _choice_letters(text)):
        return replace(grade_response(text, key), answer=", ".join(sorted(letters)))
    with_unit = key.kind == Kind.QUANTITY and bool(key.unit) and not key.unit_optional
    for candidate in answer_candidates(text, kind=key.kind, with_unit=with_unit):
        if not candidate.strip():
            continue
        grade = grade_response(candidate, key)
        grade = replace(grade, answer=without_formula_signs(candidate))
        if grade.verdict != Verdict.UNREADABLE and not _is_prose(candidate, key):
            return grade
        if last.rule == Rule.NO_ANSWER and grade.verdict == Verdict.CORRECT:
            return grade
    return last


def _choice_letters(completion: str) -> frozenset[str]:
    try:
        return choice_letters(normalize_text(completion, MAX_CHOICE))
    except Unreadable:
        return frozenset()


def _is_prose(candidate: str, key: AnswerKey) -> bool:
    """Whether the candidate is a sentence with the answer somewhere in it."""
    if key.kind in (Kind.TEXT, Kind.CHOICE):
        return False
    try:
        return isinstance(read_answer(candidate, key.decimal_comma), Words)
    except Unreadable:
        return False


def _grade_plain(
    response: PlainText, key: AnswerKey, value: Value | None, within_s: float
) -> Grade:
    if key.kind == Kind.CHOICE:
        return _grade_choice(response, key)
    if key.kind == Kind.TEXT:
        return _grade_words(response, key)
    if _gives_up_on(response, key):
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, NO_ANSWER)
    deadline = Deadline.within(within_s)
    right = key_value(key) if value is None else value
    if _is_single(right, key):
        response = PlainText(fold_mixed(response))
    given = read_plain_answer(
        response, key.decimal_comma, isinstance(_without_name(right), Quantity)
    )
    if isinstance(_without_name(given), Quantity) and not isinstance(
        _without_name(right), Quantity
    ):
        right = _with_unit(normalize_text(key_text(key)), right, key) if value is None else right
    elif not free_names(_without_name(right)) and free_names(_without_name(given)):
        given = _with_unit(response, given, key) if is_term(_without_name(given)) else given
    in_words = isinstance(given, Words) and not isinstance(right, Words)
    if in_words and not _ANSWERS_IN_WORDS.fullmatch(plain_words(response)):
        raise Unreadable("We could not read the answer.")
    judgement = AnswerComparer(key, deadline).whole(right, given)
    if judgement.equal and not key.guessed and is_solved(right) and not is_solved(given):
        unsolved = "The inequality is equivalent to the answer, but it is not solved."
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, unsolved)
    return _with_form(judgement, given, key)


def _with_unit(text: PlainText, value: Value, key: AnswerKey) -> Value:
    """5 m as five metres, where only that makes sense."""
    return read_plain_answer(text, key.decimal_comma, units=True) if free_names(value) else value


def _is_single(value: Value, key: AnswerKey) -> bool:
    """Whether "2 and 1/2" cannot be two answers."""
    several = key.kind in (Kind.LIST, Kind.SET, Kind.TUPLE)
    bare = _without_name(value)
    return not several and (is_term(bare) or isinstance(bare, Quantity))


def _without_name(value: Value) -> Value:
    """4 of x = 4."""
    named = definition(value)
    return named[1] if named else value


def _with_form(judgement: Judgement, value: Value, key: AnswerKey) -> Grade:
    if not judgement.equal:
        verdict = Verdict.INCORRECT if judgement.equal is False else Verdict.UNDECIDED
        share = min(judgement.share, 0.99) if verdict == Verdict.INCORRECT else 0.0
        return Grade(verdict, share, judgement.rule, judgement.feedback)
    value = _without_name(value)
    amount = value.amount if isinstance(value, Quantity) else value
    if isinstance(value, Quantity) and key.form == Form.LOWEST_TERMS and _is_percent(value, key):
        amount = Call("percent", (value.amount,))  # 75% is no fraction
    missing = missing_form(amount, key) if is_term(amount) or isinstance(amount, Ratio) else ""
    if missing:
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, f"The value is right, but {missing}.")
    return Grade(Verdict.CORRECT, 1, judgement.rule, judgement.feedback)


def _is_percent(value: Quantity, key: AnswerKey) -> bool:
    return bool(re.search("%|percent", value.unit)) and "%" not in key.value + key.unit


def _grade_choice(response: PlainText, key: AnswerKey) -> Grade:
    right, chosen = choice_letters(normalize_text(key.value)), choice_letters(response)
    if not chosen:
        raise Unreadable("We could not read a choice. Answer with its letter, such as B.")
    if chosen == right:
        return Grade(Verdict.CORRECT, 1, Rule.CHOICE)
    share = len(chosen) / len(right) if chosen < right else 0.0
    feedback = "One choice or more is missing." if share else ""
    return Grade(Verdict.INCORRECT, share, Rule.CHOICE, feedback)


def _grade_words(response: PlainText, key: AnswerKey) -> Grade:
    right = plain_words(normalize_text(key.value), key.ignore_case)
    given = plain_words(response, key.ignore_case)
    if not given:
        raise Unreadable("There is no answer.")
    verdict = Verdict.CORRECT if given == right else Verdict.INCORRECT
    return Grade(verdict, float(given == right), Rule.WORDS)
