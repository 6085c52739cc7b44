"""Shares that are taken of the first amount again, though it has changed since.

3 · 1800 for 15 % of 12 000 a year, and 220 - 20 after 10 % of 200 = 20 and 200 + 20 = 220.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tutor.grading.parsing.tree import Add, Call, Div, Mul, Neg, Num, Term, walk
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.calculations import Calculation
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.numbers import are_close
from tutor.grading.working.knowledge.formulas import words

MAX_YEARS = 100
_BEARS_INTEREST = words(
    r"compound(?:ed)?|zinseszins\w*|intérêts composés|interés compuesto", "复利"
)
_EACH_YEAR = words(
    r"(?:each|every|per|a) (?:year|month|week|day|hour)|yearly|annually|jährlich|monatlich"
    r"|jedes jahr|pro (?:jahr|monat)|chaque (?:année|mois)|par (?:an|mois)|cada (?:año|mes)|al año",
    "每[年月]",
)
_OF_FIRST_AMOUNT = words(
    r"simple|original|initial|ursprüngliche?[nrs]?|einfache[nr]?|inicial|d'origine", "单利|原"
)
_OF_REST = words(
    r"(?:of|spends?) (?:the|what(?:'s| is)?|his|her|their) (?:rest|remain\w{0,5}|left)"
    r"|remaining|left over|rest(?:e[sn]|lichen)?|verbleibenden|restante?s?"
    r"|(?:le|les) quedan?|(?:lui|leur) restent?",
    "剩|余下|其余",
)
_PERCENT = re.compile(r"\d\s?\\?%")


def where_share_was_multiplied(evidence: Evidence) -> tuple[Calculation, Slip] | None:
    """The multiple of a result, where interest bears interest or an amount changes each year."""
    text = evidence.statement
    bears_interest = bool(_BEARS_INTEREST.search(text))
    is_yearly = bool(_PERCENT.search(text) and _EACH_YEAR.search(text))
    if not bears_interest and (not is_yearly or _OF_FIRST_AMOUNT.search(text)):
        return None
    slip = Slip.POWER_AS_PRODUCT if bears_interest else Slip.PERCENT_BASE
    done: list[Calculation] = []
    for calculation in evidence.calculations:
        results = (c.result for c in done if bears_interest or _is_share(c.formula))
        formula = calculation.formula
        if formula is not None and bears_interest and _is_simple_interest(formula):
            return calculation, slip
        if formula is not None and any(_has_multiple(formula, result) for result in results):
            return calculation, slip
        done.append(calculation)
    return None


def where_share_came_again(evidence: Evidence) -> Calculation | None:
    """The second of two changes, by the amount of the first, or where that is worked out anew."""
    if (anew := _share_anew(evidence)) is not None:
        return anew
    if len(_PERCENT.findall(evidence.statement)) < 2:
        return None
    shares: list[float] = []
    changed: list[tuple[float, float]] = []  # what came out, by which share
    for calculation in evidence.calculations:
        parts = list(_summands(calculation.formula))
        if any(_are_pair(parts, pair) for pair in changed):
            return calculation
        if _is_share(calculation.formula):
            shares.append(calculation.result)
        changed += [
            (calculation.result, share)
            for share in shares
            if len(parts) == 2 and are_close(parts[1], share)
        ]
    return None


def _share_anew(evidence: Evidence) -> Calculation | None:
    """250·10 % = 25 after 250·(1 + 10 %) = 275, of which the next line takes the 25 away."""
    is_of_rest = bool(_OF_REST.search(evidence.statement))
    calculations = evidence.calculations
    for number, (share, then) in enumerate(pairwise(calculations)):
        parts = list(_summands(then.formula))
        is_share = _is_share(share.formula) or (is_of_rest and isinstance(share.formula, Div))
        if len(parts) != 2 or not is_share or not are_close(parts[1], share.result):
            continue
        changed = [c for c in calculations[:number] if are_close(c.result, parts[0])]
        if not changed or _has_number(share.formula, parts[0]):
            continue
        if any(_has_number(share.formula, amount) for amount in _numbers(changed[-1])):
            return share
    return None


def _numbers(calculation: Calculation) -> list[float]:
    """The amounts that it changes."""
    parts = walk(calculation.formula) if calculation.formula else ()
    return [float(part.value) for part in parts if isinstance(part, Num) and part.value > 1]


def _has_number(formula: Term | None, number: float) -> bool:
    parts = walk(formula) if formula else ()
    return any(isinstance(part, Num) and are_close(float(part.value), number) for part in parts)


def _summands(formula: Term | None) -> Iterator[float]:
    """220 and 20 of 220 - 20, without their signs."""
    for part in formula.parts if isinstance(formula, Add) else ():
        bare = part.part if isinstance(part, Neg) else part
        if isinstance(bare, Num):
            yield float(bare.value)


def _are_pair(parts: list[float], pair: tuple[float, float]) -> bool:
    return len(parts) == 2 and all(are_close(a, b) for a, b in zip(parts, pair, strict=True))


def _is_share(formula: Term | None) -> bool:
    """10 % of 200, and 0.1 · 200"""
    factors = formula.parts if isinstance(formula, Mul) else ()
    return any(
        (isinstance(factor, Call) and factor.name == "percent")
        or (isinstance(factor, Num) and 0 < factor.value < 1)
        for factor in factors
    )


def _is_simple_interest(formula: Term) -> bool:
    """600·0.05·2, and 600 + 600·5 %·2: an amount, a share and a number of years."""
    for part in walk(formula):
        if isinstance(part, Mul) and len(part.parts) > 2 and _is_share(part):
            whole = [f.value for f in part.parts if isinstance(f, Num) and f.value > 1]
            if len(whole) > 1 and any(n.denominator == 1 and n < MAX_YEARS for n in whole):
                return True
    return False


def _has_multiple(formula: Term, result: float) -> bool:
    """5·60 in 2000 + 5·60, where 60 was worked out before."""
    for part in walk(formula):
        match part:
            case Mul((Num(first), Num(second))):
                if any(
                    are_close(float(a), result) and b.denominator == 1 and 1 < b < MAX_YEARS
                    for a, b in ((first, second), (second, first))
                ):
                    return True
    return False
