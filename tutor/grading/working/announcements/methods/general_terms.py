"""The general term of an expanded power: "5Cr × 2^(5-r) × (-3x)^r" of (2 - 3x)⁵."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from math import comb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Mul,
    Num,
    Pow,
    Sym,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.task import Task

MAX_LENGTH = 90
MAX_EXPONENT = 12
_TERM = re.compile(
    r"(?:[^=:：]{0,40}[=:：\s]\s?)?"
    r"(?:(?P<n1>\d{1,2})\s?C\s?_?(?P<k1>[a-z])|C\s?\(\s?(?P<n2>\d{1,2})\s?[,;]\s?(?P<k2>[a-z])\s?\)"
    r"|C_\{?(?P<n3>\d{1,2})\}?\^\{?(?P<k3>[a-z])\}?|\\binom\s?\{(?P<n4>\d{1,2})\}\s?\{(?P<k4>[a-z])\}"
    r"|\(\s?(?P<n5>\d{1,2})\s(?:choose|über|sobre)\s(?P<k5>[a-z])\s?\)"
    r"|\(\s?(?P<k6>[a-z])\sparmi\s(?P<n6>\d{1,2})\s?\))"
    r"\s?(?:[×·*]|\\times|\\cdot)?\s?(?P<rest>[^=]{3,60})"
)


def is_general_term(text: str, task: Task, budget: WorkBudget) -> bool:
    """Whether these terms, added up, are the only power of two terms in the statement."""
    match = _TERM.fullmatch(text)
    powers = [t for t in task.expressions if isinstance(t, Pow) and isinstance(t.base, Add)]
    if match is None or len(text) > MAX_LENGTH or len(powers) != 1:
        return False
    n = int(next(filter(None, (match[f"n{form}"] for form in range(1, 7)))))
    letter = next(filter(None, (match[f"k{form}"] for form in range(1, 7))))
    is_power = rational_value(powers[0].exponent) == n
    if not is_power or n > MAX_EXPONENT or letter in task.names:
        return False
    with suppress(Unreadable, RecursionError, ArithmeticError):
        rest = read_expression(match["rest"].strip())
        if not is_term(rest) or letter not in free_names(rest):
            return False
        terms = (
            Mul(
                (number_term(Fraction(comb(n, k))), substitute(rest, Sym(letter), Num(Fraction(k))))
            )
            for k in range(n + 1)
        )
        return same_value(Add(tuple(terms)), powers[0], budget).equal is True
    return False
