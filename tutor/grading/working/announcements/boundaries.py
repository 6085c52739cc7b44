"""Zeros of a function, and where the sides of an inequality meet: "zeros: x = 3, x = -2"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Neg,
    Num,
    Sym,
    Term,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.quadratics import coefficients_of
from tutor.grading.working.task import Task

_ROOTS = words(r"roots?|zeros?|zeroes|nullstellen?|racines?|ra[ií]ces|ceros", "根|零点")
_NUMBER = re.compile(
    r"(?<![\w.])(?:x(?:_?\d)?\s?=\s?)?([-−]?\s?\d{1,6}(?:\.\d{1,4}|/\d{1,4})?)(?![\w.])"
)
_BETWEEN = words(r"between|entre|zwischen", "之间|两根间")
_OUTSIDE = words(r"outside|außerhalb|à l'extérieur|fuera", "之外|两边")
_NEGATIVE = words(
    r"negative?|négati(?:f|ve)|negativ[oa]?|below|unter(?:halb)?|signe moins", "负|小于0"
)
_POSITIVE = words(r"positive?|positi(?:f|ve)|positiv[oa]?|above|über|oberhalb", "正|大于0")
_DENIED = words(r"not|no|nicht|keine?|pas|if|wenn|si", "不|没有|如果")


def judge_boundaries(text: str, task: Task) -> ClaimResult | None:
    """Proved where the line tells both zeros, or the sign beside them; None for anything else."""
    inequality = _inequality(task) or _zeros_of_function(task)
    if inequality is None or not _ROOTS.search(text) or _DENIED.search(text):
        return None
    is_right = _tells_zeros(text, inequality) or _tells_sign(text, inequality)
    return proved(ClaimRelation.SOLVE) if is_right else None


def _inequality(task: Task) -> Comparison | None:
    """The only condition, where it is a quadratic inequality."""
    if len(task.equations) != 1 or not task.has_inequality:
        return None
    [value] = task.equations
    return value if isinstance(value, Comparison) and _coefficients(value) else None


def _zeros_of_function(task: Task) -> Comparison | None:
    """4 - x² = 0 for the only function f(x) = 4 - x²."""
    functions = set(task.definitions.functions.values())
    if len(functions) != 1 or task.has_inequality:
        return None
    value = Comparison("=", functions.pop().body, ZERO)
    return value if _coefficients(value) else None


def _coefficients(value: Comparison) -> tuple[str, Fraction] | None:
    """The variable and the coefficient of its square."""
    read = coefficients_of(Comparison("=", value.left, value.right))
    return (read[0], read[1][2]) if read is not None else None


def _tells_zeros(text: str, inequality: Comparison) -> bool:
    numbers = {Fraction("".join(n.split()).replace("−", "-")) for n in _NUMBER.findall(text)}
    left, right, read = inequality.left, inequality.right, _coefficients(inequality)
    if len(numbers) != 2 or read is None or not is_term(left) or not is_term(right):
        return False
    rest = re.sub(r"[\s,，;、.。:：=]|x(?:_?\d)?", "", _NUMBER.sub("", text))
    is_plain = not re.search(r"[\d<>+*/^²]", rest)
    difference: Term = Add((left, Neg(right)))
    at = (substitute(difference, Sym(read[0]), Num(number)) for number in numbers)
    return is_plain and all(rational_value(value) == 0 for value in at)


def _tells_sign(text: str, inequality: Comparison) -> bool:
    """a = 1 > 0, so it is negative between the roots."""
    read = _coefficients(inequality)
    is_between, is_negative = bool(_BETWEEN.search(text)), bool(_NEGATIVE.search(text))
    is_one = is_between != bool(_OUTSIDE.search(text)) and is_negative != bool(
        _POSITIVE.search(text)
    )
    if read is None or not is_one:
        return False
    leading = re.search(r"(?<![A-Za-z])a\s?=\s?([-−]?\s?\d{1,4})", text)
    told = Fraction("".join(leading[1].split()).replace("−", "-")) if leading else read[1]
    digits = re.sub(r"(?<![A-Za-z])a\s?=\s?[-−]?\s?\d{1,4}(?:\s?[<>]\s?0)?|a\s?[<>]\s?0", "", text)
    opens_up = read[1] > 0
    return (
        told == read[1]
        and not re.search(r"\d", digits)
        and (is_negative == (is_between == opens_up))
    )
