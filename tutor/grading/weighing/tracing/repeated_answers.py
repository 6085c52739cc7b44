"""Answers that only say again what a line before has worked out."""

from __future__ import annotations

import re

from tutor.grading.parsing.tree import Call, Num
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.calculations import Calculation
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import is_rounded_to, key_numbers
from tutor.grading.weighing.marks import WrongLine
from tutor.grading.weighing.numbers import are_close, may_be_same
from tutor.grading.weighing.weighed_lines import WeighedClaim, last_side

HALF = 0.5
_RIGHT_SO_FAR = (Slip.ROOT_FORGOTTEN, Slip.NOT_PUT_BACK)  # until the line that answers with it
_DECIMALS = re.compile(r"\d\.(\d+)")
# "answer: the price is 60", d ≈ 4.2
_REPEATED = re.compile(r"\W{0,9}[^\d=]{0,40}\d|\s?[a-zA-Z]\s?(?:≈|=)\s?\d")
_SHARE = re.compile(r"%\s?(?:of|von|de|des|du|del)(?![a-z])|的\s?\d+\s?%")


def where_calculated(wrong: WrongLine, evidence: Evidence) -> WrongLine:
    """The calculation whose result the wrong line only says again: 20·3/2 = 30 before 30 cm².

    It may say it rounded. A square whose root was not taken is right, another quantity is, and
    so may be S(5) = 50 and 25 % of 80 = 20, of which the wrong line makes something else.
    """
    own = evidence.calculation_of(wrong.line, wrong.claim)
    line = evidence.lines[wrong.line]
    is_bare = own is not None and own.formula is None and _REPEATED.match(line.text)
    if own is None or not is_bare or wrong.slip in _RIGHT_SO_FAR:
        return wrong
    right = key_numbers(evidence.key).values
    done = [c for c in evidence.calculations if c.line < wrong.line]
    text = last_side(line.claims[wrong.claim])
    sources = [
        c
        for c in done
        if c.formula is not None
        and not _begins_with_number(evidence.lines[c.line].claims[c.claim])
        and (c.gives(own.result) or is_rounded_to(text, own.result, c.result))
        and not _is_rounded_wrongly(text, own.result, c.result)
    ]
    if sources and _is_true_by_itself(sources[-1], evidence):
        return wrong
    is_latest = bool(sources) and sources[-1].line == done[-1].line
    if not is_latest or any(may_be_same(own.result, value) for value in right):
        return wrong
    return WrongLine(sources[-1].line, sources[-1].claim, wrong.slip)


def _is_rounded_wrongly(text: str, value: float, number: float) -> bool:
    """777 for 776.25, and 8.12 for 8.125: a new mistake, less than one unit away."""
    unit = 10.0 ** -max(map(len, _DECIMALS.findall(text)), default=0)
    away = abs(value - number) / unit
    return HALF <= away < 1 and not (are_close(away, HALF) and value > number)


def _is_true_by_itself(calculation: Calculation, evidence: Evidence) -> bool:
    line = evidence.lines[calculation.line]
    is_value = isinstance(line.claims[calculation.claim].terms[0], Call)
    return is_value or bool(_SHARE.search(line.text))


def _begins_with_number(claim: WeighedClaim) -> bool:
    """36 = 2·18 + 0 takes a number apart, and works none out."""
    return bool(claim.terms) and isinstance(claim.terms[0], Num)
