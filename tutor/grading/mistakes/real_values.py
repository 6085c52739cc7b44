"""Values of terms as real numbers, and how decimals are written."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, ball, precision
from tutor.grading.parsing.tree import Neg, Num, Term, free_names
from tutor.grading.processes.work_budget import WorkBudget

_DECIMAL = re.compile(r"\d*+\.\d++|\d++")


def real_number(term: Term | None, budget: WorkBudget) -> arb | None:
    """The value of a term without letters; None where it has none."""
    if term is None or free_names(term):
        return None
    with suppress(Undefined, KeyError, OverflowError), precision(BASE_BITS):
        value = Evaluator({}, budget, real=True).value(term)
        return value if isinstance(value, arb) else None
    return None


def decimal_places(term: Term | None) -> int | None:
    """How many decimals the term is written with; None unless it is a plain decimal number."""
    numeral = unsigned(term)
    if not isinstance(numeral, Num) or not _DECIMAL.fullmatch(numeral.text):
        return None
    return len(numeral.text.partition(".")[2])


def half_unit(places: int) -> arb:
    """Half a unit of the last place."""
    return ball(Fraction(1, 2 * 10**places)) * (1 + arb(2) ** -60)


def unsigned(term: Term | None) -> Term | None:
    return unsigned(term.part) if isinstance(term, Neg) else term
