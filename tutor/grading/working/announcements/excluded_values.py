"""Values at which a denominator vanishes: "x can't be 0 or -2", "D = R \\ {1}"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Num,
    Sym,
    Term,
    free_names,
    substitute,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.domain_conditions import denominators
from tutor.grading.working.task import Task

MAX_VALUES = 4
_NUMBER = r"[-−]?\d{1,4}(?:[./]\d{1,4})?"
_OR = r"\s?(?:,|;|or|and|oder|und|ou|et|o|y|或|和)\s?"
_VALUES = (
    rf"(?:(?P<letter>[a-z])\s?(?:=|≠)\s?)?{_NUMBER}(?:{_OR}(?:[a-z]\s?(?:=|≠)\s?)?{_NUMBER}){{0,3}}"
)
_EXCLUDES = re.compile(
    r"(?:(?:but|so|note:?|also|where|denn|mit)\s)?(?:"
    r"[a-z] (?:can't|cant|cannot|can not|must not|mustn't|may not|is not allowed to|darf nicht"
    r"|ne peut pas (?:être|valoir)|no puede ser)(?: be| equal)?|[a-z] ?不能(?:为|等于|是)"
    r"|(?:not allowed|excluded|forbidden|verboten|ausgeschlossen|interdit|valeurs? interdites?"
    r"|prohibidos?)\s?:?|(?:D|𝔻|domain|definitionsmenge)\s?(?::|=)?\s?[Rℝ]\s?[\\∖-]\s?\{)"
    rf"\s?(?P<values>{_VALUES})\s?\}}?(?:\s(?:sein|werden))?",
    re.IGNORECASE,
)


def judge_excluded_values(text: str, task: Task) -> ClaimResult | None:
    """Proved where a denominator of the statement vanishes at each; None for anything else."""
    match = _EXCLUDES.fullmatch(text.strip().rstrip(".! "))
    if match is None:
        return None
    values = [_value(number) for number in re.findall(_NUMBER, match["values"])]
    bottoms = list(denominators(task))
    each = all(any(_vanishes(bottom, value) for bottom in bottoms) for value in values)
    every = all(any(_vanishes(bottom, value) for value in values) for bottom in bottoms)
    is_right = bool(values) and len(values) <= MAX_VALUES and each and every
    return proved(ClaimRelation.SOLVE) if is_right else None


def _value(text: str) -> Fraction:
    top, _, bottom = text.replace("−", "-").partition("/")
    return Fraction(top) / (int(bottom or 1) or 1)


def _vanishes(bottom: Term, value: Fraction) -> bool:
    names = free_names(bottom)
    if len(names) != 1:
        return False
    return rational_value(substitute(bottom, Sym(next(iter(names))), Num(value))) == 0
