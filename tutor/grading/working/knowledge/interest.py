"""Interest of a part of a year: 8 months of it are two thirds of a year's interest."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.quantities.stated import StatedQuantity
from tutor.grading.working.task import Task

INTEREST_NAMES = frozenset(["I_0", "Z", "i", "interest", "zins", "zinsen", "intérêt", "intérêts"])
INTEREST_NAMES |= {"interés", "intereses", "利息"}
_INTEREST_OF_YEAR = frozenset(["jahreszins", "jahreszinsen", "zinsen pro jahr", "zins pro jahr"])
_INTEREST_OF_YEAR |= {"annual interest", "yearly interest", "interest per year", "年利息"}
_INTEREST_OF_YEAR |= {"intérêt annuel", "intérêts annuels", "interés anual", "interés por año"}
WRONG_OF_MONTHS = (  # n of them, fewer than twelve
    (Slip.UNIT_CONVERSION, "P*r*n"), (Slip.WRONG_FORMULA, "P*r/n"), (Slip.INVERSE_RATIO, "P*r/t"),
)  # fmt: skip
_SHORTER_PERIOD = words(  # than a year, after which interest bears interest
    r"compound\w{0,15}|zinseszins\w{0,15}|composés?|compuestos?|monthly|(?:per|a|each) month"
    r"|monatlich\w{0,2}|pro monat|par mois|mensuel\w{0,3}|al mes|mensual\w{0,2}|quarter\w{0,3}"
    r"|quartal\w{0,2}|trimest\w{0,6}|day|daily|days|tag|täglich\w{0,2}",
    "复利|每月|月利|每季|日利",
)
_MONTH = (("month", 1),)
_MONTHS_OF_YEAR = 12


def is_part_of_year(task: Task, time: StatedQuantity) -> bool:
    """Whether less than one year's interest is earned in the time, and none on interest."""
    months = time.number * time.unit.factor
    is_shorter = time.unit.dimension == _MONTH and months < _MONTHS_OF_YEAR
    return is_shorter and not _SHORTER_PERIOD.search(task.text)


def counts_months(time: StatedQuantity) -> bool:
    return time.unit.dimension == _MONTH and time.unit.factor == 1


def interest_of_year(amount: Fraction, percent: Fraction) -> ExpectedQuantity:
    return ExpectedQuantity(_INTEREST_OF_YEAR, value=number_term(amount * percent / 100))
