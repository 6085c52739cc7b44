"""The two ways in: a student's answer, and a model's completion."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.compare import AnswerComparer, Judgement
from tutor.grading.comparison.forms import missing_form
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.normalize import normalize_text
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
from tutor.grading.parsing.words import NO_ANSWER, choice_letters, gives_up, plain_words
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
    return _caught(response, key, None, within_s)


def grade_against(response: str, key: AnswerKey, value: Value, within_s: float) -> Grade:
    """As `grade_response`, with `value` as the right answer in place of the key's own."""
    return _caught(response, key, value, within_s)


def gives_up_on(response: str, key: AnswerKey) -> bool:
    """Whether it says that its author has no answer, where that is not the answer itself."""
    if key.kind == Kind.TEXT or not gives_up(response):
        return False
    return plain_words(response) != plain_words(key.value)


def _caught(response: str, key: AnswerKey, value: Value | None, within_s: float) -> Grade:
    try:
        return _graded(response, key, value, within_s)
    except Unreadable as error:
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, f"{error} {EXAMPLES}", response)
    except (DeadlinePassed, RecursionError):
        return Grade(Verdict.UNDECIDED, 0, Rule.DEADLINE, answer=response)


def grade_completion(text: str, key: AnswerKey) -> Grade:
    """The final answer in a model's text; what it thought before </think> does not count."""
    last = Grade(Verdict.UNREADABLE, 0, Rule.NO_ANSWER, "No final answer was found.")
    if key.kind == Kind.CHOICE and (letters := choice_letters(text)):
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


def _is_prose(candidate: str, key: AnswerKey) -> bool:
    """A sentence around the answer that is still to be found in it."""
    if key.kind in (Kind.TEXT, Kind.CHOICE):
        return False
    try:
        return isinstance(read_answer(candidate, key.decimal_comma), Words)
    except Unreadable:
        return False


def _graded(response: str, key: AnswerKey, value: Value | None, within_s: float) -> Grade:
    if key.kind == Kind.CHOICE:
        return _choice(response, key)
    if key.kind == Kind.TEXT:
        return _text(response, key)
    if gives_up_on(response, key):
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, NO_ANSWER, response)
    deadline = Deadline.within(within_s)
    ours = key_value(key) if value is None else value
    said = fold_mixed(normalize_text(response)) if _is_single(ours, key) else response
    theirs = read_answer(said, key.decimal_comma, isinstance(_meant(ours), Quantity))
    if isinstance(_meant(theirs), Quantity) and not isinstance(_meant(ours), Quantity):
        ours = _with_unit(key_text(key), ours, key) if value is None else ours
    elif not free_names(_meant(ours)) and free_names(_meant(theirs)):
        theirs = _with_unit(said, theirs, key) if is_term(_meant(theirs)) else theirs
    in_words = isinstance(theirs, Words) and not isinstance(ours, Words)
    if in_words and not _ANSWERS_IN_WORDS.fullmatch(plain_words(response)):
        raise Unreadable("We could not read the answer.")
    found = AnswerComparer(key, deadline).whole(ours, theirs)
    if found.equal and not key.guessed and is_solved(ours) and not is_solved(theirs):
        unsolved = "The inequality is equivalent to the answer, but it is not solved."
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, unsolved, response)
    return _with_form(found, theirs, response, key)


def _with_unit(text: str, value: Value, key: AnswerKey) -> Value:
    """5 m as five metres, where only that makes sense."""
    return read_answer(text, key.decimal_comma, units=True) if free_names(value) else value


def _is_single(value: Value, key: AnswerKey) -> bool:
    """Whether "2 and 1/2" cannot be two answers."""
    several = key.kind in (Kind.LIST, Kind.SET, Kind.TUPLE)
    return not several and (is_term(_meant(value)) or isinstance(_meant(value), Quantity))


def _meant(value: Value) -> Value:
    """4 of x = 4."""
    named = definition(value)
    return named[1] if named else value


def _with_form(found: Judgement, value: Value, response: str, key: AnswerKey) -> Grade:
    if not found.equal:
        verdict = Verdict.INCORRECT if found.equal is False else Verdict.UNDECIDED
        share = min(found.share, 0.99) if verdict == Verdict.INCORRECT else 0.0
        return Grade(verdict, share, found.rule, found.feedback, response)
    value = _meant(value)
    amount = value.amount if isinstance(value, Quantity) else value
    if isinstance(value, Quantity) and key.form == Form.LOWEST_TERMS and _is_percent(value, key):
        amount = Call("percent", (value.amount,))  # 75% is no fraction
    missing = missing_form(amount, key) if is_term(amount) or isinstance(amount, Ratio) else ""
    if missing:
        return Grade(
            Verdict.INCORRECT, 0, Rule.FORM, f"The value is right, but {missing}.", response
        )
    return Grade(Verdict.CORRECT, 1, found.rule, found.feedback, response)


def _is_percent(value: Quantity, key: AnswerKey) -> bool:
    return bool(re.search("%|percent", value.unit)) and "%" not in key.value + key.unit


def _choice(response: str, key: AnswerKey) -> Grade:
    ours, theirs = choice_letters(key.value), choice_letters(response)
    if not theirs:
        raise Unreadable("We could not read a choice. Answer with its letter, such as B.")
    if ours == theirs:
        return Grade(Verdict.CORRECT, 1, Rule.CHOICE, answer=response)
    wrong, right = theirs - ours, theirs & ours
    share = len(right) / len(ours) if right and not wrong else 0.0
    feedback = "One choice or more is missing." if share else ""
    return Grade(Verdict.INCORRECT, share, Rule.CHOICE, feedback, response)


def _text(response: str, key: AnswerKey) -> Grade:
    ours, theirs = (plain_words(text, key.ignore_case) for text in (key.value, response))
    if not theirs:
        raise Unreadable("There is no answer.")
    verdict = Verdict.CORRECT if ours == theirs else Verdict.INCORRECT
    return Grade(verdict, float(ours == theirs), Rule.WORDS, answer=response)
