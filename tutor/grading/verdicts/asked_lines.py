"""Tells equations of lines that are right, but not in the form that the statement names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.verdicts.both_values import value_of

# Each form as statements write it, but for the signs around formulas, and as people are told it.
_FORMS = (
    (re.compile(r"(?<![a-z])a ?x ?\+ ?b ?y ?\+ ?c ?= ?0"), "ax + by + c = 0"),
    (re.compile(r"(?<![a-z])a ?x ?\+ ?b ?y ?= ?[cd](?![a-z])"), "ax + by = c"),
    (re.compile(r"(?<![a-z])y ?= ?[am] ?x ?\+ ?[bcknpqt](?![a-z])"), "y = mx + b"),
)
_EQUATION = re.compile(
    r"\b(?:an|the) equation (?:of|in|for)\b|\by alone\b|Gleichung de[rs]\b|Geradengleichung"
    r"|\béquation d(?:e|u)\b|\bl['’]équation réduite|\becuación de\b|的(?:方程|解析式|函数关系式)",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(r" ?(?:\\cdot|[*·])|[\\$(){}]")
_INTEGERS = re.compile(
    r"\b(?:integers?|integral|whole|ganze\w{0,2}|ganzzahlig\w{0,2}|enti(?:ers?|ères?)|enteros?"
    r"|enteras?)\b|整数|整系数",
    re.IGNORECASE,
)


def unless_other_line_form(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct for y = 2x - 1 where ax + by = c is asked for, and stored so."""
    if grade.verdict != Verdict.CORRECT or key.kind != Kind.EQUATION or key.form != Form.ANY:
        return grade
    form = _asked_form(statement)
    if _lacks_left_side(response, key, statement):
        feedback = Feedback(FeedbackCode.NOT_AN_EQUATION)
        return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.FORM, feedback=feedback)
    value = value_of(response, key, units=False) if form else None
    whole = _INTEGERS.search(statement) is not None
    if value is None or _has_form(value, form, whole) or not _has_form(key_value(key), form, whole):
        return grade
    feedback = Feedback(FeedbackCode.NOT_A_LINE_OF_FORM, {"text": form})
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.FORM, feedback=feedback)


def _lacks_left_side(response: str, key: AnswerKey, statement: str) -> bool:
    """Of 2x - 1 for y = 2x - 1, where the equation of a curve is asked for; not of 5 for x = 5."""
    right = key_value(key)
    is_curve = isinstance(right, Comparison) and len(free_names(right)) > 1
    if not is_curve or not _EQUATION.search(statement):
        return False
    value = value_of(response, key, units=False)
    return value is not None and is_term(value)


def _asked_form(statement: str) -> str:
    text = _LEFT_OUT.sub("", statement).lower()
    return next((form for pattern, form in _FORMS if pattern.search(text)), "")


def _has_form(value: Value, form: str, whole: bool) -> bool:
    """whole: whether all coefficients are whole numbers."""
    if not isinstance(value, Comparison) or not (is_term(value.left) and is_term(value.right)):
        return False
    sides = (value.left, value.right)
    if form == "y = mx + b":
        return any(
            isinstance(side, Sym) and side.name not in free_names(other) and _is_sum(other)
            for side, other in (sides, sides[::-1])
        )
    terms, right = sides
    has_constant = any(not free_names(term) for term in _summands(terms))
    if not _is_sum(terms) or (whole and not _is_whole(terms, right)):
        return False
    if form == "ax + by = c":
        return not has_constant and rational_value(right) is not None
    return rational_value(right) == 0


def _is_sum(term: Term) -> bool:
    """Of numbers and multiples of single letters, each of which stands once."""
    names = [free_names(part) for part in _summands(term)]
    is_linear = all(len(own) <= 1 for own in names)
    has_brackets = any(isinstance(x, Add | Pow) for part in _summands(term) for x in walk(part))
    return is_linear and not has_brackets and len(names) == len(set(names))


def _summands(term: Term) -> Iterator[Term]:
    for part in term.parts if isinstance(term, Add) else (term,):
        yield part.part if isinstance(part, Neg) else part


def _is_whole(*terms: Term) -> bool:
    numbers = [x for term in terms for x in walk(term) if isinstance(x, Num)]
    return all(number.value.denominator == 1 for number in numbers) and not any(
        isinstance(x, Div) for term in terms for x in walk(term)
    )
