"""Whether an extremum is of the kind that a line says."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Sym, Term, Unreadable, free_names, is_term, substitute
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.definitions import Definitions, Function
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.reading import Statement

_MINIMUM = re.compile(
    r"\b(?:minim\w*|min|tiefpunkt\w*|tp|mínimo\w*|minimum)\b|极小|最小", re.IGNORECASE
)
_MAXIMUM = re.compile(
    r"\b(?:maxim\w*|max|hochpunkt\w*|hp|máximo\w*|maximum)\b|极大|最大", re.IGNORECASE
)
_IS_EXTREMUM = re.compile(
    r"\s{0,3}[,，]?\s{0,3}(?:is|ist|est|es|为|是)\s{0,3}(?:(?:the|a|das|ein|le|un|el|local|lokales|relative)\s){0,2}"
    r"(max\w*|min\w*|m[aá]xim\w*|m[ií]nim\w*|极大值?|极小值?|最大值?|最小值?)",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?:[A-Z]_?\w?\s?=?\s?)?\(([^()|;,/]{1,24})[|;,]([^()|;,/]{1,24})\)")
_PLACE = re.compile(r"[a-z](?:_?\d)?\s?=\s?(-?[\d./]{1,12})")
MAX_EXTREMA = 4  # in one line


def words_behind(line: str, statement: Statement) -> str:
    """The maximum of "x = 3 is the maximum"; "" where nothing of the kind follows."""
    match = _IS_EXTREMUM.match(line, statement.start + len(statement.text))
    return match[1] if match else ""


def judge_extremum(
    words: str, text: str, definitions: Definitions, supposed: str = ""
) -> ClaimResult | None:
    """Proved where a place has the extremum that the words say, refuted where it has the other.

    supposed: the place, where the text is the value there. None for anything else.
    """
    if " and " in text:
        return _judge_each(words, text.split(" and "), definitions)
    is_minimum, is_maximum = bool(_MINIMUM.search(words)), bool(_MAXIMUM.search(words))
    match = _PLACE.fullmatch(supposed.strip())
    match = match or _POINT.fullmatch(text.strip()) or _PLACE.fullmatch(text.strip())
    functions = set(definitions.functions.values())
    if is_minimum == is_maximum or match is None or len(functions) != 1:
        return None
    try:
        position = read_expression(match[1])
        function = functions.pop()
        first = function.derived()
        second = first.derived()
    except (Unreadable, RecursionError, NotDifferentiable):
        return None
    if not is_term(position) or free_names(position):
        return None
    slope, bend = (_value(function, position) for function in (first, second))
    if slope != 0 or not bend:
        return None
    if (bend > 0) == is_minimum:
        is_whole = not supposed and (match.re is _PLACE or _has_height(match, function, position))
        return proved(ClaimRelation.EVALUATE) if is_whole else None
    witness = Witness({second.variable: latex(position)}, latex(number_term(bend)), "0")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.EXTREMUM_KIND)


def _judge_each(words: str, texts: list[str], definitions: Definitions) -> ClaimResult | None:
    """minima (1, 6) and (3, 2)"""
    results = [judge_extremum(words, text, definitions) for text in texts[:MAX_EXTREMA]]
    wrong = (r for r in results if r is not None and r.verdict == StepVerdict.REFUTED)
    return next(wrong, None) or (results[0] if None not in results else None)


def extremum_named(text: str, definitions: Definitions) -> ClaimResult | None:
    """Proved for H(1|4), a maximum, and T(3|-25), a minimum; None for anything else."""
    kind = {"H": "HP", "T": "TP"}.get(text[:1], "") if "|" in text else ""
    result = judge_extremum(kind, text, definitions)
    return result if result is not None and result.verdict == StepVerdict.PROVED else None


def _has_height(match: re.Match[str], function: Function, position: Term) -> bool:
    """Whether the second coordinate of a point is the value there."""
    with suppress(Unreadable, RecursionError):
        height = read_expression(match[2])
        value = rational_value(height) if is_term(height) else None
        return value is not None and value == _value(function, position)
    return False


def _value(function: Function, position: Term) -> Fraction | None:
    return rational_value(substitute(function.body, Sym(function.variable), position))
