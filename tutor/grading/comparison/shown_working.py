"""The calculation that stands before a number: 180 - 115 = 65°."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal

from flint import arb

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.parsing.answers import decimal_points, read_expression
from tutor.grading.parsing.tree import Unreadable, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

MAX_CHARACTERS = 120
MAX_WORK_S = 0.02
_EXACT = 1e-9
_EQUALS = re.compile(r"(?<![<>!=~])=(?!=)")
_POWER = r"(?:\^?\{?[23]\}?)?"
_UNIT = re.compile(
    r"(?<=[\d)}]) ?(?:\^\\circ|\\%|[%€$£¥]|(?!sqrt|pi)[A-Za-zµ\u4e00-\u9fff]{1,9}"
    rf"{_POWER}(?:/[A-Za-z]{{1,4}}{_POWER})?)(?![A-Za-z(])"
)
_AMOUNT = re.compile(r" ?([-+]?\d{1,15}(?:\.\d{1,12})?)(?![\d./])[^=]{0,40}")


def without_working(text: str, decimal_comma: bool) -> str:
    """65° for 180° - 115° = 65°; the whole text where its sides differ, or the last is no number.

    The last number may be rounded: 20/3 = 6.67 cm.
    """
    if len(text) > MAX_CHARACTERS or not _EQUALS.search(text):
        return text
    *before, last = _EQUALS.split(text)
    amount = _AMOUNT.fullmatch(decimal_points(last) if decimal_comma else last)
    if not before or amount is None:
        return text
    claimed = Decimal(amount[1])
    exponent = int(claimed.as_tuple().exponent)
    tolerance = 0.5000001 * 10.0**exponent if exponent < 0 else _EXACT
    values = [_value(decimal_points(part) if decimal_comma else part) for part in before]
    is_same = all(
        value is not None and abs(value - float(claimed)) <= tolerance for value in values
    )
    return last.strip() if is_same else text


def _value(calculation: str) -> float | None:
    """Of numbers alone; None with letters that are no units."""
    with suppress(Unreadable, RecursionError, Undefined, WorkBudgetSpent, OverflowError):
        term = read_expression(_UNIT.sub("", calculation))
        if is_term(term) and not free_names(term):
            with precision(BASE_BITS), WorkBudget(MAX_WORK_S) as budget:
                value = Evaluator({}, budget, real=True).value(term)
                return float(value.mid()) if isinstance(value, arb) else None
    return None
