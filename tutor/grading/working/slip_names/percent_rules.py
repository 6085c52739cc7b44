"""Percentages that are taken of another amount than they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Call, Div, Mul, Term, walk
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.slip_names.scene import Scene
from tutor.grading.working.task import read_task

_HUNDRED = 100
_PERCENT = words(r"percent\w*|per cent|prozent\w*|pour cent|por ciento", "百分|%|％")
_RATE = re.compile(
    r"(?<![\d.])(\d{1,3}(?:\.\d{1,3})?)\s?(?:\\[,;:! ]\s?)?"
    r"(?:\\?%|％|percent|per cent|Prozent|pour cent|por ciento)"
)

_SUM_OR_DIFFERENCE = re.compile(
    r"(?<![\d.])(\d{1,9}(?:\.\d{1,4})?)\s?[€$]?\s?[-+−]\s?(\d{1,9}(?:\.\d{1,4})?)(?![\d.]|\s?[%*·×])"
)


def other_amount(scene: Scene) -> Slip:
    """2280 - 120 for 5 % less than 2280, where 120 is 5 % of 2400"""
    rates = _rates(scene.statement)
    amounts = [*read_task(scene.statement).numbers, *_results(scene)] if rates else []
    for amount, change in _changes(scene):
        is_own = any(change * _HUNDRED == rate * abs(amount) for rate in rates)
        if not is_own and any(
            change * _HUNDRED == rate * other and other != amount
            for rate in rates
            for other in amounts
        ):
            return Slip.PERCENT_BASE
    return Slip.NONE


def _rates(text: str) -> set[Fraction]:
    return {Fraction(number) for number in _RATE.findall(text)} - {Fraction(0)}


def _results(scene: Scene) -> Iterator[Fraction]:
    for term in scene.terms:
        if (value := rational_value(term)) is not None:
            yield value


def _changes(scene: Scene) -> Iterator[tuple[Fraction, Fraction]]:
    """An amount, and what is added to it or subtracted from it.

    As they are written: after "10 % :" and "2 ans" they may be read as part of another term.
    """
    for amount, change in _SUM_OR_DIFFERENCE.findall(scene.text):
        if 0 < Fraction(change) < Fraction(amount):
            yield Fraction(amount), Fraction(change)


def other_base(scene: Scene) -> Slip:
    """80·1.2 for the price that was 80 after 20 % off"""
    is_share = _PERCENT.search(scene.statement) and _has_share(scene)
    return Slip.PERCENT_BASE if is_share else Slip.NONE


def _has_share(scene: Scene) -> bool:
    """Whether it multiplies or divides by a percentage of the problem, or by what remains of it.

    Where a percentage is asked for, it divides.
    """
    rates = _rates(scene.statement)
    if not rates:
        return any(isinstance(part, Div) for side in scene.sides for part in walk(side))
    shares = {share for rate in rates for share in (rate, _HUNDRED - rate, _HUNDRED + rate)}
    shares |= {share / _HUNDRED for share in shares}
    values = (value for side in scene.sides for value in _factors(side))
    return any(value in shares for value in values)


def _factors(side: Term) -> Iterator[Fraction]:
    for part in walk(side):
        match part:
            case Mul(parts):
                yield from (v for p in parts if (v := rational_value(p)) is not None)
            case Div(top, bottom):
                yield from (v for p in (top, bottom) if (v := rational_value(p)) is not None)
            case Call("percent", (inner,)) if (value := rational_value(inner)) is not None:
                yield value
