"""Lines about a limit in which it is not written out: sin(x)/x → 1, x → 2: 5/4, limit = 3."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    BigOperator,
    Comparison,
    Div,
    Num,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working.reading import Statement
from tutor.grading.working.task import Task

_ARROW = r"(?:→|->|⟶)"
_TENDS_TO = re.compile(
    rf"([^=<>→]{{0,199}}?[^=<>→\s])\s*+{_ARROW}\s*([-+]?[^=<>→]{{1,40}}(?:=[^=<>→a-z]{{1,40}})?)"
)
_POWER_OF_ONE = re.compile(  # a limit = 1^n = 1
    r"(?<=[=>→⟶])\s{0,3}\(?1\)?\s?\^\s?(?:[a-z]|\([a-z]\)|\{[a-z]\})\s?=(?=\s?1\s*$)"
)
_PLACE = re.compile(rf"([a-zA-Z])\s*{_ARROW}\s*([-+]?(?:∞|oo|\d{{1,9}}(?:\.\d{{1,9}})?))")
_NAMED = re.compile(r"(?:lim|limit|limite|límite|grenzwert|极限)\s*(?==)", re.IGNORECASE)
_WORDS = re.compile(r"(?<!\w)(?:limit|limite|límite|grenzwert)(?!\w)|极限", re.IGNORECASE)
_WITHOUT_PLACE = re.compile(  # lim sin(x)/x
    r"(?<![A-Za-z\\])\\?lim\s{1,3}(?=[^=]{0,60}[a-z])([^=<>→_\s][^=<>→_]{0,60}?)(?=\s*(?:=|\Z))"
)
_NAMES_LIMIT = re.compile(
    r"(?:^|[,;.，。]\s?)(?:so |hence |thus |then |and |also |donc |entonces |所以)?"
    r"(?:the |der |ist der |la |el )?(?:limit|grenzwert|limite|límite|极限)\s?"
    r"(?:is|ist|est|vaut|es|=|:|是|为)\s?$",
    re.IGNORECASE,
)
_ENDLESS = r"(?:[-+]?∞|\([-+]?∞\))"
_FORMLESS = (
    rf"(?:0\s?/\s?0|{_ENDLESS}\s?/\s?{_ENDLESS}|{_ENDLESS}\s?[-−]\s?{_ENDLESS}"
    rf"|0\s?[·*×]\s?{_ENDLESS}|{_ENDLESS}\s?[·*×]\s?0|\(?1\)?\s?\^\s?\{{?\s?{_ENDLESS}\s?\}}?)"
)
_NUMERAL = re.compile(r"[-+]?\d{1,9}(?:\.\d{1,9})?")
_QUOTIENT_OF_NUMBERS = re.compile(  # 4/1, and no 0/0
    r"\s?\(?[-−]?[\d.\s()+*·−-]{1,40}/\s?\(?[-−]?(?!0\)?\s?(?:=|\Z))[\d.\s()+*·−-]{1,40}\s?(?:=|\Z)"
)
_UNDETERMINED = re.compile(rf"(?:=\s*)?{_FORMLESS}\s*(?==)")
_BETWEEN = re.compile(rf"=\s*{_FORMLESS}\s*(?==)")


def as_limit(statement: Statement, limit: str) -> Statement:
    """With sin(x)/x → 1 as an equation, and without the place of a limit as a condition.

    The place of the problem's limit is that of lim sin(x)/x, too.
    lim (x² - x) = 0 for lim (x² - x) = ∞ - ∞ = 0, which has no value between.

    limit: what lim stands for in the problem, such as "\\lim_{x\\to 0}"; "" without one.
    """
    if limit:
        text = _POWER_OF_ONE.sub("", _BETWEEN.sub("", statement.text))
        statement = replace(statement, text=text)
        body = _WITHOUT_PLACE.sub(lambda match: f"{limit} ({match[1]})", statement.text)
        statement = replace(statement, text=body)
    goal = _PLACE.fullmatch(statement.supposed)
    if goal is not None:
        limit = rf"\lim_{{{goal[1]}\to {goal[2].lstrip('+')}}}"
        statement = replace(statement, supposed="")
    tends = _TENDS_TO.fullmatch(statement.text)
    if tends is None or not limit or _PLACE.fullmatch(statement.text) or "lim" in statement.text:
        return statement
    return replace(statement, text=f"{limit} ({tends[1]}) = {tends[2]}")


def limit_called(statement: Statement, task: Task) -> tuple[Term, str] | None:
    """The limit of the problem that lim = 2 and limit: 2 speak of, and "= 2"; None for others.

    What people write of 0/0 and ∞/∞ on the way is left out.
    """
    limits = [term for term in task.expressions if isinstance(term, BigOperator)]
    if len(limits) != 1 or limits[0].kind != "lim" or len(task.expressions) != 1:
        return None
    text = statement.text
    if (match := _NAMED.match(text)) or (match := _UNDETERMINED.match(text)):
        text = text[match.end() :]
    elif not _WORDS.search(statement.words):
        return None
    if match := _UNDETERMINED.match(text):
        text = text[match.end() :]
    text = text.strip()
    return limits[0], text if text.startswith("=") else f"= {text}"


def is_place(term: Term, task: Task) -> bool:
    """Whether a limit is asked for there: 3 of "x = 3 gives 0/0", which is no value of it."""
    asked = [part for part in task.expressions if isinstance(part, BigOperator)]
    return any(part.kind == "lim" and term in (part.low, Sym(part.name)) for part in asked)


def limit_at_place(
    statement: Statement, task: Task, expression: Term | None
) -> tuple[Term, str] | None:
    """What the last expression comes to at the place of "x → 2: 4/1 = 4"; None for others."""
    limits = [term for term in task.expressions if isinstance(term, BigOperator)]
    approached = _PLACE.fullmatch(statement.supposed)
    if approached is None or len(limits) != 1 or len(task.expressions) != 1:
        return None
    [limit] = limits
    is_there = limit.kind == "lim" and limit.name == approached[1]
    if not is_there or not _is_value(limit.low, approached[2]):
        return None
    if not _QUOTIENT_OF_NUMBERS.match(statement.text):
        return None
    value = _value_at(expression, limit)
    return None if value is None else (value, f"= {statement.text}")


def _value_at(expression: Term | None, limit: BigOperator) -> Term | None:
    """The number that a quotient comes to; None where it has none."""
    body = expression.body if isinstance(expression, BigOperator) else expression
    if not isinstance(body, Div) or limit.low is None or free_names(body) != {limit.name}:
        return None
    number = rational_value(substitute(body, Sym(limit.name), limit.low))
    return None if number is None else Num(number)


def _is_value(end: Term | None, text: str) -> bool:
    number = None if end is None else rational_value(end)
    return number is not None and _NUMERAL.fullmatch(text) is not None and number == Fraction(text)


def inside_limit(known: Term, term: Term) -> Term | None:
    """What a limit is taken of, where the term still has its variable; None for anything else."""
    if isinstance(known, BigOperator) and known.kind == "lim" and known.name in free_names(term):
        return known.body
    return None


def is_quotient_of_derivatives(equation: Comparison, budget: WorkBudget) -> bool:
    """Whether the right side is (2x)/1 where the left one is (x² - 4)/(x - 2)."""
    left, right, names = equation.left, equation.right, free_names(equation.left)
    if not isinstance(left, Div) or not is_term(right) or len(names) != 1:
        return False
    [name] = names
    with suppress(NotDifferentiable):
        derived = Div(differentiate(left.top, name), differentiate(left.bottom, name))
        return same_value(derived, right, budget).equal is True
    return False


def names_limit(text: str, statement: Statement, task: Task) -> bool:
    """Whether "the limit is" and nothing else stands before the value in its clause."""
    return _NAMES_LIMIT.search(text, 0, statement.start) is not None and (
        limit_called(statement, task) is not None
    )
