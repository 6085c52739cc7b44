"""Tells an answer that only repeats the formula which the problem asks to work out."""

from __future__ import annotations

from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.forms import missing_form
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.response_reader import read_response
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Const, Matrix, Num, Sym, Term, Unreadable, is_term
from tutor.grading.prose.formulas import find_formulas

_COPIED = Feedback(FeedbackCode.COPIED_FORMULA)
_WORKED_OUT_OF = (Kind.NUMBER, Kind.EXPRESSION, Kind.MATRIX)


def without_copy(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct any more where the response is the statement's formula itself.

    Text and order are compared, not values: whoever rewrites the formula has done something.
    """
    if grade.verdict != Verdict.CORRECT or not _may_be_copied(key):
        return grade
    term = _term_of(response, key)
    if term is None or term != asked_formula(key, statement):
        return grade
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.FORM, feedback=_COPIED)


def asked_formula(key: AnswerKey, statement: str) -> Term | None:
    """The only formula of a statement, if it is still to be worked out and is not the key's own."""
    if not _may_be_copied(key):
        return None
    texts = (formula.text for formula, _ in find_formulas(statement))
    terms = [term for text in texts if (term := _term_of(text, key)) and not _is_short(term)]
    if len(set(terms)) != 1 or terms[0] == key_value(key) or not _is_to_work_out(terms[0], key):
        return None
    return terms[0]


def _may_be_copied(key: AnswerKey) -> bool:
    return key.kind in _WORKED_OUT_OF and key.form == Form.ANY and not key.condition


def _term_of(text: str, key: AnswerKey) -> Term | None:
    try:
        value = read_response(normalize_text(text), key.kind, key.decimal_comma, units=False)
    except (Unreadable, RecursionError):
        return None
    return value if is_term(value) else None


def _is_short(term: Term) -> bool:
    return isinstance(term, Num | Sym | Const)


def _is_to_work_out(term: Term, key: AnswerKey) -> bool:
    """3 · 4 + 5, and neither 3/4 nor a matrix that is written out."""
    if key.kind == Kind.EXPRESSION:
        return True
    return not (isinstance(term, Matrix) or missing_form(term, _worked_out(key)) is None)


def _worked_out(key: AnswerKey) -> AnswerKey:
    return replace(key, form=Form.WORKED_OUT)
