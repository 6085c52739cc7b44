"""What is never zero: "e^x nunca es 0", "the bottom is always positive"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Const,
    Div,
    Mul,
    Num,
    Pow,
    Term,
    Unreadable,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working.announcements.methods.functions import function_in
from tutor.grading.working.task import Task

MAX_LENGTH = 90
_POSITIVE = (
    r"(?:(?:is |ist |est |es |siempre es |est toujours )?(?:always |immer |toujours |siempre )?"
    r"(?:>\s?0|positi[vf][eo]?|größer (?:als )?0)|(?:always|immer|toujours|siempre) > 0|恒(?:大于0"
    r"|为正|正|>0))"
)
_NEVER_ZERO = (
    r"(?:(?:is never|ist nie|wird nie|n'est jamais|no es nunca|nunca es|nunca vale|can't be"
    r"|cannot be"
    r"|ne vaut jamais|永不为|恒不为|不可能为)\s?(?:0|zero|null|nulle?|cero)|≠\s?0"
    r"|ne s'annule (?:pas"
    r"|jamais)"
    r"|nunca se anula|no se anula)"
)
_TERM_LINE = re.compile(
    rf"(?:(?:but|aber|mais|pero|since|because|weil|car|como|∵|因为|而)\s?,?\s?)?"
    rf"(?P<term>[^=<>≠]{{1,24}}?)\s?(?:{_POSITIVE}|{_NEVER_ZERO})(?P<rest>.{{0,50}})",
    re.IGNORECASE,
)
_BOTTOM = re.compile(
    r"(?:the )?(?:bottom|denominator)|(?:der )?nenner|(?:le )?dénominateur|(?:el )?(?:de abajo"
    r"|denominador)"
    r"|分母",
    re.IGNORECASE,
)
_SIGN_OF = re.compile(
    r"\s?,?\s?(?:so|hence|also|donc|luego|asi que|así que|所以)?\s?,?\s?(?:it has |f' has |f' a "
    r"|(?:le )?)?"
    r"(?:the )?(?:same )?(?:sign (?:as|of)|signe? de|vorzeichen von|el signo de|符号由)\s?"
    r"(?P<other>[^=<>]{1,30})",
    re.IGNORECASE,
)


def is_positive(text: str, task: Task, terms: Sequence[Term], budget: WorkBudget) -> bool:
    """Whether a power of e, or the square in the latest denominator, makes it right.

    terms: of the statement and of lines, the latest last.
    """
    match = _TERM_LINE.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        return False
    rest = match["rest"].strip(" .,;")
    if _BOTTOM.fullmatch(match["term"].strip()):
        return not rest and _has_square_below(terms)
    with suppress(Unreadable, RecursionError):
        power = read_expression(match["term"].strip())
        if not is_term(power) or not _is_power_of_e(power):
            return False
        return not rest or _has_sign_of(rest, power, task, budget)
    return False


def _is_power_of_e(term: Term) -> bool:
    match term:
        case Pow(Const("e"), exponent):
            return bool(free_names(exponent))
    return False


def _has_square_below(terms: Sequence[Term]) -> bool:
    """Of the latest fraction with a letter below, as f' = -2/(x + 2)² has it."""
    fractions = [
        part
        for term in terms
        for part in walk(term)
        if isinstance(part, Div) and free_names(part.bottom)
    ]
    match fractions[-1:]:
        case [Div(_, Pow(_, Num() as exponent))]:
            number = rational_value(exponent)
            return number is not None and number.denominator == 1 and number % 2 == 0
    return False


def _has_sign_of(rest: str, power: Term, task: Task, budget: WorkBudget) -> bool:
    """Whether the derivative of the only function is the power of e times that term."""
    told = _SIGN_OF.fullmatch(rest)
    function = function_in(task)
    other = read_expression(told["other"].strip()) if told is not None else None
    if other is None or not is_term(other) or function is None:
        return False
    slope = function.derived().body
    return same_value(Mul((power, other)), slope, budget).equal is True
