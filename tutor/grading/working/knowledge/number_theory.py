"""Common multiples and divisors of the numbers of a statement, and how many divisors one has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import gcd, lcm, prod

from flint import fmpz

from tutor.grading.parsing.tree import Num, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_NUMBER = 10**9
MAX_FACTOR = 12  # by which a common multiple may be too large
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
_NUMBER = re.compile(r"(?<![\d.,^])\d{1,9}(?![\d.,]*\d)")
_DIVISORS = words(r"divisors?|factors|teiler|diviseurs?|divisores", "因数|约数")
_COUNTED = words(
    r"how many|number of|wie ?viele|anzahl|combien|nombre|cuántos|número", "多少|几个|个数"
)


def _names(*texts: str) -> frozenset[str]:
    names = [name for text in texts for name in text.split("|")]
    return frozenset(form for name in names for form in (name, name.upper(), name.casefold()))


_OF_MULTIPLE = _names(
    "lcm|kgV|ppcm|mcm|least common multiple|lowest common multiple|最小公倍数",
    "kleinstes gemeinsames vielfaches|plus petit commun multiple|mínimo común múltiplo",
)
_OF_DIVISOR = _names(
    "gcd|hcf|gcf|ggT|pgcd|mcd|greatest common divisor|highest common factor|最大公约数|最大公因数",
    "größter gemeinsamer teiler|plus grand commun diviseur|máximo común divisor",
)
_OF_COUNT = _names(
    "divisors|factors|number of divisors|number of factors|teiler|anzahl teiler|anzahl der teiler",
    "diviseurs|nombre de diviseurs|divisores|número de divisores|因数个数|约数个数|因数的个数",
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    numbers = [int(text) for text in _NUMBER.findall(_CLOCK.sub(" ", task.text))]
    if len(numbers) in (2, 3) and min(numbers) > 1:
        multiple, divisor = _term(lcm(*numbers)), _term(gcd(*numbers))
        for names, right, wrong in (
            (_OF_MULTIPLE, multiple, divisor),
            (_OF_DIVISOR, divisor, multiple),
        ):
            mistakes = [Mistake(Slip.WRONG_FORMULA, value=wrong)] if right != wrong else []
            if names is _OF_MULTIPLE:  # a common multiple, and not the least
                factors = {*range(2, MAX_FACTOR + 1), prod(numbers) // lcm(*numbers)} - {1}
                mistakes += [Mistake(Slip.NONE, value=_term(n * lcm(*numbers))) for n in factors]
            yield ExpectedQuantity(names, value=right, mistakes=tuple(mistakes))
    is_count = _DIVISORS.search(task.text) and _COUNTED.search(task.text)
    if is_count and len(numbers) == 1 and 1 < numbers[0] <= MAX_NUMBER:
        exponents = [exponent for _, exponent in fmpz(numbers[0]).factor()]
        right, wrong = (_term(prod(e + more for e in exponents)) for more in (1, 0))
        mistake = Mistake(Slip.OFF_BY_ONE, value=wrong)
        yield ExpectedQuantity(_OF_COUNT, value=right, mistakes=(mistake,))


def _term(number: int) -> Term:
    return Num(Fraction(number))
