"""Common denominators, multiples and factors that a line names: LCD (x-1)(x+2), gcd(12, 27) = 3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from math import gcd, lcm

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Comparison,
    Div,
    Logic,
    Num,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.task import Task

MAX_NAMES = 4
_MULTIPLE = (
    r"(?:l\.?c\.?[dm]\.?|(?:least |lowest )?common (?:denominator|multiple)|kgv|hauptnenner|hn"
    r"|gemeinsamer nenner|ppcm|(?:plus petit )?(?:dénominateur|multiple) commun|m\.?c\.?m\.?"
    r"|(?:mínimo )?común (?:denominador|múltiplo)|denominador común|(?:最简)?公分母|最小公倍数)"
)
_FACTOR = (
    r"(?:(?:greatest |highest )?common factor|h\.?c\.?f\.?|g\.?c\.?[fd]\.?|ggt|pgcd|m\.?c\.?d\.?"
    r"|gemeinsamer faktor|facteur commun|factor común|公因式|最大公因数|最大公约数|公因数)"
)
_AND = r"\s?(?:,|;|and|und|et|y|和|与)\s?"
_LIST = (
    r"(?:\s?(?:of|von|de|der|aus)?\s?(?:the |den |los |las |les )?"
    rf"\(?(?P<of>\d{{1,6}}(?:{_AND}\d{{1,6}}){{1,3}})\)?)?"
)
_HEAD = r"(?:the|der|das|le|la|el|take|take out|so|die)?\s?"
_IS = (
    r"\s?(?:of the denominators |der nenner |des dénominateurs )?(?:=|:|：|is|ist|est|es|为|是)?\s?"
)
_OF_MULTIPLE = re.compile(
    rf"{_HEAD}{_MULTIPLE}{_LIST}{_IS}(?P<term>[\dA-Za-z(].{{0,60}})", re.IGNORECASE
)
_OF_FACTOR = re.compile(
    rf"{_HEAD}{_FACTOR}{_LIST}{_IS}(?P<term>[\dA-Za-z(].{{0,40}})", re.IGNORECASE
)
_POINTS = (101, 211, 307, 401)  # primes, at which one value divides another by chance in no case


def judge_denominator(text: str, task: Task) -> ClaimResult | None:
    """Proved where each denominator divides it, or it divides all terms; None for anything else."""
    text = text.strip().rstrip(".!")
    if (match := _OF_MULTIPLE.fullmatch(text)) is not None:
        numbers, term = _numbers(match["of"]), _read(match["term"])
        parts = numbers or list(_denominators(task))
        is_right = term is not None and _is_multiple(term, parts)
    elif (match := _OF_FACTOR.fullmatch(text)) is not None:
        numbers, term = _numbers(match["of"]), _read(match["term"])
        is_right = term is not None and _is_factor(term, numbers, task)
    else:
        return None
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _numbers(text: str | None) -> list[Term]:
    return [Num(Fraction(number)) for number in re.findall(r"\d{1,6}", text or "")]


def _read(text: str) -> Term | None:
    with suppress(Unreadable, RecursionError):
        value = read_expression(text)
        if is_term(value) and len(free_names(value)) <= MAX_NAMES:
            return value
    return None


def _is_multiple(term: Term, parts: list[Term]) -> bool:
    """The least one where all of them are numbers."""
    if len(parts) < 2:
        return False
    if not any(free_names(part) for part in (term, *parts)):
        values = [_whole(part, {}) for part in parts]
        return None not in values and _whole(term, {}) == lcm(*(v for v in values if v))
    return all(divides(part, term) for part in parts)


def _is_factor(term: Term, numbers: list[Term], task: Task) -> bool:
    if numbers:
        values = [_whole(number, {}) or 0 for number in numbers]
        return _whole(term, {}) == gcd(*values)
    terms = [known for known in task.expressions if free_names(known)]
    return len(terms) == 1 and _whole(term, {}) != 1 and divides(term, terms[0])


def divides(part: Term, whole: Term) -> bool:
    """Whether the quotient is a polynomial with whole coefficients."""
    names = sorted(free_names(part) | free_names(whole))
    for shift in range(len(_POINTS)):
        values = {n: _POINTS[(shift + i) % len(_POINTS)] for i, n in enumerate(names)}
        divisor, dividend = _whole(part, values), _whole(whole, values)
        if not divisor or dividend is None or dividend % divisor:
            return False
    return True


def _whole(term: Term, values: dict[str, int]) -> int | None:
    for name, number in values.items():
        term = substitute(term, Sym(name), Num(Fraction(number)))
    value = rational_value(term)
    return int(value) if value is not None and value.denominator == 1 else None


def _denominators(task: Task) -> Iterator[Term]:
    for value in (*task.expressions, *task.equations):
        yield from bottoms(value)


def bottoms(value: Value) -> Iterator[Term]:
    if isinstance(value, Comparison | Logic) or is_term(value):
        yield from (part.bottom for part in walk(value) if isinstance(part, Div))
