"""Antiderivatives: judged by their derivative, and by whether they have their constant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.calculus import (
    constant_factor,
    is_defined_wherever,
    is_free_constant,
    plain_constants,
    same_derivative,
)
from tutor.grading.kinds.reading import natural_logarithms, read_tree, split_declaration
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import expand_plus_minus, is_name
from tutor.grading.parsing.tree import (
    ZERO,
    BigOperator,
    Call,
    Comparison,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    has_part,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget

WITHOUT_CONSTANT = 0.5  # the share of the points for an answer that lacks its constant alone
_CONSTANT = re.compile(r"[CcKkDd](?:_\w+)?")
_USUAL_VARIABLES = "xtuszyvwrq"


@dataclass(frozen=True, slots=True)
class Antiderivative:
    """variable: by the answer itself, as in F(x) = …; None where it does not say."""

    term: Term
    variable: str | None
    value: Value


class AntiderivativeKind(AnswerKind[Antiderivative]):
    def read(self, text: PlainText, key: AnswerKey) -> Antiderivative:
        body, _ = split_declaration(text)
        value = natural_logarithms(read_tree(plain_constants(body), key))
        term, variable = _right_side(value)
        if not is_term(term) or expand_plus_minus(term) != term:
            raise Unreadable(FeedbackCode.UNREAD)
        return Antiderivative(term, variable, value)

    def check(self, right: Antiderivative, key: AnswerKey) -> None:
        if _is_unworked(right.term):
            raise InvalidKey("An antiderivative is the worked-out integral, such as x^2 + C.")
        variable, constant = _letters(right)
        if variable is None:
            raise InvalidKey("It is not clear which letter is the variable: write F(x) = … .")
        if constant is None and not key.constant_optional:
            raise InvalidKey(
                "The answer has no constant such as + C. Add it, or let answers without it count."
            )

    def compare(
        self, right: Antiderivative, given: Antiderivative, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        variable, constant = _letters(right)
        if variable is None or _is_unworked(right.term):
            return Equality(None, Rule.DERIVATIVES)
        if _is_unworked(given.term):
            return _wrong(FeedbackCode.INTEGRAL_NOT_WORKED_OUT)
        fixed = free_names(right.term) - {constant}
        constants = sorted(free_names(given.term) - fixed)
        equal = same_derivative(right.term, given.term, variable, budget)
        if equal is None:
            return Equality(None, Rule.DERIVATIVES)
        if not equal:
            return _wrong_derivative(right.term, given.term, variable, constants, budget)
        letters = {*constants, *({constant} if constant else set())}
        if not is_defined_wherever(right.term, given.term, letters, budget):
            return _wrong(FeedbackCode.ABSOLUTE_VALUE_MISSING, WITHOUT_CONSTANT)
        return _with_constant(given.term, constants, key, budget)

    def shown(self, answer: Antiderivative) -> str:
        return latex(answer.value)


def _wrong(code: FeedbackCode, share: float = 0.0, **params: str) -> Equality:
    return Equality(False, Rule.DERIVATIVES, Feedback(code, params), share)


def _with_constant(
    term: Term, constants: list[str], key: AnswerKey, budget: WorkBudget
) -> Equality:
    states = [is_free_constant(term, letter, budget) for letter in constants]
    if True in states:
        return Equality(True, Rule.DERIVATIVES)
    if None in states:
        return Equality(None, Rule.DERIVATIVES)
    feedback = Feedback(FeedbackCode.CONSTANT_MISSING)
    if key.constant_optional:
        return Equality(True, Rule.DERIVATIVES, feedback)
    return Equality(False, Rule.DERIVATIVES, feedback, WITHOUT_CONSTANT)


def _wrong_derivative(
    key: Term, response: Term, variable: str, constants: list[str], budget: WorkBudget
) -> Equality:
    """Wrong, with the usual mistake if it is one: a factor, or the derivative instead."""
    try:
        integrand, slope = (differentiate(term, variable) for term in (key, response))
        if not constants and same_value(response, differentiate(integrand, variable), budget):
            return _wrong(FeedbackCode.DIFFERENTIATED)
    except NotDifferentiable:
        return _wrong(FeedbackCode.OTHER_DERIVATIVE)
    factor = constant_factor(slope, integrand, budget)
    if factor is not None:
        return _wrong(FeedbackCode.DERIVATIVE_TIMES, factor=str(factor))
    return _wrong(FeedbackCode.OTHER_DERIVATIVE)


def _right_side(value: Value) -> tuple[Value, str | None]:
    """The antiderivative in F(x) = … or in ∫ f(x) dx = …, and its variable."""
    if not isinstance(value, Comparison) or value.op != "=":
        return value, None
    for left, right in ((value.left, value.right), (value.right, value.left)):
        match left:
            case BigOperator("int", _, name, None, None):
                return right, name
            case Call(_, (Sym(name),)) if is_name(left):
                return right, name
            case Sym():
                return right, None
    raise Unreadable(FeedbackCode.UNREAD)


def _is_unworked(term: Term) -> bool:
    return has_part(term, BigOperator)


def _letters(right: Antiderivative) -> tuple[str | None, str | None]:
    """The variable and the constant of the key; None for what it lacks."""
    names = free_names(right.term)
    constant = _constant_of(right.term, names - {right.variable})
    others = names - {constant}
    if right.variable is not None:
        return right.variable, constant
    usual = next((name for name in _USUAL_VARIABLES if name in others), None)
    return (next(iter(others)) if len(others) == 1 else usual), constant


def _constant_of(term: Term, names: frozenset[str]) -> str | None:
    candidates = sorted(filter(_CONSTANT.fullmatch, names))
    budget = WorkBudget(0.3)
    return next((name for name in candidates if _is_added(term, name, budget)), None)


def _is_added(term: Term, name: str, budget: WorkBudget) -> bool:
    """Whether the term is something plus a multiple of the letter, whatever its variable is."""
    try:
        slope = differentiate(term, name)
    except NotDifferentiable:
        return False
    return not free_names(slope) and not same_value(slope, ZERO, budget)
