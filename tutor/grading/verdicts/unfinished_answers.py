"""Tells right answers in which the work is still to be done: the problem's formula, and 7 + 5.

Or only the writing: an inequality instead of the interval.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.grading.answer_key import (
    NUMBERS,
    AnswerKey,
    Form,
    Grade,
    Kind,
    Rule,
    Verdict,
)
from tutor.grading.comparison.forms import is_simplified, missing_form
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.number_forms import (
    is_mixed_number,
    is_scientific,
    unsigned,
    whole_number,
)
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.answers import TEN
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Const,
    Div,
    Logic,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Quantity,
    Root,
    Sym,
    Term,
    is_term,
    walk,
)
from tutor.grading.prose.formulas import find_formulas
from tutor.grading.verdicts.both_values import value_of, without_name

_WORKED_OUT_OF = (Kind.NUMBER, Kind.EXPRESSION, Kind.MATRIX)
_ORDERS = ("<", "<=", ">", ">=", "!=")
_OF_NUMBERS = (*NUMBERS, Kind.EQUATION)
_INTERVAL_NOTATION = re.compile(
    r"interval notation|notation of intervals|Intervall(?:schreibweise|notation)"
    r"|notation d['’]intervalle|sous forme d['’](?:un )?intervalle|notación de intervalos?"
    r"|(?:como|en forma de) (?:un )?intervalo|als Intervall|as an interval|[用写].{0,6}区间",
    re.IGNORECASE,
)
_SIMPLIFIES = re.compile(
    r"\bsimplif(?:y|ie[rz]?|ica|icar|ique)\b|\bvereinfach|\bfasse\b|\bkürze\b|\breduce\b"
    r"|\brédui(?:s|re|sez)\b|\bcollect\b|化简|合并同类项|约分"
    r"|\b(?:add|subtract|multiply|expand|calculate|compute|work out|berechne|multipliziere"
    r"|calcule[rz]?|calcula|développe[rz]?|desarrolla)\b|计算|展开",
    re.IGNORECASE,
)
_CALCULATED = (Num, Neg, Add, Mul, Div, Pow, Root)


def unless_unfinished(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct any more where all the student's work is still to be done.

    That is the case of the statement's own formula (text and order are compared, not values:
    whoever rewrites it has done something), and of a sum such as 7 + 5 for the number 12.
    """
    if grade.verdict != Verdict.CORRECT or key.form != Form.ANY or key.condition:
        return grade
    if key.kind == Kind.INTERVAL and _lacks_brackets(response, key, statement):
        return _unfinished(grade, FeedbackCode.NOT_AN_INTERVAL)
    term = _term_of(response, key)
    if term is None:
        return grade
    given = _formulas(statement, key)
    if term in given and key.kind in _WORKED_OUT_OF and _is_asked(term, given, key):
        return _unfinished(grade, FeedbackCode.COPIED_FORMULA)
    if _is_to_simplify(term, key, statement):
        return _unfinished(grade, FeedbackCode.NOT_WORKED_OUT)
    if term in given:
        return grade
    if key.kind in _OF_NUMBERS and _is_calculation(term) and _is_plain(key):
        return _unfinished(grade, FeedbackCode.NOT_WORKED_OUT)
    return grade


def _unfinished(grade: Grade, code: FeedbackCode) -> Grade:
    feedback = Feedback(code)
    return replace(grade, verdict=Verdict.INCORRECT, score=0, rule=Rule.FORM, feedback=feedback)


def _formulas(statement: str, key: AnswerKey) -> set[Term]:
    """The terms of a statement, read as an answer to it would be; without single numbers."""
    texts = (formula.text for formula, _ in find_formulas(statement))
    terms = (_term_of(text, key) for text in texts)
    return {term for term in terms if term is not None and not _is_short(term)}


def _is_asked(term: Term, given: set[Term], key: AnswerKey) -> bool:
    """Whether it is the only one, so that none was to be chosen, and not the stored answer."""
    return len(given) == 1 and term != key_value(key) and _is_to_work_out(term, key)


def _lacks_brackets(response: str, key: AnswerKey, statement: str) -> bool:
    """2 <= x < 5, where the statement asks for the notation of intervals."""
    value = value_of(response, key, units=False)
    is_range = isinstance(value, Logic) or (isinstance(value, Comparison) and value.op in _ORDERS)
    return is_range and _INTERVAL_NOTATION.search(statement) is not None


def _term_of(text: str, key: AnswerKey) -> Term | None:
    value = value_of(text, key, units=key.kind == Kind.QUANTITY)
    value = None if value is None else without_name(value)
    amount = value.amount if isinstance(value, Quantity) else value
    return amount if amount is not None and is_term(amount) else None


def _is_to_simplify(term: Term, key: AnswerKey, statement: str) -> bool:
    """Of 2x + 6 - x + 1 where a term is to be simplified, and of -2(2, -3) for (-4, 6)."""
    right = key_value(key)
    if key.kind == Kind.TUPLE:
        return _is_multiple(unsigned(term)) and not is_term(right)
    if key.kind != Kind.EXPRESSION or not _SIMPLIFIES.search(statement) or not is_term(right):
        return False
    return is_simplified(right) and not is_simplified(term)


def _is_multiple(term: Term) -> bool:
    """Of a vector, by a whole number."""
    parts = term.parts if isinstance(term, Mul) else ()
    has_vector = any(isinstance(part, Matrix) for part in parts)
    return has_vector and any(whole_number(part) is not None for part in parts if is_term(part))


def _is_calculation(term: Term) -> bool:
    """7 + 5, √(25 - 9) and 3/4 · 8/9, and neither 1 1/2 nor 8/2 nor 1.5 · 10^3."""
    term = unsigned(term)
    is_written_out = isinstance(term, Num) or _is_quotient(term)
    if is_written_out or not all(isinstance(part, _CALCULATED) for part in walk(term)):
        return False
    return not (is_mixed_number(term) or is_scientific(term) or _has_power_of_ten(term))


def _is_quotient(term: Term) -> bool:
    """Of two numbers that are written out."""
    return isinstance(term, Div) and all(
        isinstance(unsigned(half), Num) for half in (term.top, term.bottom)
    )


def _has_power_of_ten(term: Term) -> bool:
    return any(isinstance(part, Pow) and part.base == TEN for part in walk(term))


def _is_plain(key: AnswerKey) -> bool:
    """Whether its value is one number, so that no calculation was asked for."""
    value = without_name(key_value(key))
    amount = value.amount if isinstance(value, Quantity) else value
    return is_term(amount) and (isinstance(unsigned(amount), Num) or _is_quotient(unsigned(amount)))


def _is_short(term: Term) -> bool:
    return isinstance(term, Num | Sym | Const)


def _is_to_work_out(term: Term, key: AnswerKey) -> bool:
    """3 · 4 + 5, and neither 3/4 nor a matrix that is written out."""
    if key.kind == Kind.EXPRESSION:
        return True
    if isinstance(term, Matrix):
        return False
    return _is_calculation(term) or missing_form(term, _worked_out(key)) is not None


def _worked_out(key: AnswerKey) -> AnswerKey:
    return replace(key, form=Form.WORKED_OUT)
